/** How well a kfunc answers a question in words: its name, then its flags, types and suffixes, then what is said of it. */
import type { SearchData } from './data.ts'
import { memoisePerKey, SCORE_STEPS, tellingWords } from './score.ts'
import { synonymsOf } from './synonyms.ts'
import { searchWords, wordLikeness } from './words.ts'

/** Scores the kfunc at an index: 0, no answer, up to 190; more where the text is, to the letter, something that it has. */
export type TextScore = (index: number) => number

/** What a word found in each place is worth. */
const WORTH = { name: 1, synonym: 0.85, term: 0.75, summary: 0.6 } as const
/** A kfunc that has less than this of a question is no answer. */
const LEAST = 0.33
const MOST = 190
/** No word, however rare, outweighs the others: names would lose to accidents of their texts. */
const MOST_WEIGHT = 3.5
/** Words less alike than this are taken for others. */
const LEAST_LIKE = 0.5

interface Entry {
  readonly parts: ReadonlySet<string>
  /** Names of its flags, types and suffixes, as they are spelled, and of program types that may call it. */
  readonly terms: ReadonlySet<string>
  readonly summary: ReadonlySet<string>
}

/** Prepares an index for questions; `isName`: asked only for what the text names to the letter. */
export function textScorer(data: SearchData): (text: string, isName: boolean) => TextScore {
  const entries = data.kfuncs.map(
    ([name, , , summary, facts]): Entry => ({
      parts: new Set(searchWords(name)),
      terms: new Set(
        facts.flatMap(([, returns, parameters, flags, suffixes]) =>
          [
            ...[returns, ...parameters].map((i) => data.types[i] ?? ''),
            ...flags.flatMap((i) => [data.flags[i] ?? '', (data.flags[i] ?? '').replace(/^KF_/, '')]),
            ...suffixes.map((i) => data.suffixes[i] ?? ''),
          ].map((term) => term.toLowerCase()),
        ),
      ),
      summary: new Set(searchWords(summary)),
    }),
  )
  const known = new Map<string, Alike>()
  const terms = new Set(entries.flatMap((entry) => [...entry.terms]))
  const vocabulary = [...new Set(entries.flatMap(({ parts, summary }) => [...parts, ...summary]))]
  return (text, isName) => {
    const whole = text.toLowerCase()
    const isTerm = whole.includes('_') && terms.has(whole)
    const units = (isName ? [] : unitsOf(text, terms)).map(
      ({ term, words }): Unit => ({
        term,
        words: words.map((word) => memoisePerKey(known, word, () => alikeIn(vocabulary, word))),
        synonyms: synonymsOf(term),
      }),
    )
    const found = units.map((unit) => entries.map((entry) => unitScore(unit, entry)))
    const weights = found.map((scores) => {
      const uses = scores.filter((score) => score > 0.3).length
      return uses === 0 ? 0.3 : Math.min(MOST_WEIGHT, Math.log(1 + entries.length / uses))
    })
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return (index) => {
      if (isTerm && entries[index]?.terms.has(whole)) return SCORE_STEPS.has
      const share =
        weights.reduce((sum, weight, unit) => sum + weight * (found[unit]?.[index] ?? 0), 0) / total
      if (!(share >= LEAST)) return 0
      // of two that answer as well, the one of whose name more was asked for
      const size = entries[index]?.parts.size ?? 0
      return MOST * (share * 0.95 + 0.05 / Math.max(1, size))
    }
  }
}

/** Words that are like one, the likest first. */
type Alike = readonly (readonly [word: string, likeness: number])[]

/** A word of the question, with the words that are like its parts, and those that mean the same. */
interface Unit {
  readonly term: string
  readonly words: readonly Alike[]
  readonly synonyms: readonly string[]
}

/** The words of a question that tell something; what is a term or has a synonym as it stands is not cut. */
function unitsOf(
  text: string,
  terms: ReadonlySet<string>,
): { readonly term: string; readonly words: readonly string[] }[] {
  const units = text
    .toLowerCase()
    .split(/\s+/)
    .flatMap((token) => {
      const words = searchWords(token)
      const isWhole = token !== words[0] && (terms.has(token) || synonymsOf(token).length > 0)
      return isWhole ? [{ term: token, words }] : words.map((word) => ({ term: word, words: [word] }))
    })
  const telling = new Set(tellingWords(units.map(({ term }) => term)))
  return units.filter(({ term }) => telling.has(term))
}

function unitScore({ term, words, synonyms }: Unit, { parts, terms, summary }: Entry): number {
  let best = Math.max(terms.has(term) ? WORTH.term : 0, WORTH.name * mean(parts, words))
  if (
    best < WORTH.synonym &&
    synonyms.some((synonym) => searchWords(synonym).every((word) => parts.has(word)))
  )
    best = WORTH.synonym
  if (best < WORTH.summary) best = Math.max(best, WORTH.summary * mean(summary, words))
  return best
}

/** How well a set has the words, each given as the words that are like it, the likest first. */
function mean(set: ReadonlySet<string>, words: readonly Alike[]): number {
  let sum = 0
  for (const alike of words) sum += alike.find(([word]) => set.has(word))?.[1] ?? 0
  return sum / words.length
}

function alikeIn(vocabulary: readonly string[], word: string): Alike {
  return vocabulary
    .map((one) => [one, wordLikeness(word, one)] as const)
    .filter(([, likeness]) => likeness >= LEAST_LIKE)
    .sort((a, b) => b[1] - a[1])
}
