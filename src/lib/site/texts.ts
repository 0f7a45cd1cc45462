import { checkProse } from '#lib/prose/check.ts'
import type { ProseDocument } from '#lib/prose/document.ts'
import type { ProseKind } from '#lib/prose/kinds.ts'
import { type FoundPlace, type Library, type ProseFiles, readLibrary, titleOf } from '#lib/prose/library.ts'
import type { MarkdownTree } from '#lib/prose/markdown.ts'
import { type Printing, renderBlocks, renderInline } from '#lib/prose/render.ts'
import type { SiteUrls } from '#lib/site/links/urls.ts'
import type { Highlighter } from '#lib/site/render/highlight.ts'
import type { Catalog } from './catalog.ts'
import { knownNamesOf } from './known-names.ts'
import { textDates } from './text-dates.ts'
import { textLinks } from './text-links.ts'

/** The one-sentence form of a text, as pages that it concerns show it. */
export interface TextNote {
  readonly title: string
  readonly href: string
  /** Without links: the page that it leads to has them. */
  readonly summaryHtml: string
}

/** The hand-written texts of a site. Each is rendered once, whatever pages show it. */
export interface Texts {
  readonly library: Library
  /** null: nobody wrote it. */
  note(kind: ProseKind, slug: string): TextNote | null
  /** What is said of arguments that the verifier takes for a kind; null: nothing. */
  argumentNote(kind: string): TextNote | null
  /** The sentence of a text, with its links. */
  summary(document: ProseDocument): string
  /** The whole of a text below its title. */
  body(document: ProseDocument): string
  /** The text on a kfunc, as a part of its page; its links lead to the kfunc's release where that has them. */
  usage(document: ProseDocument, release: string): string
  /** Markdown of a message, for a line. */
  inline(tree: MarkdownTree): string
  /** Where a place of the kernel is shown, and how it is called. */
  source(place: FoundPlace): { readonly text: string; readonly href: string }
}

const NO_FILES: ProseFiles = { files: [], messages: null, places: [], facts: [] }

/** Makes the texts of a site. Throws with all that is wrong with them, a line each, as path:line:column. */
export function siteTexts(
  catalog: Catalog,
  urls: SiteUrls,
  highlighter: Highlighter,
  files: ProseFiles = NO_FILES,
): Texts {
  const dates = textDates(catalog.releases, files)
  const library = readLibrary(files, dates)
  const problems = checkProse(library, knownNamesOf(catalog.releases), dates)
  if (problems.length > 0)
    throw new Error(`the texts of content have mistakes:\n${problems.map(line).join('\n')}`)

  const { source, printing } = textLinks(catalog, urls, highlighter, library)
  const plain: Printing = { link: () => null, code: () => null, colour: () => null }

  const made = new Map<string, string>()
  const once = (key: string, make: () => string): string => {
    const before = made.get(key) ?? make()
    made.set(key, before)
    return before
  }
  const keyOf = ({ kind, slug }: ProseDocument, what: string): string => `${what} ${kind}/${slug}`
  const noteOn = (document: ProseDocument | undefined): TextNote | null => {
    if (!document) return null
    const { summary, kind, slug } = document
    const summaryHtml = once(keyOf(document, 'note'), () => (summary ? renderInline(summary, plain) : ''))
    return { title: titleOf(document), href: urls.text(kind, slug), summaryHtml }
  }
  const byKind = new Map(
    library.list('arguments').flatMap((document) => document.front.kinds.map((kind) => [kind, document])),
  )
  return {
    library,
    note: (kind, slug) => noteOn(library.find(kind, slug)),
    argumentNote: (kind) => noteOn(byKind.get(kind)),
    summary: (document) =>
      once(keyOf(document, 'summary'), () =>
        document.summary ? renderInline(document.summary, printing(document, null)) : '',
      ),
    body: (document) =>
      once(keyOf(document, 'body'), () => renderBlocks(document.body, printing(document, null))),
    usage: (document, release) =>
      renderBlocks(document.body, { ...printing(document, release), idPrefix: 'usage-', deeper: 1 }),
    inline: (tree) => renderInline(tree, printing(null, null)),
    source,
  }
}

const line = ({ rule, message, place }: ReturnType<typeof checkProse>[number]): string =>
  `${place.path}:${place.line}:${place.column}  ${rule}  ${message}`
