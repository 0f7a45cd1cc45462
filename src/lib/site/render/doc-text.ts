import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { remarkTables } from '#lib/prose/tables.ts'
import { KFUNC_SCHEME } from './kernel-doc-inline.ts'
import { kernelDocMarkdown } from './kernel-doc-markdown.ts'

const schema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', KFUNC_SCHEME.slice(0, -1)] },
}

const pipeline = unified()
  .use(remarkParse)
  .use(remarkTables)
  .use(remarkRehype)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify)
  .freeze()

const KFUNC_LINK = new RegExp(`<a href="${KFUNC_SCHEME}(\\w+)">(.*?)</a>`, 'g')

/** Gives the address of a kfunc's page, or null where there is none to link to. */
export type KfuncLinks = (name: string) => string | null

/** Renders the kernel's comments. Equal texts are rendered once, whatever release they stand in. */
export interface DocText {
  /** HTML blocks for a text: paragraphs, lists, tables, code. The empty string for an empty text. */
  blocks(text: string, links: KfuncLinks): string
  /** HTML for a text that stands inside a line: a single paragraph without its tags, else blocks. */
  inline(text: string, links: KfuncLinks): string
}

/** One paragraph of words, in which nothing could be a mark of kernel-doc or of Markdown: most texts are. */
const PLAIN_LINES = /^[A-Za-z_][\w ,.;'-]*(?:\n[A-Za-z_][\w ,.;'-]*)*$/

function isPlain(text: string): boolean {
  return PLAIN_LINES.test(text) && !/ (?:\n|$)/.test(text)
}

/** Makes a renderer of kernel comments with its own memory of what it rendered. */
export function docText(): DocText {
  const rendered = new Map<string, string>()
  const render = (text: string): string => {
    const known = rendered.get(text)
    if (known !== undefined) return known
    const html = isPlain(text) ? `<p>${text}</p>` : String(pipeline.processSync(kernelDocMarkdown(text)))
    rendered.set(text, html)
    return html
  }
  const blocks = (text: string, links: KfuncLinks): string =>
    render(text).replace(KFUNC_LINK, (_, name: string, content: string) => {
      const href = links(name)
      return href === null ? content : `<a href="${href}">${content}</a>`
    })
  return {
    blocks,
    inline: (text, links) => {
      const html = blocks(text, links)
      const single = /^<p>([\s\S]*)<\/p>$/.exec(html)?.[1]
      return single !== undefined && !single.includes('<p>') ? single : html
    },
  }
}
