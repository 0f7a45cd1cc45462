/**
 * Sets of releases in the search index. Most are a few runs of neighbours, many up to the newest release, and as such they
 * stand there: short, and of as many releases as there are.
 */

/** The releases, by index, at which the set begins and ceases in turn: [3, 6, 7] has 3, 4, 5, and from 7 on all. */
export type ReleaseSet = readonly number[]

/** The set of these indexes, in any order, of `count` releases. */
export function releaseSet(indexes: Iterable<number>, count: number): ReleaseSet {
  const members = new Set(indexes)
  const set: number[] = []
  for (let i = 0; i < count; i++) if (members.has(i) !== (set.length % 2 === 1)) set.push(i)
  return set
}

/** Is a release in the set? */
export function isInSet(set: ReleaseSet, index: number): boolean {
  let turns = 0
  while (turns < set.length && (set[turns] ?? index) <= index) turns++
  return turns % 2 === 1
}

/** The newest release of the set, of `count`; -1 where there is none. */
export function newestIn(set: ReleaseSet, count: number): number {
  return (set.length % 2 === 1 ? count : (set.at(-1) ?? 0)) - 1
}
