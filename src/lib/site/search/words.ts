/** How much two words are alike: the same, the start of one another, or one with a typo in it. */

/** Splits a text into its words, in lower case; everything but letters and digits parts them. */
export function searchWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

/** From 0 to 1. From 0.75 on one is the start of the other's word, as far as it was typed; below, it is a guess. */
export function wordLikeness(word: string, part: string): number {
  if (part === word) return 1
  if (part.startsWith(word)) return 0.8 + 0.15 * (word.length / part.length)
  if (word.length >= 3 && part.includes(word)) return 0.6
  // "iterate" for "iter", "cgroups" for "cgroup", "scheduling" for "schedule"
  if (part.length >= 4 && word.startsWith(part)) return 0.5 + 0.3 * (part.length / word.length)
  if (word.length >= 7 && part.length >= 6 && part.startsWith(word.slice(0, -3))) return 0.6
  if (word.length < 3 || word[0] !== part[0]) return 0
  const allowed = word.length < 6 ? 1 : 2
  const whole = editDistance(word, part, allowed)
  if (whole <= allowed) return 0.65 - 0.15 * whole
  if (word.length < 4) return 0
  return editDistance(word, part.slice(0, word.length), 1) <= 1 ? 0.4 : 0
}

/**
 * Letters to add, drop, change or swap with their neighbour to make `b` of `a` (optimal string alignment);
 * `limit` + 1 when it is more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let nearest = i
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
      nearest = Math.min(nearest, least)
    }
    // a swap reaches one row further back: two rows past the limit end it
    if (nearest > limit && Math.min(...above) > limit) return limit + 1
    before = above
    above = row
  }
  return Math.min(above[b.length] ?? 0, limit + 1)
}
