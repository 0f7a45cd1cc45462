/**
 * The id sets that source declares: BTF_KFUNCS_START(set) … BTF_ID_FLAGS(func, kfunc, flags) … BTF_KFUNCS_END(set), and plain
 * ones, BTF_SET_START(set) … BTF_ID(func, kfunc) … BTF_SET_END(set).
 */
import { type Condition, conditionsAt } from '#lib/c/conditions.ts'
import { type Define, expandMacros, findDefines } from '#lib/c/defines.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { findCalls, matchingClose, splitArguments, textOf } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { FLAGS_ENTRY, SET_MACROS } from '#lib/kfunc/dialects.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** One entry of an id set. Flags are in the order written; `at` is an offset in the file of the set. */
export interface IdSetEntry {
  readonly name: string
  readonly flags: readonly string[]
  readonly at: number
  readonly conditions: readonly Condition[]
}

/** An id set with its entries in the order written. A name may repeat under different conditions. */
export interface IdSet {
  readonly name: string
  readonly file: CFile
  readonly start: number
  /** Do its entries have room for flags? */
  readonly hasFlags: boolean
  readonly conditions: readonly Condition[]
  readonly entries: readonly IdSetEntry[]
}

/** Macros by name that a set may use though another file defines them. */
export type OutsideDefines = ReadonlyMap<string, Define>

interface Region {
  readonly name: string
  /** The macro of its entries. */
  readonly entry: string
  readonly start: number
  readonly tokens: readonly Token[]
}

const MACROS = new Map<string, (typeof SET_MACROS)[number]>(
  SET_MACROS.map((macros) => [macros.start, macros]),
)
const NAMES: ReadonlySet<string> = new Set(SET_MACROS.flatMap(({ start, end }) => [start, end]))

/** Macros that stand in sets and add nothing: ids without flags, and place holders for what is compiled out. */
const isOtherEntry = (name: string): boolean => /^BTF_ID(_\w+)?$/.test(name)

function findRegions(file: CFile, report: Report): Region[] {
  const calls = findCalls(file, NAMES).filter((call) => call.depth === 0)
  const regions: Region[] = []
  calls.forEach((call, i) => {
    const macros = MACROS.get(call.name)
    if (!macros) return
    const { end, entry } = macros
    const name = call.args[0] ?? ''
    const close = calls.slice(i + 1).find((other) => other.name === end && other.args[0] === name)
    if (!close) {
      report({
        rule: 'id-set-not-closed',
        message: `${call.name}(${name}) has no ${end}(${name}) after it; the set was not read`,
        kfunc: null,
        place: placeOf(file.source, call.start),
      })
      return
    }
    regions.push({ name, entry, start: call.start, tokens: tokensBetween(file, call.end, close.start) })
  })
  return regions
}

/**
 * The names that a file's sets use as macros and the file does not define: the caller looks for them in the
 * headers that it includes. (XDP_METADATA_KFUNC_xxx of include/net/xdp.h, used in net/core/xdp.c.)
 */
export function foreignMacros(file: CFile): string[] {
  const regions = findRegions(file, () => undefined)
  if (regions.length === 0) return []
  const own = new Set(findDefines(file).map((define) => define.name))
  const names = new Set<string>()
  for (const region of regions)
    for (const { name } of readItems(region.tokens))
      if (!isOtherEntry(name) && !own.has(name)) names.add(name)
  return [...names]
}

interface Item {
  readonly name: string
  readonly at: number
  readonly args: readonly (readonly Token[])[]
}

/** Walks the items of a set: a name with or without arguments each; stray punctuation is passed over. */
function readItems(tokens: readonly Token[]): Item[] {
  const items: Item[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token?.kind !== 'name') continue
    const close = tokens[i + 1]?.text === '(' ? matchingClose(tokens, i + 1) : -1
    const args = close < 0 ? [] : splitArguments(tokens, i + 1, close)
    items.push({ name: token.text, at: token.start, args })
    if (close >= 0) i = close
  }
  return items
}

/** Finds the id sets of a file. Reports sets that are not closed, entries and flags that could not be read. */
export function findIdSets(file: CFile, outside: OutsideDefines, report: Report): IdSet[] {
  const regions = findRegions(file, report)
  if (regions.length === 0) return []
  const defines = findDefines(file)
  const lookup = (name: string, offset: number): Define | null =>
    defines.findLast((define) => define.name === name && define.start < offset) ?? outside.get(name) ?? null
  return regions.map((region) => ({
    name: region.name,
    file,
    start: region.start,
    hasFlags: region.entry === FLAGS_ENTRY,
    conditions: conditionsAt(file, region.start),
    entries: readItems(expandMacros(region.tokens, lookup)).flatMap((item) =>
      readEntry(file, region, item, report),
    ),
  }))
}

function readEntry(file: CFile, region: Region, item: Item, report: Report): IdSetEntry[] {
  const isEntry = item.name === region.entry
  const hasFlags = region.entry === FLAGS_ENTRY
  if (isOtherEntry(item.name) && !isEntry) return []
  const [kind, written = '', flags] = item.args.map((arg) => textOf(arg))
  // a plain set may be one of types: no function is lost with them
  if (isEntry && !hasFlags && kind !== 'func') return []
  const name = /^[A-Za-z_]\w*$/.test(written) ? written : null
  const words = (flags ?? '').split(/[|()\s]+/).filter((word) => word !== '' && word !== '0')
  const unread = !isEntry || kind !== 'func' || !name || words.some((word) => !word.startsWith('KF_'))
  if (unread) {
    const expected = `${region.entry}(func, name${hasFlags ? ', KF_… | KF_…' : ''})`
    report({
      rule: 'id-set-entry-unread',
      message: `${region.name}: expected ${expected}, saw ${item.name}(${item.args.map((arg) => textOf(arg)).join(', ')})`,
      kfunc: isEntry ? name : null,
      place: placeOf(file.source, item.at),
    })
    if (!isEntry || kind !== 'func' || !name) return []
  }
  return [
    {
      name,
      flags: words.filter((word) => word.startsWith('KF_')),
      at: item.at,
      conditions: conditionsAt(file, item.at),
    },
  ]
}
