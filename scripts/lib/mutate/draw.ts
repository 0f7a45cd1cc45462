/** Which mutants are tried: a sample that is drawn the same way for the same seed. */

/** Numbers from 0 up to 1, the same row of them for the same seed. Source: mulberry32 by Tommy Ettinger, public domain. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Draws `count` of `all` without putting any back; all of them where there are no more. Keeps their order. */
export function draw<T>(all: readonly T[], count: number, seed: number): T[] {
  const random = randomNumbers(seed)
  const indexes = all.map((_, i) => i)
  const most = Math.min(count, all.length)
  for (let i = 0; i < most; i++) {
    const j = i + Math.floor(random() * (all.length - i))
    const drawn = indexes[j] ?? 0
    indexes[j] = indexes[i] ?? 0
    indexes[i] = drawn
  }
  return indexes
    .slice(0, most)
    .sort((a, b) => a - b)
    .flatMap((index) => all[index] ?? [])
}
