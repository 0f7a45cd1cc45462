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

/** Whether a state leaves each row, in the order of the rows: it must hold every word and every choice. */
export function shownRows(rows: readonly FacetRow[], state: FacetState): readonly boolean[] {
  const words = wordsOf(state.words)
  const chosen = [...state.chosen]
  return rows.map(
    ({ text, values }) =>
      words.every((word) => text.includes(word)) &&
      chosen.every(([facet, value]) => values[facet].includes(value)),
  )
}

/** How many rows each choice would leave if it were made, or is made, all other choices as they are. */
export function facetCounts(
  rows: readonly FacetRow[],
  state: FacetState,
): ReadonlyMap<Facet, ReadonlyMap<string, number>> {
  return new Map(
    FACETS.map((facet) => {
      const others = new Map([...state.chosen].filter(([other]) => other !== facet))
      const shown = shownRows(rows, { words: state.words, chosen: others })
      const counts = new Map<string, number>()
      for (const [i, { values }] of rows.entries())
        if (shown[i]) for (const value of values[facet]) counts.set(value, (counts.get(value) ?? 0) + 1)
      return [facet, counts]
    }),
  )
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
