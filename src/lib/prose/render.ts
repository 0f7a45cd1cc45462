/** Texts as HTML. What a link or a name leads to, and how code is coloured, the caller says. */
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { headingsOf, type MarkdownNode, type MarkdownTree, markdownText } from '#lib/prose/markdown.ts'
import { readTarget, type Target } from '#lib/prose/target.ts'

/** Where a link leads, with what is shown of it at rest; null: it leads nowhere, and only its words are printed. */
export interface LinkTo {
  readonly href: string
  /** Said of a link to a place of the kernel: "kernel/bpf/verifier.c:11972 in 7.3". */
  readonly title?: string
}

/** What a renderer asks. */
export interface Printing {
  link(target: Target): LinkTo | null
  /** Where inline code leads, of itself; null: nowhere. */
  code(text: string): LinkTo | null
  /** HTML inside of `<code>` for a fenced text; null: as it stands. */
  colour(code: string, language: string): string | null
  /** Put before the fragment of each heading: on pages that hold more than one text. */
  readonly idPrefix?: string
  /** Added to the depth of each heading. */
  readonly deeper?: number
}

const toHtml = unified()
  .use(remarkRehype)
  // all ids are our own: nothing to keep apart from
  .use(rehypeSanitize, { ...defaultSchema, clobber: [], clobberPrefix: '' })
  .freeze()
const printer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze()

type HtmlTree = Parameters<typeof printer.stringify>[0]

/** What we ask of any node of HTML. */
interface HtmlNode {
  readonly type: string
  readonly tagName?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly children?: readonly HtmlNode[]
  readonly value?: string
}

/** A text as blocks of HTML. */
export function renderBlocks(tree: MarkdownTree, printing: Printing): string {
  const ids = new Map<MarkdownNode, string>(
    headingsOf(tree).map(({ node, id }) => [node, `${printing.idPrefix ?? ''}${id}`]),
  )
  const linked = linkNode(tree, printing, ids, false)[0] ?? tree
  const html = toHtml.runSync(linked as MarkdownTree)
  return printer.stringify(finish(html, printing, { heading: '', tables: 0 }) as HtmlTree)
}

/** A sentence as HTML for a line: a single paragraph without its tags. */
export function renderInline(tree: MarkdownTree, printing: Printing): string {
  const html = renderBlocks(tree, printing)
  return /^<p>([\s\S]*)<\/p>$/.exec(html)?.[1] ?? html
}

/** A node with its links resolved; several, where a link that leads nowhere leaves its words. */
function linkNode(
  node: MarkdownNode,
  printing: Printing,
  ids: ReadonlyMap<MarkdownNode, string>,
  isInLink: boolean,
): readonly MarkdownNode[] {
  const children = (isLink: boolean): readonly MarkdownNode[] =>
    (node.children ?? []).flatMap((child) => linkNode(child, printing, ids, isLink))
  if (node.type === 'link') {
    const target = readTarget(node.url ?? '')
    const to = printing.link(target)
    const words = isName(node, target) ? [{ type: 'inlineCode', value: markdownText(node) }] : children(true)
    return to ? [{ ...node, url: to.href, title: to.title ?? null, children: words }] : words
  }
  if (node.type === 'inlineCode' && !isInLink) {
    const to = printing.code(node.value ?? '')
    return to ? [{ type: 'link', url: to.href, title: to.title ?? null, children: [node] }] : [node]
  }
  if (node.type === 'heading') {
    const depth = Math.min(6, (node.depth ?? 2) + (printing.deeper ?? 0))
    const data = { hProperties: { id: ids.get(node) } }
    return [{ ...node, depth, data, children: children(false) }]
  }
  return [node.children ? { ...node, children: children(isInLink) } : node]
}

/** Is the text of a link a name, or file, of the place that it leads to? It is code then, as the kernel spells it. */
function isName(node: MarkdownNode, target: Target): boolean {
  if (target.to !== 'kernel' || node.children?.length !== 1 || node.children[0]?.type !== 'text') return false
  const { name, path, text } = target.place
  const words = markdownText(node)
  const [, bare = ''] = /^(\w*_\w*)(?:\(\))?$/.exec(words) ?? []
  return [name, `${name}()`, path].includes(words) || (bare !== '' && text !== null && text.includes(bare))
}

/** Colours code, and gives tables and code a box that scrolls by itself. */
function finish(node: HtmlNode, printing: Printing, seen: { heading: string; tables: number }): HtmlNode {
  if (/^h[2-6]$/.test(node.tagName ?? '')) {
    seen.heading = words(node)
    seen.tables = 0
  }
  if (node.tagName === 'pre') return finishCode(node, printing)
  const children = node.children?.map((child) => finish(child, printing, seen))
  const own = children ? { ...node, children } : node
  if (node.tagName !== 'table') return own
  seen.tables++
  const label = `Table${seen.heading && `: ${seen.heading}`}${seen.tables > 1 ? ` (${seen.tables})` : ''}`
  const properties = { className: ['scroll'], role: 'region', tabIndex: 0, ariaLabel: label }
  return { type: 'element', tagName: 'div', properties, children: [own] }
}

function finishCode(pre: HtmlNode, printing: Printing): HtmlNode {
  const [code] = pre.children ?? []
  const text = code ? words(code).replace(/\n$/, '') : ''
  const [, language = ''] = /language-(\w+)/.exec(String(code?.properties?.className ?? '')) ?? []
  const coloured = printing.colour(text, language)
  const inner: HtmlNode = coloured === null ? { type: 'text', value: text } : { type: 'raw', value: coloured }
  return {
    ...pre,
    properties: { tabIndex: 0 },
    children: [{ type: 'element', tagName: 'code', properties: {}, children: [inner] }],
  }
}

const words = (node: HtmlNode): string => node.value ?? (node.children ?? []).map(words).join('')
