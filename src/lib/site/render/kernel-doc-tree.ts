/**
 * The text of a kernel comment as a tree of Markdown. Comments are written for kernel-doc, a dialect of
 * reStructuredText, and read by people as plain text: `a*b`, `__foo` and `<linux/bpf.h>` are words there. So the tree is
 * made of what the text means in the kernel, and no Markdown is written or read.
 */
import type { BlockContent, Code, List, ListItem, Root } from 'mdast'
import { inlineNodes } from './kernel-doc-inline.ts'
import { tableEnd, tableNode } from './kernel-doc-table.ts'

/** Bullet or number, with the text after it: "* text", "- text", "1. text". */
const ITEM = /^(\s*)([-*•]|\d+[.)])\s+(\S.*)$/
const CODE_INDENT = 4

/** The tree of a kernel comment's text; empty for an empty text. */
export function kernelDocTree(text: string): Root {
  return { type: 'root', children: blocks(text.replaceAll('\t', '        ').split('\n')) }
}

function blocks(lines: readonly string[]): BlockContent[] {
  const out: BlockContent[] = []
  let i = 0
  while (i < lines.length) i = lines[i]?.trim() === '' ? i + 1 : addBlock(out, lines, i)
  return out
}

/** Reads the block that begins in a line; gives the index of the line behind it, as all that add something do. */
function addBlock(out: BlockContent[], lines: readonly string[], start: number): number {
  const line = lines[start] ?? ''
  const afterTable = tableEnd(lines, start)
  if (afterTable !== undefined) {
    out.push(tableNode(lines.slice(start, afterTable)))
    return afterTable
  }
  if (ITEM.test(line)) return addItem(out, lines, start)
  // lines set off by an empty line, and indented well beyond the text before them
  if (out.length > 0 && indentOf(line) >= CODE_INDENT) return addCode(out, lines, start)
  return addParagraph(out, lines, start)
}

function addParagraph(out: BlockContent[], lines: readonly string[], start: number): number {
  const end = paragraphEnd(lines, start)
  const text = lines
    .slice(start, end)
    .map((line) => line.trim())
    .join('\n')
  if (!text.endsWith('::')) {
    out.push({ type: 'paragraph', children: inlineNodes(text) })
    return end
  }
  if (text !== '::') out.push({ type: 'paragraph', children: inlineNodes(text.slice(0, -1)) })
  return addCode(out, lines, end)
}

/** A paragraph ends at an empty line, a table, an item, or after "::". */
function paragraphEnd(lines: readonly string[], start: number): number {
  let i = start
  while (i < lines.length) {
    const line = lines[i] ?? ''
    if (line.trim() === '') return i
    if (i > start && (ITEM.test(line) || tableEnd(lines, i) !== undefined)) return i
    i++
    if (line.trimEnd().endsWith('::')) return i
  }
  return i
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Lines of one item: the first, and those after it that are indented more than its mark. */
function itemEnd(lines: readonly string[], start: number): number {
  const indent = indentOf(lines[start] ?? '')
  let i = start + 1
  while (i < lines.length) {
    const line = lines[i] ?? ''
    if (line.trim() === '') {
      const next = lines.slice(i).find((later) => later.trim() !== '')
      if (next === undefined || indentOf(next) <= indent) return i
    } else if (indentOf(line) <= indent) return i
    i++
  }
  return i
}

/** Puts an item into the list that goes before it, or into one of its own. */
function addItem(out: BlockContent[], lines: readonly string[], start: number): number {
  const end = itemEnd(lines, start)
  const [, , mark = '', first = ''] = ITEM.exec(lines[start] ?? '') ?? []
  const number = Number.parseInt(mark, 10)
  const ordered = !Number.isNaN(number)
  const before = out.at(-1)
  const list: List =
    before?.type === 'list' && before.ordered === ordered
      ? before
      : { type: 'list', ordered, start: ordered ? number : null, spread: false, children: [] }
  if (list !== before) out.push(list)
  list.children.push(itemNode(first, lines.slice(start + 1, end)))
  return end
}

function itemNode(first: string, rest: readonly string[]): ListItem {
  const hang = Math.min(...rest.filter((line) => line.trim() !== '').map(indentOf), Number.MAX_SAFE_INTEGER)
  const children = blocks([first, ...rest.map((line) => line.slice(hang))])
  return { type: 'listItem', spread: isSpread(children), children }
}

/** Do the parts of an item stand apart? Bullets stay close to what goes before them. */
function isSpread(children: readonly BlockContent[]): boolean {
  return children.some(
    (child, i) => i > 0 && !(child.type === 'list' && (!child.ordered || children[i - 1]?.type === 'list')),
  )
}

/** Puts the lines down to the first that is not indented out as code; none, where that is the first of all. */
function addCode(out: BlockContent[], lines: readonly string[], start: number): number {
  let end = start
  for (let i = start; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '') continue
    if (indentOf(line) === 0) break
    end = i + 1
  }
  if (end > start) out.push(codeNode(lines.slice(start, end)))
  return end
}

function codeNode(lines: readonly string[]): Code {
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf))
  const value = lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
  return { type: 'code', value }
}
