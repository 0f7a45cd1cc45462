/** The kernel's comments as HTML. */
import type { LinkReference, Root } from 'mdast'
import type { Handler, Handlers } from 'mdast-util-to-hast'
import { htmlTree, printBlocks, printInline } from '#lib/prose/html.ts'
import { walkMarkdown } from '#lib/prose/markdown.ts'
import { kernelDocTree } from './kernel-doc-tree.ts'

/** Gives the address of a kfunc's page, or null where there is none to link to. */
export type KfuncLinks = (name: string) => string | null

/** Renders the kernel's comments. Equal texts are read once, and printed once for each page that they link to. */
export interface DocText {
  /** HTML blocks for a text: paragraphs, lists, tables, code. The empty string for an empty text. */
  blocks(text: string, links: KfuncLinks): string
  /** HTML for a text that stands inside a line: a single paragraph without its tags, else blocks. */
  inline(text: string, links: KfuncLinks): string
}

/** A text that was read, and the functions that it names, in its order. */
interface Read {
  readonly tree: Root
  readonly functions: readonly string[]
}

/** Makes a renderer of kernel comments with its own memory of what it rendered. */
export function docText(): DocText {
  const known = new Map<string, Read>()
  const read = (text: string): Read => {
    const before = known.get(text) ?? readText(text)
    known.set(text, before)
    return before
  }
  const printed = new Map<string, string>()
  const render = (form: keyof DocText, text: string, links: KfuncLinks): string => {
    const { tree, functions } = read(text)
    const key = [form, ...functions.map(links), text].join('\n')
    const before = printed.get(key)
    if (before !== undefined) return before
    const nodes = htmlTree(tree, linkedWith(links))
    const html = form === 'inline' ? printInline(nodes) : printBlocks(nodes)
    printed.set(key, html)
    return html
  }
  return {
    blocks: (text, links) => render('blocks', text, links),
    inline: (text, links) => render('inline', text, links),
  }
}

function readText(text: string): Read {
  const tree = kernelDocTree(text)
  const functions: string[] = []
  walkMarkdown(tree, ({ type, identifier }) => {
    if (type === 'linkReference' && identifier !== undefined) functions.push(identifier)
  })
  return { tree, functions }
}

/** A function that is named leads to its page, where it has one. */
function linkedWith(links: KfuncLinks): Handlers {
  const linkReference: Handler = (state, node: LinkReference) => {
    const href = links(node.identifier)
    const children = state.all(node)
    return href === null ? children : { type: 'element', tagName: 'a', properties: { href }, children }
  }
  return { linkReference }
}
