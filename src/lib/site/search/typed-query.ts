/** Reads what was typed into a search box: words, filters such as `flag:KF_ACQUIRE`, and types as in `task_struct -> *`. */
import { typeName } from './data.ts'

/** The filters, in the order in which they are offered, each with what it asks. */
export const FILTERS = {
  flag: 'has this flag',
  type: 'callable in this program type',
  since: 'new in this release or later',
  in: 'in this release',
  returns: 'returns this type',
  arg: 'takes this type',
  suffix: 'has a parameter with this suffix',
} as const

export type FilterKey = keyof typeof FILTERS

/** One filter as it was typed; `value` is not yet held against what there is. */
export interface TypedFilter {
  readonly key: FilterKey
  readonly value: string
}

/** What was asked. */
export interface SearchQuery {
  /** What is no filter, as it was typed, parted by single spaces. */
  readonly text: string
  readonly filters: readonly TypedFilter[]
}

const FILTER = /^([a-z]+):(.*)$/i

/** Reads a query. A filter without a value is left out, so that nothing vanishes while it is being typed. */
export function parseQuery(typed: string): SearchQuery {
  const filters: TypedFilter[] = []
  const words: string[] = []
  for (const token of typed.split(/\s+/)) {
    const filter = readFilter(token)
    if (filter?.value) filters.push(filter)
    else if (!filter && token) words.push(token)
  }
  // among words, "prog->aux" is C and no question about types
  const isC = words.some((word) => /\w->\w/.test(word)) && words.some((word) => !/->|,$/.test(word))
  const [takes, returns, ...more] = words.join(' ').split(/\s*->\s*/)
  if (isC || takes === undefined || returns === undefined || more.length > 0)
    return { text: words.join(' '), filters }
  return { text: '', filters: [...filters, ...typeFilters('arg', takes), ...typeFilters('returns', returns)] }
}

/** Reads one word as a filter; null: it is none. */
export function readFilter(token: string): TypedFilter | null {
  const [, typedKey = '', value = ''] = FILTER.exec(token) ?? []
  const key = typedKey.toLowerCase()
  return isFilterKey(key) ? { key, value } : null
}

const isFilterKey = (key: string): key is FilterKey => Object.hasOwn(FILTERS, key)

/** The types on one side of an arrow, parted by commas; `*` and nothing ask for none. */
function typeFilters(key: FilterKey, side: string): TypedFilter[] {
  return side
    .split(',')
    .map((type) => ({ key, value: typeName(type) }))
    .filter(({ value }) => value !== '')
}

/** The word that ends at `caret`, and where it begins. */
export function wordAt(typed: string, caret: number): { readonly word: string; readonly start: number } {
  const word = /\S*$/.exec(typed.slice(0, caret))?.[0] ?? ''
  return { word, start: caret - word.length }
}
