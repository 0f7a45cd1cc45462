/**
 * Numbers whose bits are flags. The operators of the language cut a number to 32 bits and make the highest its sign; these
 * hold for as many bits as a number of JSON keeps, bits 0 to 52.
 */

/** The highest bit that a number of JSON keeps. */
export const HIGHEST_BIT = 52

/** The bits that are set, lowest first. */
export function bitsIn(flags: number): number[] {
  const bits: number[] = []
  for (let bit = 0, rest = flags; rest > 0; bit++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) bits.push(bit)
  return bits
}

/** The number that has these bits set, however often each is given. */
export const flagsWith = (bits: Iterable<number>): number =>
  [...new Set(bits)].reduce((flags, bit) => flags + 2 ** bit, 0)
