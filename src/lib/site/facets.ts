/**
 * Facets of a list: what its rows can be narrowed by, how many rows each choice would leave, and the state as a
 * query string. Pure: the page's script binds it to the page.
 */

/** What the rows of a release's page can be narrowed by, in the order in which the page offers it. */
export const FACETS = ['type', 'flag', 'subsystem', 'object', 'config', 'sleeps', 'changed', 'told'] as const

export type Facet = (typeof FACETS)[number]

/** A row as facets see it. */
export interface FacetRow {
  /** All its words, in lower case. */
  readonly text: string
  /** What it has of each facet; a row that has none matches no choice. */
  readonly values: Readonly<Record<Facet, readonly string[]>>
}

/** What the reader asked for. A facet without a choice is not named. */
export interface FacetState {
  readonly words: string
  readonly chosen: ReadonlyMap<Facet, string>
}

/** What a state leaves of some rows. */
export interface FacetView {
  /** Whether each row is shown, in the order of the rows. */
  readonly shown: readonly boolean[]
  readonly total: number
  /** How many rows each choice would leave if it were made, or is made, all other choices as they are. */
  readonly counts: ReadonlyMap<Facet, ReadonlyMap<string, number>>
}

/** Narrows rows to those that hold every word and every choice, and counts what each choice would leave. */
export function facetView(rows: readonly FacetRow[], state: FacetState): FacetView {
  const words = wordsOf(state.words)
  const counts = new Map(FACETS.map((facet) => [facet, new Map<string, number>()]))
  let total = 0
  const shown = rows.map(({ text, values }) => {
    if (!words.every((word) => text.includes(word))) return false
    const failed = [...state.chosen].filter(([facet, value]) => !values[facet].includes(value))
    for (const facet of FACETS) {
      // A row counts for a facet when nothing but that facet's own choice stands against it.
      if (failed.some(([other]) => other !== facet)) continue
      const own = counts.get(facet)
      for (const value of values[facet]) own?.set(value, (own.get(value) ?? 0) + 1)
    }
    if (failed.length === 0) total++
    return failed.length === 0
  })
  return { shown, total, counts }
}

/** The words of a text, in lower case. */
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

const WORDS = 'q'

/** Reads a state from the query string of an address; what it does not know is left out. */
export function readFacets(query: string): FacetState {
  const asked = new URLSearchParams(query)
  const chosen = FACETS.flatMap((facet): [Facet, string][] => {
    const value = asked.get(facet)
    return value ? [[facet, value]] : []
  })
  return { words: asked.get(WORDS) ?? '', chosen: new Map(chosen) }
}

/** Writes a state as a query string with its "?", facets in their order; "" when nothing is asked. */
export function writeFacets({ words, chosen }: FacetState): string {
  const out = new URLSearchParams()
  if (wordsOf(words).length > 0) out.set(WORDS, words.trim())
  for (const facet of FACETS) {
    const value = chosen.get(facet)
    if (value !== undefined) out.set(facet, value)
  }
  return out.size === 0 ? '' : `?${out}`
}
