/** Texts as HTML. What a link or a name leads to, and how code is coloured, the caller says. */
import type { Element, ElementContent, Nodes } from 'hast'
import type { Heading, InlineCode, Link, PhrasingContent } from 'mdast'
import { defaultHandlers, type Handler, type Handlers, type State } from 'mdast-util-to-hast'
import { htmlTree, printBlocks, printInline } from '#lib/prose/html.ts'
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

/** A text as blocks of HTML. */
export function renderBlocks(tree: MarkdownTree, printing: Printing): string {
  return printBlocks(treeOf(tree, printing))
}

/** A sentence as HTML for a line: a single paragraph without its tags. */
export function renderInline(tree: MarkdownTree, printing: Printing): string {
  return printInline(treeOf(tree, printing))
}

function treeOf(tree: MarkdownTree, printing: Printing): Nodes {
  const html = htmlTree(tree, handlersOf(tree, printing))
  if (!('children' in html)) return html
  const seen = { heading: '', tables: 0 }
  const finished = html.children.map((child) =>
    child.type === 'element' ? finish(child, printing, seen) : child,
  )
  return { type: 'root', children: finished }
}

/** Links with what they lead to, names in code with what those lead to, and headings to link to. */
function handlersOf(tree: MarkdownTree, printing: Printing): Handlers {
  const ids = new Map<MarkdownNode, string>(
    headingsOf(tree).map(({ node, id }) => [node, `${printing.idPrefix ?? ''}${id}`]),
  )
  let isInLink = false
  const linked = (
    state: State,
    to: LinkTo | null,
    children: PhrasingContent[],
  ): Element | ElementContent[] => {
    const node: Link = { type: 'link', url: to?.href ?? '', title: to?.title ?? null, children }
    isInLink = true
    const made = to ? defaultHandlers.link(state, node) : state.all(node)
    isInLink = false
    return made
  }
  const link: Handler = (state, node: Link) => {
    const target = readTarget(node.url)
    const children: PhrasingContent[] = isName(node, target)
      ? [{ type: 'inlineCode', value: markdownText(node) }]
      : node.children
    return linked(state, printing.link(target), children)
  }
  const inlineCode: Handler = (state, node: InlineCode) => {
    const to = isInLink ? null : printing.code(node.value)
    return to ? linked(state, to, [node]) : defaultHandlers.inlineCode(state, node)
  }
  const heading: Handler = (state, node: Heading) => {
    const depth = Math.min(6, node.depth + (printing.deeper ?? 0))
    return {
      type: 'element',
      tagName: `h${depth}`,
      properties: { id: ids.get(node) },
      children: state.all(node),
    }
  }
  return { link, inlineCode, heading }
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
function finish(element: Element, printing: Printing, seen: { heading: string; tables: number }): Element {
  if (/^h[2-6]$/.test(element.tagName)) {
    seen.heading = words(element)
    seen.tables = 0
  }
  if (element.tagName === 'pre') return finishCode(element, printing)
  const children = element.children.map((child) =>
    child.type === 'element' ? finish(child, printing, seen) : child,
  )
  const own: Element = { ...element, children }
  if (element.tagName !== 'table') return own
  seen.tables++
  const label = `Table${seen.heading && `: ${seen.heading}`}${seen.tables > 1 ? ` (${seen.tables})` : ''}`
  const properties = { className: ['scroll'], role: 'region', tabIndex: 0, ariaLabel: label }
  return { type: 'element', tagName: 'div', properties, children: [own] }
}

function finishCode(pre: Element, printing: Printing): Element {
  const [code] = pre.children
  const text = code ? words(code).replace(/\n$/, '') : ''
  const classes = code?.type === 'element' ? code.properties.className : null
  const [, language = ''] = /language-(\w+)/.exec(String(classes ?? '')) ?? []
  const coloured = printing.colour(text, language)
  const inner: ElementContent =
    coloured === null ? { type: 'text', value: text } : { type: 'raw', value: coloured }
  const shown: Element = { type: 'element', tagName: 'code', properties: {}, children: [inner] }
  return { ...pre, properties: { tabIndex: 0 }, children: [shown] }
}

function words(node: ElementContent): string {
  return 'value' in node ? node.value : node.children.map(words).join('')
}
