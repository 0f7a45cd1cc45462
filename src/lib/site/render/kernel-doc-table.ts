/** Tables of a kernel comment, both kinds that reStructuredText has, as nodes of Markdown. */
import type { Table, TableRow } from 'mdast'
import { inlineNodes } from './kernel-doc-inline.ts'

/** `+-----+-----+` */
const GRID_EDGE = /^\s*\+[-=+]+\+\s*$/
/** `===== =====` */
const RULE_ROW = /^\s*=+(?:\s+=+)+\s*$/

/** Where the table that begins in a line ends, as the index of the line behind it; undefined: none begins there. */
export function tableEnd(lines: readonly string[], start: number): number | undefined {
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

/** The table in its lines; its first row is the head. */
export function tableNode(lines: readonly string[]): Table {
  const rows = GRID_EDGE.test(lines[0] ?? '') ? gridRows(lines) : ruledRows(lines)
  const columns = (rows[0] ?? []).map(() => null)
  const row = (cells: readonly string[]): TableRow => ({
    type: 'tableRow',
    children: columns.map((_, i) => ({ type: 'tableCell', children: inlineNodes(cells[i] ?? '') })),
  })
  return { type: 'table', align: columns, children: rows.map(row) }
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
