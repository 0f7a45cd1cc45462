/** Trees of Markdown as trees of HTML, and those as text. */
import type { Nodes, RootContent } from 'hast'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import type { Root } from 'mdast'
import { type Handlers, toHast } from 'mdast-util-to-hast'

/** Of what GitHub lets through. All ids are our own: nothing to keep apart from. */
const SCHEMA = { ...defaultSchema, clobber: [], clobberPrefix: '' }

/** The tree of HTML for one of Markdown; `handlers` make the nodes that are not as usual. Scripts and the like are left out. */
export function htmlTree(tree: Root, handlers: Handlers): Nodes {
  return sanitize(toHast(tree, { handlers }), SCHEMA)
}

/** Prints a tree as blocks. */
export function printBlocks(tree: Nodes): string {
  return print(tree)
}

/** Prints a tree for a line: what stands in a paragraph that is all of it, else its blocks. */
export function printInline(tree: Nodes): string {
  const [only, ...more] = 'children' in tree ? tree.children : []
  return print(only?.type === 'element' && only.tagName === 'p' && more.length === 0 ? only.children : tree)
}

/** What was printed before stands in a tree as `raw`; `htmlTree` lets none from a text through. */
function print(nodes: Nodes | RootContent[]): string {
  return toHtml(nodes, { allowDangerousHtml: true })
}
