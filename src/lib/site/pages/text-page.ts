import type { ProseDocument } from '#lib/prose/document.ts'
import { PROSE_KINDS, type ProseKind } from '#lib/prose/kinds.ts'
import { titleOf } from '#lib/prose/library.ts'
import { markdownText } from '#lib/prose/markdown.ts'
import type { Site } from '#lib/site/site.ts'
import { type TextFacts, textFacts } from './text-facts.ts'

/** All that the page of a hand-written text shows. Fields ending in Html hold HTML. */
export interface TextPage {
  readonly title: string
  /** Its file, "content/flags/KF_ACQUIRE.md". */
  readonly path: string
  /** Is the title a name of the kernel? */
  readonly isName: boolean
  /** The search engines' sentence. Plain text. */
  readonly description: string
  readonly summaryHtml: string
  readonly bodyHtml: string
  /** Its headings, where there are enough to choose from. */
  readonly headings: readonly { readonly text: string; readonly href: string }[]
  /** What the data says of the same thing; null: it is no thing of the data. */
  readonly facts: TextFacts | null
}

/** Fewer headings than these are seen at a glance. */
const LISTED_HEADINGS = 4

/** Computes the page of a text. Throws where nobody wrote it. */
export function textPage(site: Site, kind: ProseKind, slug: string): TextPage {
  const document = site.texts.library.find(kind, slug)
  if (!document) throw new Error(`there is no text ${kind}/${slug}.md`)
  const { headings, summary } = document
  return {
    title: kind === 'program-types' ? `BPF_PROG_TYPE_${slug.toUpperCase()}` : titleOf(document),
    path: `content/${kind}/${slug}.md`,
    isName: ['flags', 'suffixes', 'program-types'].includes(kind),
    description: summary ? markdownText(summary) : titleOf(document),
    summaryHtml: site.texts.summary(document),
    bodyHtml: site.texts.body(document),
    headings:
      headings.length < LISTED_HEADINGS
        ? []
        : headings.filter(({ node }) => node.depth === 2).map(({ text, id }) => ({ text, href: `#${id}` })),
    facts: textFacts(site, document),
  }
}

/** The texts of one kind, as lists show them. */
export interface TextList {
  readonly kind: ProseKind
  readonly title: string
  readonly isName: boolean
  readonly rows: readonly { readonly title: string; readonly href: string; readonly summaryHtml: string }[]
}

const TITLES: Readonly<Record<TextPageKind, string>> = {
  guides: 'Guides',
  concepts: 'Concepts',
  flags: 'Flags',
  suffixes: 'Suffixes of parameters',
  arguments: 'Special arguments',
  'program-types': 'Program types',
}

/** A kind of texts that have pages of their own. */
export type TextPageKind = Exclude<ProseKind, 'kfuncs'>

/** They, in the order in which they are listed. */
export const TEXT_PAGE_KINDS: readonly TextPageKind[] = PROSE_KINDS.filter((kind) => kind !== 'kfuncs')

/** All texts that have a page, kind by kind; a kind without texts is left out. */
export function learnPage({ texts }: Site): readonly TextList[] {
  return TEXT_PAGE_KINDS.map((kind) => ({
    kind,
    title: TITLES[kind],
    isName: kind === 'flags' || kind === 'suffixes',
    rows: texts.library.list(kind).flatMap(({ slug }: ProseDocument) => texts.note(kind, slug) ?? []),
  })).filter(({ rows }) => rows.length > 0)
}
