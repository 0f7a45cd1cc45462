/**
 * The functions that narrow who may call a kfunc: the filters of sets, and checks that stand in the verifier. What
 * they mean is for people to read; here they are found, with the id sets they ask, and pinned by a hash.
 */
import { conditionsAt } from '#lib/c/conditions.ts'
import { type Define, findDefines } from '#lib/c/defines.ts'
import { findFunctions } from '#lib/c/functions.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { matchingClose } from '#lib/c/match.ts'
import { type CFile, scan, type Token } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { DefinitionInFile } from '#lib/kfunc/definitions.ts'
import { FLAGS_ENTRY, SET_MACROS, VERIFIER_CHECKS } from '#lib/kfunc/dialects.ts'
import type { IdSet } from '#lib/kfunc/id-sets.ts'
import type { RegisterCall } from '#lib/kfunc/registrations.ts'
import type { FilterFunction, IdTable } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { folderOf } from '#lib/text/folders.ts'
import { sha256 } from '#lib/text/sha256.ts'
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
  readonly kind: FilterFunction['kind']
  /** The sets it is registered with, or looks at. */
  readonly sets: readonly string[]
  /** Where it is named: shown where its definition is not to be found. */
  readonly named: Place
}

/** Finds them. A filter whose definition is not to be found is reported, and kept as one that nobody can have read. */
export async function findFilters(
  tree: KernelTree,
  files: readonly CFile[],
  calls: readonly RegisterCall[],
  sets: readonly IdSet[],
  report: Report,
): Promise<Filters> {
  const filters: FilterFunction[] = []
  const tables = new Map<string, IdTable>()
  const known = sets.map(tableOfSet).sort((a, b) => byteOrder(a.name, b.name))
  const wanted = [...wantedFilters(calls), ...wantedChecks(calls)].map((want) => ({
    want,
    main: findByName(files, want.name, want.named.path),
  }))
  const readable = [...files, ...(await headersBeside(tree, files, wanted))]
  for (const { want, main } of wanted) {
    if (!main) {
      const message = `no file that was read defines ${want.name}(): what it lets through is not known`
      report({ rule: 'filter-without-definition', message, kfunc: null, place: want.named })
    }
    const pieces = main ? piecesOf(readable, main, want) : new Map<string, readonly Token[]>()
    const words = new Set([...pieces.values()].flatMap((tokens) => tokens.map(({ text }) => text)))
    const asked = known.filter((table) => words.has(table.name))
    for (const table of asked) tables.set(table.name, table)
    const { path, line } = main ? placeOf(main.file.source, main.function.nameStart) : want.named
    filters.push({
      name: want.name,
      kind: want.kind,
      sets: want.kind === 'filter' ? [...want.sets] : [],
      asks: main ? asked.map(({ name }) => name) : [...want.sets],
      sha256: main ? await hashOf(pieces) : null,
      at: { path, line },
    })
  }
  const byName = (a: { name: string }, b: { name: string }): number => byteOrder(a.name, b.name)
  return { filters: filters.sort(byName), tables: [...tables.values()].sort(byName) }
}

function wantedFilters(calls: readonly RegisterCall[]): Wanted[] {
  const names = new Set(calls.flatMap(({ kset, programType }) => (programType && kset.filter) || []))
  return [...names].flatMap((name) => {
    const own = calls.filter(({ kset, programType }) => programType && kset.filter === name)
    const [first] = own
    if (!first) return []
    const sets = [...new Set(own.map(({ kset }) => kset.set))].sort(byteOrder)
    return { name, parts: [], kind: 'filter', sets, named: placeOf(first.kset.file.source, first.at) }
  })
}

/** The checks whose set the release registers. */
function wantedChecks(calls: readonly RegisterCall[]): Wanted[] {
  return VERIFIER_CHECKS.flatMap(({ name, parts, set }) => {
    const call = calls.find(({ kset }) => kset.set === set)
    return call
      ? [{ name, parts, kind: 'check', sets: [set], named: placeOf(call.file.source, call.at) }]
      : []
  })
}

/** The definition of a function, inline or not: in the file of that path before others, outside of #else before inside. */
function findByName(files: readonly CFile[], name: string, home: string): DefinitionInFile | null {
  const found = files
    .filter(({ source }) => source.text.includes(name))
    .flatMap((file) => findFunctions(file, new Set([name])).map((fn) => ({ file, function: fn })))
  const rank = ({ file, function: fn }: DefinitionInFile): number =>
    (file.source.path === home ? 0 : 100) +
    conditionsAt(file, fn.nameStart).filter(({ negated }) => negated).length
  return found.sort((a, b) => rank(a) - rank(b))[0] ?? null
}

/** The headers that lie beside filters and were not read yet, by path. */
async function headersBeside(
  tree: KernelTree,
  files: readonly CFile[],
  wanted: readonly { want: Wanted; main: DefinitionInFile | null }[],
): Promise<CFile[]> {
  const folders = new Set(
    wanted.flatMap(({ want, main }) =>
      main && want.kind === 'filter' ? folderOf(main.file.source.path) : [],
    ),
  )
  if (folders.size === 0) return []
  const read = new Set(files.map(({ source }) => source.path))
  const headers = await tree.search(
    [],
    (path) => path.endsWith('.h') && folders.has(folderOf(path)) && !read.has(path),
  )
  return headers.map(scan)
}

/**
 * What a filter's answer rests on, by name: the function itself; the functions, arrays, id lists and macros of its own
 * file that it names, and those that they name; and what they call of their own folder, headers included. What
 * stands elsewhere (the kernel's common functions) is taken to keep its meaning, but for the parts of a check. Sets of kfuncs
 * are left out: what is in them is read anyway, and an interpretation names them.
 */
function piecesOf(
  files: readonly CFile[],
  main: DefinitionInFile,
  want: Wanted,
): Map<string, readonly Token[]> {
  const pieces = new Map<string, readonly Token[]>()
  if (want.kind === 'check') {
    for (const name of [want.name, ...want.parts]) {
      const part = findByName(files, name, main.file.source.path)
      if (part) pieces.set(name, tokensOf(part))
    }
    return pieces
  }
  const folder = folderOf(main.file.source.path)
  const beside = files.filter(({ source }) => folderOf(source.path) === folder && source !== main.file.source)
  collectPieces(indexFile(main.file), new Set([main.function.name]), namesIn, pieces)
  const called = new Set([...pieces.values()].flatMap((tokens) => callsIn(tokens)))
  for (const file of beside)
    collectPieces(indexFile(file), new Set([...called].filter((name) => !pieces.has(name))), callsIn, pieces)
  return pieces
}

const namesIn = (tokens: readonly Token[]): string[] =>
  tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)

/** The names that brackets follow: functions and macros that are called. */
const callsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap(({ kind, text }, i) => (kind === 'name' && tokens[i + 1]?.text === '(' ? text : []))

interface IndexedFile {
  readonly file: CFile
  readonly defines: ReadonlyMap<string, Define>
  readonly tables: ReadonlyMap<string, readonly Token[]>
}

const indexFile = (file: CFile): IndexedFile => ({
  file,
  defines: new Map(findDefines(file).map((define) => [define.name, define])),
  tables: fileTables(file),
})

const tokensOf = ({ file, function: fn }: DefinitionInFile): readonly Token[] =>
  tokensBetween(file, fn.nameStart, fn.end)

/** Collects what the names stand for in one file, and what that leads on to. */
function collectPieces(
  { file, defines, tables }: IndexedFile,
  start: ReadonlySet<string>,
  leadsTo: (tokens: readonly Token[]) => string[],
  pieces: Map<string, readonly Token[]>,
): void {
  let names = start
  while (names.size > 0) {
    const functions = new Map(findFunctions(file, names).map((fn) => [fn.name, { file, function: fn }]))
    const next = new Set<string>()
    for (const name of names) {
      const found = functions.get(name)
      const define = defines.get(name)
      const tokens = found ? tokensOf(found) : (tables.get(name) ?? (define ? wordsOf(define.body) : null))
      if (!tokens) continue
      pieces.set(name, tokens)
      for (const following of leadsTo(tokens)) next.add(following)
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

function tableOfSet({ name, file, start, entries }: IdSet): IdTable {
  const { path, line } = placeOf(file.source, start)
  const kfuncs = [...new Set(entries.map((entry) => entry.name))].sort(byteOrder)
  return { name, kfuncs, at: { path, line } }
}

/** The sha256, in hex, of the pieces' tokens by name, a space between tokens: white space and comments do not count. */
function hashOf(pieces: ReadonlyMap<string, readonly Token[]>): Promise<string> {
  const kfuncSets = new Set<string>(
    SET_MACROS.filter(({ entry }) => entry === FLAGS_ENTRY).map(({ start }) => start),
  )
  const lines = [...pieces]
    .filter(([name]) => !kfuncSets.has(name))
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([name, tokens]) => `${name}: ${tokens.map((token) => token.text).join(' ')}\n`)
  return sha256(lines.join(''))
}
