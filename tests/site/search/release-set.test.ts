/** Sets of releases in the search index: the same sets come out that went in, of however many releases. */
import { expect, test } from 'vitest'
import { isInSet, newestIn, releaseSet } from '#lib/site/search/release-set.ts'

test.each<[number[], number, number[]]>([
  [[], 10, []],
  [[0], 1, [0]],
  [[7, 8, 9], 10, [7]],
  [[3, 4, 5, 7, 8, 9], 10, [3, 6, 7]],
  [[2], 10, [2, 3]],
  [[9, 0, 31, 32, 63, 64, 65], 66, [0, 1, 9, 10, 31, 33, 63]],
])('the set of %j of %i releases is written %j', (members, count, written) => {
  expect(releaseSet(members, count)).toEqual(written)
})

test.each([1, 10, 31, 32, 33, 64, 200])('of %i releases any set comes out as it went in', (count) => {
  // every seventh number of a row that repeats late: runs of all lengths
  let seed = count
  for (let round = 0; round < 50; round++) {
    const members = Array.from({ length: count }, (_, i) => i).filter(() => {
      seed = (seed * 75 + 74) % 65537
      return seed % (round + 1) === 0
    })
    const set = releaseSet(members, count)
    expect(
      Array.from({ length: count + 2 }, (_, i) => i - 1).filter((i) => isInSet(set, i) && i < count),
    ).toEqual(members)
    expect(newestIn(set, count)).toBe(members.at(-1) ?? -1)
  }
})
