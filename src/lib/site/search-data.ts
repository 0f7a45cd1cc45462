import type { Catalog } from './catalog.ts'

/**
 * What the search script fetches. A kfunc is a row of three: its name, the releases that have it as a number
 * whose bit i stands for `releases[i]`, and its one sentence, as text, or "".
 */
export interface SearchData {
  /** Ids, oldest first. */
  readonly releases: readonly string[]
  readonly kfuncs: readonly (readonly [name: string, releases: number, summary: string])[]
}

const SUMMARY_LENGTH = 72

/** The names to search through, in byte order. Bits allow for 31 releases. */
export function searchData(catalog: Catalog): SearchData {
  const releases = catalog.releases.map((release) => release.release.id)
  return {
    releases,
    kfuncs: catalog.names.map((name) => {
      const sightings = catalog.sightings(name)
      const bits = sightings.reduce((sum, { head }) => sum | (1 << releases.indexOf(head.id)), 0)
      const summary = sightings.find(({ kfunc }) => kfunc.doc?.summary)?.kfunc.doc?.summary ?? ''
      return [name, bits, shorten(summary.replace(/[%@&](?=\w)|`/g, ''))]
    }),
  }
}

/** The release to open for a row: the one at hand when it has the kfunc, else the newest that does. */
export function releaseToOpen(
  releases: readonly string[],
  bits: number,
  atHand: string | null,
): string | undefined {
  const has = releases.filter((_, i) => bits & (1 << i))
  return has.find((id) => id === atHand) ?? has.at(-1)
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= SUMMARY_LENGTH) return line
  return `${line.slice(0, SUMMARY_LENGTH).replace(/\s\S*$/, '')}…`
}
