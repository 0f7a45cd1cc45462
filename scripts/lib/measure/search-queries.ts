/** Queries made of names, to measure how high search ranks the name that each was made of. All are made the same way every time. */

import type { SearchData } from '#lib/site/search/data.ts'
import type { SearchEngine } from '#lib/site/search/engine.ts'
import { isInSet } from '#lib/site/search/release-set.ts'

const bare = (name: string): string => name.replace(/^_*(?:[a-z]+_)?bpf_/, '')
const words = (name: string): string[] => bare(name).split('_').filter(Boolean)

/** The ways to make a query of a name, each with the mean reciprocal rank that it is held to. */
export const QUERY_KINDS: Readonly<
  Record<string, { readonly goal: number; readonly make: (name: string) => string }>
> = {
  exact: { goal: 0.99, make: (name) => name },
  'without prefix': { goal: 0.99, make: bare },
  words: { goal: 0.99, make: (name) => words(name).join(' ') },
  reordered: { goal: 0.99, make: (name) => words(name).reverse().join(' ') },
  truncated: { goal: 0.97, make: (name) => name.slice(0, -2) },
  'dropped letter': { goal: 0.97, make: (name) => dropped(name) },
  'swapped letters': { goal: 0.97, make: (name) => swapped(name) },
}

/** One kind of query, measured. */
export interface RankRow {
  readonly kind: string
  readonly goal: number
  readonly queries: number
  /** Mean reciprocal rank, from 0 to 1. */
  readonly mrr: number
  /** Queries that another name answers as well: left to chance, counted as found at the best of their ranks. */
  readonly ambiguous: number
  /** What answers took, in milliseconds: 99 of 100 no longer than `usual`, none longer than `longest`. */
  readonly usual: number
  readonly longest: number
  /** Milliseconds of the processor that one answer took, in the mean: the same however busy the machine is. */
  readonly processor: number
  /** Queries whose name was not first. */
  readonly missed: readonly string[]
}

/**
 * Ranks every name of some releases for every kind of query, asked as from a page of that release.
 *
 * A query may be made of several names, or be another name to the letter: then nobody can know which is meant, and the rank is
 * the best that any of them has. Nothing else is forgiven.
 */
export function measureRanks(
  data: SearchData,
  search: SearchEngine,
  releases: readonly string[] = data.releases,
): RankRow[] {
  const names = new Set(data.kfuncs.map(([name]) => name))
  return Object.entries(QUERY_KINDS).map(([kind, { goal, make }]) => {
    const made = new Map<string, string[]>()
    for (const name of names) made.set(make(name), [...(made.get(make(name)) ?? []), name])
    const missed: string[] = []
    const before = process.cpuUsage()
    const times: number[] = []
    let [sum, ambiguous] = [0, 0]
    for (const release of releases) {
      const at = data.releases.indexOf(release)
      for (const [name, having] of data.kfuncs) {
        if (!isInSet(having, at)) continue
        const query = make(name)
        const meant = new Set([...(made.get(query) ?? []), ...(names.has(query) ? [query] : [])])
        const start = performance.now()
        const { kfuncs } = search(query, release)
        times.push(performance.now() - start)
        const rank = kfuncs.findIndex(({ kfunc }) => meant.has(kfunc[0])) + 1
        if (meant.size > 1) ambiguous++
        if (rank > 0) sum += 1 / rank
        if (rank !== 1)
          missed.push(`${release}: ${query} is ${name} at ${rank}, after ${kfuncs[0]?.kfunc[0]}`)
      }
    }
    const { user, system } = process.cpuUsage(before)
    times.sort((a, b) => a - b)
    return {
      kind,
      goal,
      queries: times.length,
      mrr: sum / times.length,
      ambiguous,
      usual: times[Math.floor(times.length * 0.99)] ?? 0,
      longest: times.at(-1) ?? 0,
      processor: (user + system) / 1000 / times.length,
      missed,
    }
  })
}

/** Drops one letter, never a `_`; which one depends on the name alone. */
function dropped(name: string): string {
  const letters = places(name, () => true)
  const at = letters[sum(name) % letters.length] ?? 0
  return name.slice(0, at) + name.slice(at + 1)
}

/** Swaps two letters that stand side by side and differ; which ones depends on the name alone. */
function swapped(name: string): string {
  const letters = places(
    name,
    (i) => name[i + 1] !== undefined && name[i + 1] !== '_' && name[i + 1] !== name[i],
  )
  const at = letters[sum(name) % letters.length] ?? 0
  return `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`
}

function places(name: string, fits: (index: number) => boolean): number[] {
  return [...name].flatMap((letter, i) => (letter !== '_' && fits(i) ? [i] : []))
}

/** A number that spreads names over their letters. */
const sum = (name: string): number =>
  [...name].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 65521, 7)
