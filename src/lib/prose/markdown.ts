/** Markdown as a tree whose places count in the whole file. */
import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'

/** The tree of a text, as mdast has it. */
export type MarkdownTree = Root

/** What we ask of any node of such a tree. */
export interface MarkdownNode {
  readonly type: string
  readonly children?: readonly MarkdownNode[]
  readonly value?: string
  readonly url?: string
  readonly title?: string | null | undefined
  readonly lang?: string | null | undefined
  readonly depth?: number
  readonly identifier?: string
  readonly data?: object | undefined
  readonly position?: { readonly start: { readonly offset?: number | undefined } } | undefined
}

/** Reads Markdown with tables: of what GitHub adds to it all that our texts use. */
export function parseMarkdown(text: string): MarkdownTree {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
}

/** The offset at which a node starts in the text that it was read from. */
export function offsetOf(node: MarkdownNode): number {
  return node.position?.start.offset ?? 0
}

/** Visits every node, those around it first; `inside` are the nodes around it, outermost first. */
export function walkMarkdown(
  node: MarkdownNode,
  visit: (node: MarkdownNode, inside: readonly MarkdownNode[]) => void,
  inside: readonly MarkdownNode[] = [],
): void {
  visit(node, inside)
  for (const child of node.children ?? []) walkMarkdown(child, visit, [...inside, node])
}

/** The words of a node, without its marks. */
export function markdownText(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(markdownText).join('')
}

/** A heading of a text with the fragment that leads to it. */
export interface Heading {
  readonly node: MarkdownNode
  readonly text: string
  readonly id: string
}

/** The headings of a text in their order; equal ones are told apart by a number. */
export function headingsOf(tree: MarkdownNode): Heading[] {
  const seen = new Map<string, number>()
  const found: Heading[] = []
  walkMarkdown(tree, (node) => {
    if (node.type !== 'heading') return
    const text = markdownText(node)
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_]+/gu, '-')
      .replace(/^-|-$/g, '')
    const count = (seen.get(slug) ?? 0) + 1
    seen.set(slug, count)
    found.push({ node, text, id: count === 1 ? slug : `${slug}-${count}` })
  })
  return found
}
