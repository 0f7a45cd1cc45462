/**
 * How well a name answers a query. Names are kfunc names, so they are read as words joined by `_`; a query is
 * any words in any order. Pure arithmetic over strings: the same in a browser and in a test.
 */

/** One answer: the place of the name in the list, and its score (higher is better, above 0). */
export interface Hit {
  readonly index: number
  readonly score: number
}

const COMMON_PREFIX = /^(?:scx_bpf_|bpf_)/
const EXACT = 1000
const EXACT_WITHOUT_PREFIX = 900
const STARTS = 800
const STARTS_WITHOUT_PREFIX = 750
const AT_WORD = 700
const ANYWHERE = 600
const WORDS = 500
const TRIGRAMS = 100
const LEAST_ALIKE = 0.3

/** Gives the names that answer `query`, best first, names of equal score in the order of the list; at most `limit`. */
export function searchNames(query: string, names: readonly string[], limit: number): readonly Hit[] {
  const words = queryWords(query)
  if (words.length === 0) return []
  const typed = query.trim().toLowerCase()
  const wanted = words.join('_')
  const pieces = trigrams(wanted)
  const hits: Hit[] = []
  names.forEach((name, index) => {
    const score = name === typed ? EXACT : scoreName(words, wanted, pieces, name.toLowerCase())
    if (score > 0) hits.push({ index, score })
  })
  return hits.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, limit)
}

/** Splits a query into its words, in lower case; everything but letters and digits parts them. */
export function queryWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

/** Scores one name against a query, given as words, joined and cut into pieces of three; 0 when it is no answer. */
function scoreName(
  words: readonly string[],
  wanted: string,
  pieces: ReadonlySet<string>,
  name: string,
): number {
  // What is left of the name once the query stands in it: the less, the better; never a whole step.
  const rest = Math.min(99, Math.abs(name.length - wanted.length))
  const literal = scoreLiteral(wanted, name)
  if (literal > 0) return literal - rest / 2
  const parts = name.split('_').filter(Boolean)
  const inWords = scoreWords(words, parts)
  if (inWords > 0) return WORDS * inWords - rest / 4
  const alike = trigramLikeness(pieces, trigrams(name))
  return alike >= LEAST_ALIKE ? TRIGRAMS * alike : 0
}

function scoreLiteral(wanted: string, name: string): number {
  if (name === wanted) return EXACT - 1
  const bare = name.replace(COMMON_PREFIX, '')
  if (bare === wanted) return EXACT_WITHOUT_PREFIX
  if (wanted.length < 2) return 0
  if (name.startsWith(wanted)) return STARTS
  if (bare.startsWith(wanted)) return STARTS_WITHOUT_PREFIX
  const at = name.indexOf(wanted)
  if (at < 0) return 0
  return name[at - 1] === '_' ? AT_WORD : ANYWHERE
}

/** From 0 (a word finds no part of the name) to 1 (every word is a part, and they are all of them, in order). */
function scoreWords(words: readonly string[], parts: readonly string[]): number {
  const free = new Set(parts.keys())
  let sum = 0
  let inOrder = 0
  let last = -1
  for (const word of words) {
    let best = 0
    let place = -1
    for (const i of free) {
      const likeness = wordLikeness(word, parts[i] ?? '')
      if (likeness > best) [best, place] = [likeness, i]
    }
    if (place < 0) return 0
    free.delete(place)
    sum += best
    if (place > last) inOrder++
    last = place
  }
  const covered = words.length / Math.max(parts.length, words.length)
  return (sum / words.length) * 0.8 + covered * 0.15 + (inOrder / words.length) * 0.05
}

/** How much a word of the query is like a part of a name: the same, its start, inside it, or with a typo in it. */
function wordLikeness(word: string, part: string): number {
  if (part === word) return 1
  if (part.startsWith(word)) return 0.8 + 0.15 * (word.length / part.length)
  if (word.length >= 3 && part.includes(word)) return 0.6
  if (word.length < 3 || word[0] !== part[0]) return 0
  const allowed = word.length < 6 ? 1 : 2
  const whole = editDistance(word, part, allowed)
  if (whole <= allowed) return 0.7 - 0.15 * whole
  const start = editDistance(word, part.slice(0, word.length), 1)
  return start <= 1 ? 0.45 : 0
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
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return Math.min(above[b.length] ?? 0, limit + 1)
}

/** The share of three-letter pieces that two sets have in common (Dice), from 0 to 1. */
function trigramLikeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0
  for (const piece of left) if (right.has(piece)) common++
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size)
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = `_${text}_`
  const pieces = new Set<string>()
  for (let i = 0; i + 3 <= padded.length; i++) pieces.add(padded.slice(i, i + 3))
  return pieces
}
