/** Answers queries out of the search index. Pure: the same in a browser, in tests and in measurements. */
import { releaseToOpen, type SearchData, type SearchKfunc, type SearchText, textName } from './data.ts'
import { filterTest, type ResolvedFilter, releaseAsked, resolveFilter } from './filters.ts'
import { MESSAGES, messageScore, messageWords } from './messages.ts'
import { isInSet } from './release-set.ts'
import { nameParts, nameScorer, SCORE_STEPS } from './score.ts'
import { textScorer } from './text.ts'
import { parseQuery } from './typed-query.ts'
import { searchWords } from './words.ts'

/** One kfunc that answers; `opens` is the release, by index, that its hit leads to. */
export interface KfuncHit {
  readonly kfunc: SearchKfunc
  readonly opens: number
  readonly score: number
}

/** One page about something else that answers. */
export interface TextHit {
  readonly text: SearchText
  readonly score: number
}

/** All that answers a query, best first. */
export interface SearchAnswer {
  readonly kfuncs: readonly KfuncHit[]
  readonly texts: readonly TextHit[]
  readonly filters: readonly ResolvedFilter[]
}

/** Answers a query; `atHand` is the release that the reader looks at. */
export type SearchEngine = (typed: string, atHand: string | null) => SearchAnswer

/** A kfunc that the release at hand lacks stands below its equals, never below what answers worse. */
const ELSEWHERE = 2

/** Prepares an index for queries. */
export function searchEngine(data: SearchData): SearchEngine {
  const names = data.kfuncs.map(([name]) => nameParts(name))
  const words = textScorer(data)
  const messages = data.texts.map(([kind, , title]) => (kind === MESSAGES ? messageWords(title) : null))
  const titles = data.texts.map((text) => [nameParts(text[1]), nameParts(textName(text)[0])] as const)
  return (typed, atHand) => {
    const query = parseQuery(typed)
    const filters = query.filters.map((filter) => resolveFilter(data, filter))
    if (query.text === '' && filters.length === 0) return { kfuncs: [], texts: [], filters }
    const asked = releaseAsked(data, filters, atHand)
    const passes = filterTest(data, filters, asked)
    const ofName = nameScorer(query.text)
    const byName = names.map(ofName)
    // who types a name with `_` and finds it does not ask a question
    const isName = /^\w+_\w+$/.test(query.text) && byName.some((score) => score > 0)
    const ofWords = words(query.text, isName)
    const typedWords = searchWords(query.text)
    const here = asked < 0 ? data.releases.length - 1 : asked
    const kfuncs: KfuncHit[] = []
    data.kfuncs.forEach((kfunc, i) => {
      if (!passes(kfunc)) return
      const score = query.text === '' ? 1 : Math.max(byName[i] ?? 0, ofWords(i))
      if (score <= 0) return
      const penalty = isInSet(kfunc[1], here) ? 0 : ELSEWHERE
      kfuncs.push({ kfunc, opens: releaseToOpen(data, kfunc, asked), score: score - penalty })
    })
    const texts =
      filters.length > 0
        ? []
        : data.texts.flatMap((text, i): TextHit[] => {
            const message = messages[i]
            if (message) {
              const score = messageScore(typedWords, message)
              return score > 0 ? [{ text, score }] : []
            }
            const [slug, title] = titles[i] ?? []
            if (!slug || !title) return []
            // "xdp" asks for kfuncs before it asks for the page on the program type; "BPF_PROG_TYPE_XDP" does not
            const score = Math.max(ofName(title), Math.min(ofName(slug), SCORE_STEPS.anywhere - 1))
            return score > 0 ? [{ text, score }] : []
          })
    return {
      kfuncs: kfuncs.sort((a, b) => b.score - a.score),
      texts: texts.sort((a, b) => b.score - a.score),
      filters,
    }
  }
}
