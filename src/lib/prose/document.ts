/** One hand-written file: its head, its Markdown, and what either refers to. */
import { parseDocument as parseYaml } from 'yaml'
import type { Dates } from '#lib/prose/dates.ts'
import { type FrontMatter, kindOfPath, type ProseKind, readFrontMatter } from '#lib/prose/kinds.ts'
import {
  type Heading,
  headingsOf,
  type MarkdownNode,
  type MarkdownTree,
  markdownText,
  offsetOf,
  parseMarkdown,
  walkMarkdown,
} from '#lib/prose/markdown.ts'
import { plainDates, releasesNamed } from '#lib/prose/plain-dates.ts'
import { printDates } from '#lib/prose/print-dates.ts'
import { readTarget, type Target } from '#lib/prose/target.ts'
import { type Place, placeOf, type SourceText } from '#lib/text/source.ts'

/** What is wrong with a text, and where. */
export interface ProseProblem {
  readonly rule: string
  readonly message: string
  readonly place: Place
}

/** A link, or inline code that may name something. */
export type Mention =
  | { readonly target: Target; readonly url: string; readonly text: string; readonly place: Place }
  | { readonly code: string; readonly place: Place }

/** A hand-written file that fits its schema. */
export interface ProseDocument {
  readonly kind: ProseKind
  readonly slug: string
  readonly source: SourceText
  readonly front: FrontMatter
  /** Offsets in the file: where the summary stands, and each item of `kinds` and `checked`. */
  readonly offsets: {
    readonly summary: number
    readonly kinds: readonly number[]
    readonly checked: readonly number[]
  }
  /** With its dates written out, as the body. */
  readonly summary: MarkdownTree | null
  readonly body: MarkdownTree
  readonly headings: readonly Heading[]
  /** Of summary and body as they are written, in their order. */
  readonly mentions: readonly Mention[]
}

const HEAD = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/

/**
 * Reads a file of `content`; its path says what kind it is. null: it is of no kind, or broken, which `problems` says. Dates
 * that the text writes by hand are said there too.
 */
export function readDocument(
  source: SourceText,
  dates: Dates,
  problems: ProseProblem[],
): ProseDocument | null {
  const complain = (rule: string, message: string, offset = 0): null => {
    problems.push({ rule, message, place: placeOf(source, offset) })
    return null
  }
  const kind = kindOfPath(source.path)
  if (!kind) return complain('prose-kind', 'no kind of text lies in this folder')
  const [whole = '', yaml = ''] = HEAD.exec(source.text) ?? []
  if (whole === '')
    return complain('front-matter', 'expected the file to begin with front matter between two lines ---')
  const start = source.text.indexOf('\n') + 1
  const head = parseYaml(yaml)
  const [error] = [...head.errors, ...head.warnings]
  if (error) return complain('front-matter', error.message.split('\n')[0] ?? '', start + error.pos[0])
  const read = readFrontMatter(kind.kind, head.toJS())
  if ('issues' in read) {
    for (const { path, message } of read.issues)
      complain(
        'front-matter',
        `${path.map(String).join('.') || 'front matter'}: ${message}`,
        start + offsetIn(head, path),
      )
    return null
  }
  // blanks instead of the head keep the places right
  const body = parseMarkdown(whole.replace(/[^\n]/g, ' ') + source.text.slice(whole.length))
  const summary = read.front.summary === null ? null : parseMarkdown(read.front.summary)
  const at = (...path: readonly PropertyKey[]): number => start + offsetIn(head, path)
  const summaryAt = at('summary')
  const rule = 'plain-date'
  for (const release of releasesNamed(read.front.title ?? ''))
    complain(rule, `${release} in a title, whose address stays: leave it out`, at('title'))
  if (summary) for (const { message } of plainDates(summary)) complain(rule, message, summaryAt)
  for (const { words, index, node, message } of plainDates(body)) {
    const start = offsetOf(node)
    complain(rule, message, Math.max(start, source.text.indexOf(words, start + index)))
  }
  const printed = printDates(body, dates)
  return {
    ...kind,
    source,
    front: read.front,
    offsets: {
      summary: summaryAt,
      kinds: read.front.kinds.map((_, i) => at('kinds', i)),
      checked: read.front.checked.map((_, i) => at('checked', i)),
    },
    summary: summary && printDates(summary, dates),
    body: printed,
    headings: headingsOf(printed),
    mentions: [
      ...(summary ? mentionsIn(summary, () => placeOf(source, summaryAt)) : []),
      ...mentionsIn(body, (node) => placeOf(source, offsetOf(node))),
    ],
  }
}

function offsetIn(head: ReturnType<typeof parseYaml>, path: readonly PropertyKey[]): number {
  const node = path.length > 0 ? head.getIn(path, true) : null
  if (typeof node !== 'object' || node === null || !('range' in node)) return 0
  return Array.isArray(node.range) ? Number(node.range[0]) : 0
}

/** The links of a tree, and its inline code that stands in no link. */
export function mentionsIn(tree: MarkdownNode, placeOfNode: (node: MarkdownNode) => Place): Mention[] {
  const found: Mention[] = []
  walkMarkdown(tree, (node, inside) => {
    if (node.type === 'link') {
      const url = node.url ?? ''
      found.push({ target: readTarget(url), url, text: markdownText(node), place: placeOfNode(node) })
    } else if (node.type === 'inlineCode' && !inside.some(({ type }) => type === 'link'))
      found.push({ code: node.value ?? '', place: placeOfNode(node) })
  })
  return found
}
