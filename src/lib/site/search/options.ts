/** What the list under a search box offers for what was typed. */

import type { SiteUrls } from '#lib/site/links/urls.ts'
import { type Completion, keyCompletions, valueCompletions } from './complete.ts'
import { releaseToOpen, type SearchData, type SearchKfunc, type SearchText, textName } from './data.ts'
import { type SearchAnswer, type SearchEngine, searchEngine } from './engine.ts'
import { MESSAGES } from './messages.ts'
import { isInSet } from './release-set.ts'
import { parseQuery } from './typed-query.ts'

/** One line of the list. All but a completion lead somewhere. */
export type SearchOption =
  | { readonly kind: 'kfunc'; readonly name: string; readonly note: string; readonly href: string }
  | { readonly kind: 'text'; readonly name: string; readonly note: string; readonly href: string }
  | { readonly kind: 'all'; readonly name: string; readonly note: string; readonly href: string }
  | {
      readonly kind: 'completion'
      readonly name: string
      readonly note: string
      readonly completion: Completion
    }

/** Answers for one site and one release at hand. */
export interface Search {
  /** The release at hand; null: none, or one that is not here. */
  readonly release: string | null
  /** What the list offers for a query whose caret stands at `caret`. */
  options(typed: string, caret: number): readonly SearchOption[]
  /** A kfunc in each release that has it, newest first; none for names that there are not. */
  releasesOf(name: string): readonly SearchOption[]
  /** Those names that there are, as hits. */
  named(names: readonly string[]): readonly SearchOption[]
  answer(typed: string): SearchAnswer
  kfunc(kfunc: SearchKfunc, opens: number): SearchOption & { readonly kind: 'kfunc' }
  text(text: SearchText): SearchOption & { readonly kind: 'text' }
}

const KFUNCS = 8
const TEXTS = 3

/** Makes a search over an index. */
export function makeSearch(data: SearchData, urls: SiteUrls, asked: string | null): Search {
  const engine: SearchEngine = searchEngine(data)
  const here = data.releases.indexOf(asked ?? '')
  const atHand = data.releases[here] ?? null
  const inRelease = ([name, , , summary]: SearchKfunc, release: number) => {
    const id = data.releases[release] ?? ''
    return { kind: 'kfunc', name, note: `${id}  ${summary}`, href: urls.kfunc(id, name) } as const
  }
  const textOption = (text: SearchText) => {
    const [kind, slug, , summary] = text
    const [name, what] = textName(text)
    return {
      kind: 'text',
      name,
      note: `${what}  ${summary}`,
      href: kind === MESSAGES ? urls.message(slug) : urls.text(kind, slug),
    } as const
  }
  const completed = (completion: Completion): SearchOption => ({
    kind: 'completion',
    name: completion.word,
    note: completion.note,
    completion,
  })
  const find = (name: string): SearchKfunc | undefined => data.kfuncs.find((kfunc) => kfunc[0] === name)
  return {
    release: atHand,
    options: (typed, caret) => {
      const values = valueCompletions(data, typed, caret)
      if (values.length > 0) return values.map(completed)
      const { kfuncs, texts } = engine(typed, atHand)
      const hits = [
        ...kfuncs
          .slice(0, KFUNCS)
          .map(({ kfunc, opens, score }) => ({ score, option: inRelease(kfunc, opens) })),
        ...texts.slice(0, TEXTS).map(({ text, score }) => ({ score, option: textOption(text) })),
      ].sort((a, b) => b.score - a.score)
      const more = kfuncs.length + texts.length - hits.length
      // who asks with filters alone asks for a list
      const isList = kfuncs.length > 1 && parseQuery(typed).text === ''
      const all: SearchOption = {
        kind: 'all',
        name: isList ? `All ${kfuncs.length} kfuncs` : `${more} more`,
        note: '',
        href: allHref(urls, typed, atHand),
      }
      return [
        ...(isList ? [all] : []),
        ...hits.map(({ option }) => option),
        ...(more > 0 && !isList ? [all] : []),
        ...keyCompletions(typed, caret).map(completed),
      ]
    },
    releasesOf: (name) => {
      const kfunc = find(name)
      if (!kfunc) return []
      return data.releases.flatMap((_, i) => (isInSet(kfunc[1], i) ? [inRelease(kfunc, i)] : [])).reverse()
    },
    named: (names) =>
      names.flatMap((name) => {
        const kfunc = find(name)
        return kfunc ? [inRelease(kfunc, releaseToOpen(data, kfunc, here))] : []
      }),
    answer: (typed) => engine(typed, atHand),
    kfunc: inRelease,
    text: textOption,
  }
}

/** The search page for a query, as from a page of a release. */
function allHref(urls: SiteUrls, typed: string, atHand: string | null): string {
  const release = atHand === null ? '' : `&release=${encodeURIComponent(atHand)}`
  return `${urls.search}?q=${encodeURIComponent(typed.trim())}${release}`
}
