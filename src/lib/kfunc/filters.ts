/**
 * The functions that narrow who may call a kfunc: the filters of sets, and checks that stand in the verifier. What
 * they mean is for people to read; here they are found, with the id sets they ask, and pinned by a hash.
 */
import { findDefines } from '#lib/c/defines.ts'
import { findFunctions } from '#lib/c/functions.ts'
import { findCalls, matchingClose } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { chooseDefinition, type Definition, findDefinitions } from '#lib/kfunc/definitions.ts'
import { SET_MACROS, VERIFIER_CHECKS } from '#lib/kfunc/dialects.ts'
import type { IdSet } from '#lib/kfunc/id-sets.ts'
import type { RegisterCall } from '#lib/kfunc/registrations.ts'
import type { FilterFunction, IdTable } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { type Place, placeOf } from '#lib/text/source.ts'

/** The filters and checks of a release, by name, and the id tables that they ask, by name. */
export interface Filters {
  readonly filters: FilterFunction[]
  readonly tables: IdTable[]
}

interface Wanted {
  readonly name: string
  /** Functions read with it: they belong to one check. */
  readonly parts: readonly string[]
  readonly isCheck: boolean
  readonly sets: readonly string[]
  readonly homes: ReadonlySet<string>
}

/** Finds them. A filter whose definition is not to be found is reported. */
export async function findFilters(
  files: readonly CFile[],
  calls: readonly RegisterCall[],
  sets: readonly IdSet[],
  report: Report,
): Promise<Filters> {
  const wanted = [...wantedFilters(calls), ...wantedChecks()]
  const definitions = findDefinitions(files, new Set(wanted.flatMap(({ name, parts }) => [name, ...parts])))
  const filters: FilterFunction[] = []
  const tables = new Map<string, IdTable>()
  const known = [...sets.map(tableOfSet), ...files.flatMap(plainTables)].sort((a, b) =>
    byteOrder(a.name, b.name),
  )
  for (const want of wanted) {
    const parts = [want.name, ...want.parts].map((name) =>
      chooseDefinition(name, definitions.get(name) ?? [], want.homes, report),
    )
    const [main] = parts
    if (!main) {
      const message = `no file that was read defines the filter ${want.name}()`
      if (!want.isCheck) report({ rule: 'filter-without-definition', message, kfunc: null, place: null })
      continue
    }
    const pieces = new Map<string, readonly Token[]>()
    for (const part of parts) if (part) collectPieces(part, pieces)
    const named = new Set([...pieces.values()].flatMap((tokens) => tokens.map(({ text }) => text)))
    const asked = known.filter((table) => named.has(table.name))
    for (const table of asked) tables.set(table.name, table)
    const { path, line } = placeOf(main.file.source, main.function.nameStart)
    filters.push({
      name: want.name,
      kind: want.isCheck ? 'check' : 'filter',
      sets: [...want.sets],
      asks: asked.map(({ name }) => name),
      sha256: await hashOf(pieces),
      at: { path, line },
    })
  }
  const byName = (a: { name: string }, b: { name: string }): number => byteOrder(a.name, b.name)
  return { filters: filters.sort(byName), tables: [...tables.values()].sort(byName) }
}

function wantedFilters(calls: readonly RegisterCall[]): Wanted[] {
  const names = new Set(calls.flatMap(({ kset, programType }) => (programType && kset.filter) || []))
  return [...names].map((name) => {
    const own = calls.filter(({ kset, programType }) => programType && kset.filter === name)
    const sets = [...new Set(own.map(({ kset }) => kset.set))].sort(byteOrder)
    return {
      name,
      parts: [],
      isCheck: false,
      sets,
      homes: new Set(own.map(({ kset }) => kset.file.source.path)),
    }
  })
}

const wantedChecks = (): Wanted[] =>
  VERIFIER_CHECKS.map(({ name, parts }) => ({ name, parts, isCheck: true, sets: [], homes: new Set() }))

/**
 * Collects what a filter's answer rests on, by name: the function itself, the functions, arrays, id lists and macros
 * of its own file that it names, and those that they name. Sets of kfuncs are left out: what is in them is
 * read anyway, and an interpretation names them.
 */
function collectPieces({ file, function: fn }: Definition, pieces: Map<string, readonly Token[]>): void {
  const defines = new Map(findDefines(file).map((define) => [define.name, define]))
  const tables = fileTables(file)
  let names = new Set([fn.name])
  while (names.size > 0) {
    const functions = new Map(findFunctions(file, names).map((found) => [found.name, found]))
    const next = new Set<string>()
    for (const name of names) {
      const found = functions.get(name)
      const define = defines.get(name)
      const tokens = found
        ? file.tokens.filter((token) => token.start >= found.nameStart && token.end <= found.end)
        : (tables.get(name) ?? (define ? wordsOf(define.body) : null))
      if (!tokens) continue
      pieces.set(name, tokens)
      for (const { kind, text } of tokens) if (kind === 'name') next.add(text)
    }
    names = new Set([...next].filter((name) => !pieces.has(name)))
  }
}

/** The words of a macro's body; their offsets do not matter. */
const wordsOf = (body: string): Token[] =>
  (body.match(/\w+|[^\s\w]/g) ?? []).map((text) => ({
    kind: /^\w/.test(text) ? 'name' : 'punct',
    text,
    start: 0,
    end: 0,
  }))

const PLAIN_TABLE = /^BTF_(SET_START|ID_LIST\w*)$/

/** The arrays with an initialiser, the plain id sets and the id lists of a file, by name. */
function fileTables(file: CFile): Map<string, readonly Token[]> {
  const { tokens, depths } = file
  const found = new Map<string, readonly Token[]>()
  for (let i = 0; i < tokens.length; i++) {
    if (depths[i] !== 0 || tokens[i]?.kind !== 'name') continue
    const name = tokens[i]?.text ?? ''
    if (tokens[i + 1]?.text === '[') {
      const close = matchingClose(tokens, i + 1)
      if (tokens[close + 1]?.text !== '=' || tokens[close + 2]?.text !== '{') continue
      found.set(name, tokens.slice(i, matchingClose(tokens, close + 2) + 1))
    } else if (PLAIN_TABLE.test(name) && tokens[i + 1]?.text === '(') {
      found.set(tokens[i + 2]?.text ?? '', tokens.slice(i, endOfTable(tokens, i)))
    }
  }
  return found
}

/** The index behind a plain id set or list that begins at `start`: behind its entries, BTF_ID(…) each. */
function endOfTable(tokens: readonly Token[], start: number): number {
  let end = matchingClose(tokens, start + 1) + 1
  while (/^BTF_(ID|ID_FLAGS|ID_UNUSED|SET_END)$/.test(tokens[end]?.text ?? '') && end > 0)
    end = tokens[end + 1]?.text === '(' ? matchingClose(tokens, end + 1) + 1 : end + 1
  return end
}

const tableOf = (name: string, kfuncs: readonly string[], { path, line }: Place): IdTable => ({
  name,
  kfuncs: [...new Set(kfuncs)].sort(byteOrder),
  at: { path, line },
})

const tableOfSet = (set: IdSet): IdTable =>
  tableOf(
    set.name,
    set.entries.map((entry) => entry.name),
    placeOf(set.file.source, set.start),
  )

/** The plain id sets of a file. */
function plainTables(file: CFile): IdTable[] {
  return findCalls(file, new Set(['BTF_SET_START'])).map((call) => {
    const kfuncs = idsIn(file.tokens.slice(call.index, endOfTable(file.tokens, call.index)))
    return tableOf(call.args[0] ?? '', kfuncs, placeOf(file.source, call.start))
  })
}

/** The names in BTF_ID(func, name) entries. */
const idsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, i) =>
    token.text === 'BTF_ID' && tokens[i + 2]?.text === 'func' ? (tokens[i + 4]?.text ?? []) : [],
  )

/** The sha256, in hex, of the pieces' tokens by name, a space between tokens: white space and comments do not count. */
async function hashOf(pieces: ReadonlyMap<string, readonly Token[]>): Promise<string> {
  const kfuncSets = new Set<string>(SET_MACROS.map(({ start }) => start))
  const lines = [...pieces]
    .filter(([name]) => !kfuncSets.has(name))
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([name, tokens]) => `${name}: ${tokens.map((token) => token.text).join(' ')}\n`)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines.join('')))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
