/** What may stand where the reader types: values of filters, names of types beside an arrow, filters themselves. */
import { type SearchData, typeName } from './data.ts'
import { filterValues, resolveFilter } from './filters.ts'
import { FILTERS, type FilterKey, readFilter, wordAt } from './typed-query.ts'

/** One way to go on typing. */
export interface Completion {
  /** What the word becomes. */
  readonly word: string
  /** What the whole query becomes, and where its caret then stands. */
  readonly typed: string
  readonly caret: number
  /** What it asks, in a few words. */
  readonly note: string
}

const LIMIT = 40
/** One letter could begin anything. */
const LEAST_KEY = 2

/** Values for the filter or the type that is being typed at `caret`; none where it is whole, or none is being typed. */
export function valueCompletions(data: SearchData, typed: string, caret: number): readonly Completion[] {
  const { word, start } = wordAt(typed, caret)
  const replace = (by: string, note: string): Completion => completion(typed, start, caret, `${by} `, note)
  const filter = readFilter(word)
  if (filter) {
    if (resolveFilter(data, filter).name !== null) return []
    const { key, value } = filter
    return matching(filterValues(data, key), value).map((name) => replace(`${key}:${name}`, FILTERS[key]))
  }
  const side = sideOfArrow(typed, start)
  if (!side || !/^\w/.test(word) || data.types.includes(typeName(word))) return []
  return matching(data.types, typeName(word)).map((name) => replace(name, FILTERS[side]))
}

/** Filters whose name begins with the word at `caret`. */
export function keyCompletions(typed: string, caret: number): readonly Completion[] {
  const { word, start } = wordAt(typed, caret)
  if (word.length < LEAST_KEY) return []
  return Object.entries(FILTERS)
    .filter(([key]) => key.startsWith(word.toLowerCase()))
    .map(([key, note]) => completion(typed, start, caret, `${key}:`, note))
}

function completion(typed: string, start: number, caret: number, word: string, note: string): Completion {
  const before = typed.slice(0, start)
  const after = typed.slice(caret).trimStart()
  return { word: word.trim(), typed: before + word + after, caret: start + word.length, note }
}

/** Values that begin with what was typed, then those with a word that does. */
function matching(values: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase().replace(/^kf_(?=.)/, '')
  const place = (value: string): number =>
    ` ${value.toLowerCase().replace(/^kf_/, '')}`.search(wordStart(wanted))
  return values
    .map((value) => ({ value, at: place(value) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Number(a.at > 0) - Number(b.at > 0))
    .slice(0, LIMIT)
    .map(({ value }) => value)
}

const wordStart = (wanted: string): RegExp => new RegExp(`[ _.]_*${wanted.replace(/\W/g, '\\$&')}`)

/** On which side of an arrow the word at `start` stands; null: there is none. */
function sideOfArrow(typed: string, start: number): FilterKey | null {
  const arrow = typed.indexOf('->')
  if (arrow < 0) return null
  return start > arrow ? 'returns' : 'arg'
}
