/**
 * Turns the text of a kernel comment into Markdown that says the same. Comments are written for kernel-doc, a
 * dialect of reStructuredText, and read by people as plain text: `a*b`, `__foo` and `<linux/bpf.h>` are words
 * there. So nothing is passed on as it stands: blocks are recognised here, and every other sign is escaped.
 */
import { inlineMarkdown } from './kernel-doc-inline.ts'

/** Bullet or number, with the text after it: "* text", "- text", "1. text". */
const ITEM = /^(\s*)([-*•]|\d+[.)])\s+(\S.*)$/
/** An item as this file writes it. */
const MARKDOWN_ITEM = /^(?:-|\d+\.) /
const GRID_EDGE = /^\s*\+[-=+]+\+\s*$/
const RULE_ROW = /^\s*=+(?:\s+=+)+\s*$/
const CODE_INDENT = 4

/** Markdown for a kernel comment's text; the empty string for an empty text. */
export function kernelDocMarkdown(text: string): string {
  return joinBlocks(blocks(text.replaceAll('\t', '        ').split('\n')))
}

function blocks(lines: readonly string[]): string[] {
  const out: string[] = []
  let i = 0
  while (i < lines.length) {
    const line = lines[i] ?? ''
    if (line.trim() === '') {
      i++
      continue
    }
    const end =
      tableEnd(lines, i) ?? (ITEM.test(line) ? itemEnd(lines, i) : undefined) ?? codeEnd(lines, i, out) ?? i
    const block = lines.slice(i, end)
    if (end === i) {
      const stop = paragraphEnd(lines, i)
      const { text, opensCode } = paragraph(lines.slice(i, stop))
      if (text) out.push(text)
      i = stop
      if (!opensCode) continue
      const close = literalEnd(lines, stop)
      if (close > stop) out.push(fenced(lines.slice(stop, close)))
      i = close
      continue
    }
    out.push(
      GRID_EDGE.test(line) || RULE_ROW.test(line)
        ? table(block)
        : ITEM.test(line)
          ? item(block)
          : fenced(block),
    )
    i = end
  }
  return out
}

/** Blocks one after another; items of one line each stand close together, as one list. */
function joinBlocks(parts: readonly string[]): string {
  let out = ''
  let before = ''
  for (const part of parts) {
    const close = MARKDOWN_ITEM.test(before)
      ? MARKDOWN_ITEM.test(part) && !before.includes('\n\n')
      : part.startsWith('- ')
    out += before === '' ? part : `${close ? '\n' : '\n\n'}${part}`
    before = part
  }
  return out
}

function paragraph(lines: readonly string[]): { text: string; opensCode: boolean } {
  const text = lines.map((line) => line.trim()).join('\n')
  const opensCode = text.endsWith('::')
  const shown = opensCode ? text.replace(/::$/, text === '::' ? '' : ':') : text
  return { text: inlineMarkdown(shown), opensCode }
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

function item(lines: readonly string[]): string {
  const match = ITEM.exec(lines[0] ?? '')
  if (!match) return ''
  const [, , mark = '', first = ''] = match
  const rest = lines.slice(1)
  const hang = Math.min(...rest.filter((line) => line.trim() !== '').map(indentOf), Number.MAX_SAFE_INTEGER)
  const body = joinBlocks(blocks([first, ...rest.map((line) => line.slice(hang))]))
  const bullet = /^\d/.test(mark) ? mark.replace(')', '.') : '-'
  return `${bullet} ${body.replaceAll('\n', `\n${' '.repeat(bullet.length + 1)}`)}`
}

/** Lines set off by an empty line and indented well beyond the text are code. */
function codeEnd(lines: readonly string[], start: number, before: readonly string[]): number | undefined {
  const first = lines[start] ?? ''
  if (before.length === 0 || indentOf(first) < CODE_INDENT) return undefined
  return literalEnd(lines, start)
}

function literalEnd(lines: readonly string[], start: number): number {
  let i = start
  let end = start
  while (i < lines.length) {
    const line = lines[i] ?? ''
    if (line.trim() !== '') {
      if (indentOf(line) === 0) break
      end = i + 1
    }
    i++
  }
  return end
}

function fenced(lines: readonly string[]): string {
  const full = lines.filter((line) => line.trim() !== '')
  const indent = Math.min(...full.map(indentOf))
  const code = lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
  const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}\n${code}\n${fence}`
}

function tableEnd(lines: readonly string[], start: number): number | undefined {
  const first = lines[start] ?? ''
  if (GRID_EDGE.test(first)) {
    let i = start
    while (i < lines.length && /^\s*[+|]/.test(lines[i] ?? '')) i++
    return i
  }
  if (!RULE_ROW.test(first)) return undefined
  let last: number | undefined
  for (let i = start + 1; i < lines.length; i++) if (RULE_ROW.test(lines[i] ?? '')) last = i
  return last === undefined ? undefined : last + 1
}

function table(lines: readonly string[]): string {
  const rows = GRID_EDGE.test(lines[0] ?? '') ? gridRows(lines) : ruledRows(lines)
  const [head = [], ...body] = rows
  const row = (cells: readonly string[]) => `| ${head.map((_, i) => cell(cells[i] ?? '')).join(' | ')} |`
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...body.map(row)].join('\n')
}

/** A `|` parts cells even inside code, so those that the text itself has not escaped are escaped. */
function cell(text: string): string {
  return inlineMarkdown(text).replace(/(?<!\\)\|/g, '\\|')
}

/** Rows of a grid table: cells between `|`, lines of one row joined until the next edge. */
function gridRows(lines: readonly string[]): string[][] {
  const rows: string[][] = []
  let open: string[] | undefined
  for (const line of lines) {
    if (GRID_EDGE.test(line)) {
      open = undefined
      continue
    }
    const cells = line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((text) => text.trim())
    if (open) for (const [i, text] of cells.entries()) open[i] = `${open[i] ?? ''} ${text}`.trim()
    else {
      open = cells
      rows.push(open)
    }
  }
  return rows
}

/** Rows of a simple table: columns start where the first line's runs of `=` start. */
function ruledRows(lines: readonly string[]): string[][] {
  const starts = [...(lines[0] ?? '').matchAll(/=+/g)].map((run) => run.index)
  return lines
    .filter((line) => !RULE_ROW.test(line) && line.trim() !== '')
    .map((line) => starts.map((start, i) => line.slice(start, starts[i + 1]).trim()))
}
