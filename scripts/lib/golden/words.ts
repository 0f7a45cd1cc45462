/** What differs between two texts of one published file, in words. */
import { structuredPatch } from 'diff'
import { markupLines, withoutHashes } from './markup.ts'
import { pageText } from './page-text.ts'

/** So many lines may come and go until the rest is not looked through; a whole release may differ. */
const MOST_EDITS = 2000
const LONGEST_LINE = 160
/** Signs shown before and after what differs in a long line. */
const AROUND = 60

/**
 * The lines that differ, `-` before, `+` after, each cut to what differs in it; [] where nothing does. A page is
 * compared as a reader sees it and, where that is the same, as markup; data value by value, and then as it is written.
 */
export function difference(path: string, before: string, after: string): string[] {
  for (const view of viewsOf(path)) {
    const lines = lineDifference(view(before), view(after))
    if (lines.length > 0) return lines
  }
  return []
}

/** The lines that differ between two texts, with a line of what stands around them. */
export function lineDifference(before: readonly string[], after: readonly string[], context = 1): string[] {
  if (before.length === after.length && before.every((line, i) => line === after[i])) return []
  const [old, now] = [before, after].map((lines) => lines.map((line) => `${line}\n`).join(''))
  const patch = structuredPatch('', '', old ?? '', now ?? '', '', '', { context, maxEditLength: MOST_EDITS })
  if (!patch) return firstDifference(before, after)
  return patch.hunks.flatMap(({ lines }, i) => [...(i > 0 ? ['  ...'] : []), ...pairs(lines)])
}

type View = (text: string) => string[]

/** How a file is looked at: what a reader takes from it first. */
function viewsOf(path: string): readonly View[] {
  if (path.endsWith('.html')) return [pageText, markupLines]
  if (path.endsWith('.json')) return [(text) => valueLines(JSON.parse(text)), (text) => text.split('\n')]
  if (/\.(?:js|css)$/.test(path)) return [(text) => withoutHashes(text).split(/(?<=[;}])/)]
  return [(text) => text.split('\n')]
}

/** A line for each value, with the way to it; a member of a list is named by what names it. */
function valueLines(value: unknown, way = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${way}: ${JSON.stringify(value)}`]
  const members = Object.entries(value)
  if (members.length === 0) return [`${way}: ${JSON.stringify(value)}`]
  const names = Array.isArray(value) ? namesOf(value) : null
  return members.flatMap(([key, member], i) =>
    valueLines(
      member,
      Array.isArray(value) ? `${way}[${names?.[i] ?? i}]` : [way, key].filter(Boolean).join('.'),
    ),
  )
}

/** What names the members of a list, each by another name; else null. */
function namesOf(list: readonly unknown[]): string[] | null {
  for (const key of ['name', 'id', 'programType', 'kfunc']) {
    const names = list.map((member) => {
      const name = typeof member === 'object' && member !== null ? Reflect.get(member, key) : null
      return typeof name === 'string' ? name : null
    })
    if (names.every((name) => name !== null) && new Set(names).size === names.length) return names
  }
  return null
}

/** Lines of a patch; where one line took the place of one, both are cut to what differs. */
function pairs(lines: readonly string[]): string[] {
  const isAt = (i: number, sign: string): boolean => lines[i]?.startsWith(sign) ?? false
  return lines.map((line, i) => {
    const isOld = isAt(i, '-') && !isAt(i - 1, '-') && isAt(i + 1, '+') && !isAt(i + 2, '+')
    const isNew = isAt(i, '+') && !isAt(i + 1, '+') && isAt(i - 1, '-') && !isAt(i - 2, '-')
    const other = isOld ? lines[i + 1] : isNew ? lines[i - 1] : undefined
    const sign = `${line.slice(0, 1)} `
    return other === undefined
      ? sign + cut(line.slice(1), 0)
      : sign + cut(line.slice(1), firstOther(line.slice(1), other.slice(1)))
  })
}

/** A long line around the sign at `at`. */
function cut(line: string, at: number): string {
  if (line.length <= LONGEST_LINE) return line
  const start = Math.max(0, at - AROUND)
  const end = Math.min(line.length, start + LONGEST_LINE)
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`
}

function firstOther(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return i
}

/** Of two texts that have little in common: where they part. */
function firstDifference(before: readonly string[], after: readonly string[]): string[] {
  const at = before.findIndex((line, i) => line !== after[i])
  const i = at < 0 ? before.length : at
  return [
    ...pairs([`-${before[i] ?? ''}`, `+${after[i] ?? ''}`]),
    `  ... and more than ${MOST_EDITS} lines that came or went after line ${i + 1}`,
  ]
}
