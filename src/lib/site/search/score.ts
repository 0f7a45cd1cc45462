/**
 * How well a kfunc's name answers a query: the whole name, its start, its words in any order, or one of these with a typo.
 * Each kind of answer has a step of its own, so that no guess stands above what was typed right.
 */
import { editDistance, searchWords, wordLikeness } from './words.ts'

/** A name, cut into what queries are held against. */
export interface NameParts {
  /** In lower case, as it is. */
  readonly name: string
  /** Its words, joined by one `_`. */
  readonly plain: string
  /** The same without the prefix that says only that it is BPF's. */
  readonly bare: string
  readonly parts: readonly string[]
  /** Its letters as bits, to pass over names that cannot be alike. */
  readonly letters: number
}

/** The steps of a score: the least of each kind of answer. Texts, below all, are scored elsewhere. */
export const SCORE_STEPS = {
  exact: 1000,
  exactBare: 900,
  starts: 800,
  startsBare: 750,
  atWord: 700,
  anywhere: 600,
  /** It has a flag, type or suffix of that very name. */
  has: 597,
  words: 450,
  typo: 200,
} as const

const PREFIX = /^(?:[a-z]+_)?bpf_/
/** Words that say little where a name does not have them. */
const SMALL = new Set(
  'a an all and as at by do for from get how in into is it of on one or over the to two what with'.split(' '),
)

/** Cuts a name. */
export function nameParts(name: string): NameParts {
  const parts = searchWords(name)
  const plain = parts.join('_')
  return {
    name: name.toLowerCase(),
    plain,
    bare: plain.replace(PREFIX, ''),
    parts,
    letters: lettersOf(plain),
  }
}

/** The words of a question that mean something; all of them where none does. */
export function tellingWords(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !SMALL.has(word))
  return telling.length > 0 ? telling : words
}

/** Makes the score of a query, from 0, no answer, up to 1000. */
export function nameScorer(text: string): (name: NameParts) => number {
  const typed = text.trim().toLowerCase()
  const words = searchWords(text)
  const telling = tellingWords(words)
  const wanted = words.join('_')
  const letters = lettersOf(wanted)
  // names share their words: each pair is compared once
  const likenessOf = new Map(
    words.map((word) => {
      const known = new Map<string, number>()
      return [word, (part: string) => memoisePerKey(known, part, () => wordLikeness(word, part))]
    }),
  )
  const likeness: Likeness = (word, part) => likenessOf.get(word)?.(part) ?? 0
  return (name) => {
    if (words.length === 0) return 0
    if (name.name === typed) return SCORE_STEPS.exact
    // What is left of the name once the query stands in it: the less, the better; never a whole step.
    const rest = Math.min(49, Math.abs(name.plain.length - wanted.length))
    const literal = literalScore(wanted, name)
    if (literal > 0) return literal - rest / 2
    const byWords = wordsScore(words, name.parts, likeness)
    const found =
      byWords > 0 || telling.length === words.length
        ? byWords
        : wordsScore(telling, name.parts, likeness) - 0.02
    if (found >= 1) return SCORE_STEPS.words + 140 * (found - 1)
    return Math.max(found > 0 ? SCORE_STEPS.typo + 90 * found : 0, typoScore(wanted, letters, name))
  }
}

function literalScore(wanted: string, { plain, bare }: NameParts): number {
  if (plain === wanted) return SCORE_STEPS.exact - 1
  if (bare === wanted) return SCORE_STEPS.exactBare
  if (wanted.length < 2) return 0
  if (plain.startsWith(wanted)) return SCORE_STEPS.starts
  if (bare.startsWith(wanted)) return SCORE_STEPS.startsBare
  const at = plain.indexOf(wanted)
  if (at < 0) return 0
  return plain[at - 1] === '_' ? SCORE_STEPS.atWord : SCORE_STEPS.anywhere
}

/** The whole name with one or two letters wrong; where the query has no prefix, the name has none either. */
function typoScore(wanted: string, wantedLetters: number, { plain, bare, letters }: NameParts): number {
  if (wanted.length < 4) return 0
  const limit = wanted.length < 8 ? 1 : 2
  // a prefix that was not typed lacks letters too, so only those that the name lacks count against it
  if (bitCount(wantedLetters & ~letters) > limit) return 0
  const distance = Math.min(editDistance(wanted, plain, limit), editDistance(wanted, bare, limit))
  return distance > limit ? 0 : SCORE_STEPS.typo + 200 - 60 * distance
}

type Likeness = (word: string, part: string) => number

/** 0: a word finds no part. Up to 1: with guesses. From 1 to 2: every word is a part or its start, the higher the more of the name. */
function wordsScore(words: readonly string[], parts: readonly string[], likeness: Likeness): number {
  const free = new Set(parts.keys())
  let sum = 0
  let worst = 1
  let inOrder = 0
  let last = -1
  for (const word of words) {
    let best = 0
    let place = -1
    for (const i of free) {
      const alike = likeness(word, parts[i] ?? '')
      if (alike > best) [best, place] = [alike, i]
    }
    if (place < 0) return 0
    free.delete(place)
    sum += best
    worst = Math.min(worst, best)
    if (place > last) inOrder++
    last = place
  }
  const covered = words.length / Math.max(parts.length, words.length)
  const score = (sum / words.length) * 0.75 + covered * 0.19 + (inOrder / words.length) * 0.05
  return worst >= 0.75 ? 1 + score : score
}

/** What was made for a key before, or what is made now. */
export function memoisePerKey<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key)
  if (before !== undefined) return before
  const now = make()
  known.set(key, now)
  return now
}

/** Which letters a text has, as bits. */
function lettersOf(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31)
  return bits
}

/** How many bits are set. */
function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
