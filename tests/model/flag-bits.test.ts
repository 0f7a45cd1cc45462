/** Numbers whose bits are flags: none is lost, and none becomes a sign. */
import { expect, test } from 'vitest'
import { bitsIn, flagsWith, HIGHEST_BIT } from '#lib/model/flag-bits.ts'

test.each([
  [[], 0],
  [[0], 1],
  [[0, 7], 0x81],
  [[31], 0x8000_0000],
  [[0, 31, 32], 0x1_8000_0001],
  [[HIGHEST_BIT], 2 ** HIGHEST_BIT],
])('the bits %j are the number %i, and come out of it', (bits, flags) => {
  expect(flagsWith(bits)).toBe(flags)
  expect(bitsIn(flags)).toEqual(bits)
})

test('every bit is kept, given in any order and more than once', () => {
  const all = Array.from({ length: HIGHEST_BIT + 1 }, (_, bit) => bit)
  expect(bitsIn(flagsWith([...all].reverse()))).toEqual(all)
  expect(flagsWith([3, 3, 3])).toBe(8)
})
