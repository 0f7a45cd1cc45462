/** A page as text that a person can review: headings, paragraphs, tables row by row, links with where they lead. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { withoutHashes } from './markup.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const HEADING = /^h([1-6])$/
/** Elements that begin a line of their own. */
const BLOCKS = new Set(
  'address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form head header html legend li main nav ol option p section summary table tbody thead tfoot title ul'.split(
    ' ',
  ),
)
const WITHOUT_TEXT = new Set(['script', 'style', 'template', 'link'])

/** The lines of a page, in the order of the document. */
export function pageText(html: string): string[] {
  const lines: string[] = []
  let line = ''
  /** What the next line begins with: "- " of a member of a list, which may be a paragraph. */
  let mark = ''
  const end = (): void => {
    const shown = line.replace(/\s+/g, ' ').trim()
    line = ''
    if (!shown) return
    lines.push(mark + shown)
    mark = ''
  }
  const block = (element: Element, start = ''): void => {
    end()
    if (start) mark = start
    all(element)
    end()
    if (start) mark = ''
  }
  const all = (element: Element): void => {
    for (const child of element.childNodes) read(child)
  }
  const read = (node: Node): void => {
    if ('value' in node) line += node.value
    if (!('tagName' in node) || WITHOUT_TEXT.has(node.tagName)) return
    const { tagName } = node
    const heading = HEADING.exec(tagName)
    if (heading) block(node, `${'#'.repeat(Number(heading[1]))} `)
    else if (tagName === 'pre') {
      end()
      lines.push(
        ...inLine(node)
          .replace(/\n$/, '')
          .split('\n')
          .map((code) => `    ${code}`.trimEnd()),
      )
    } else if (tagName === 'tr') {
      end()
      line = `| ${node.childNodes.filter(isElement).map(cell).join(' | ')} |`
      end()
    } else if (tagName === 'li') block(node, '- ')
    else if (tagName === 'dt') block(node, ': ')
    else if (tagName === 'meta') {
      if (attribute(node, 'name') === 'description') lines.push(attribute(node, 'content') ?? '')
    } else if (BLOCKS.has(tagName)) block(node)
    else line += inLine(node)
  }
  for (const child of parse(html).childNodes) read(child)
  return lines
}

/** The text of an element in one line, links and what a reader fills in or presses among it. */
function inLine(node: Node): string {
  if ('value' in node) return node.value
  if (!isElement(node) || WITHOUT_TEXT.has(node.tagName)) return ''
  const { tagName, childNodes } = node
  const text = childNodes.map(inLine).join('')
  const value = (name: string): string => attribute(node, name) ?? ''
  switch (tagName) {
    case 'a':
      return `[${text}](${withoutHashes(value('href'))})`
    case 'br':
      return ' '
    case 'option':
      return `${text}; `
    case 'input':
      return `{${value('type') || 'text'} ${value('name')} ${value('value')}}`
    case 'button':
    case 'select':
      return `{${text}}`
    case 'svg':
      return `{picture: ${attribute(node, 'aria-label') ?? text}}`
    default:
      return text
  }
}

function cell(node: Element): string {
  const span = attribute(node, 'colspan')
  const text = inLine(node).replace(/\s+/g, ' ').trim()
  return span === null ? text : `${text} (${span} columns)`
}

const isElement = (node: Node): node is Element => 'tagName' in node

const attribute = (node: Element, name: string): string | null =>
  node.attrs.find((one) => one.name === name)?.value ?? null
