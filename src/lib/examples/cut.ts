/** A snippet's text: kept items, line by line as in the kernel. */
import { matchingClose } from '#lib/c/match.ts'
import { commentStarts, linesOf } from '#lib/examples/lines.ts'
import type { ProgramFile } from '#lib/examples/program.ts'
import { shorten } from '#lib/examples/shorten.ts'
import type { Block, Line, SnippetTarget } from '#lib/examples/snippet-blocks.ts'
import { placeOf } from '#lib/text/source.ts'

/** A snippet. `callLines` count from 1 in `code`, which ends in a newline. */
export interface Snippet {
  readonly code: string
  /** What `code` was shortened from; null: nothing was left out. */
  readonly whole: string | null
  readonly callLines: readonly number[]
}

/** Cuts the snippet of `kept` items; `annotations` are macros to leave out of the heads of functions. */
export function cutSnippet(
  program: ProgramFile,
  kept: readonly number[],
  aim: SnippetTarget,
  annotations: ReadonlySet<string>,
): Snippet {
  const texts = program.file.source.text.split('\n')
  const starts = commentStarts(program)
  const noted = notedLines(program, kept, annotations, texts)
  const blocks = kept.flatMap((index): Block[] => {
    const item = program.items[index]
    if (!item) return []
    const { last } = linesOf(program, item)
    const first = starts[index] ?? last
    const lines: Line[] = []
    for (let source = first; source <= last; source++) {
      const text = noted.get(source)
      if (text !== null) lines.push({ text: (text ?? texts[source - 1] ?? '').trimEnd(), source })
    }
    return [
      {
        items: [index],
        lines,
        isFunction: item.kind === 'function',
        isDirective: item.kind === 'directive',
        first,
        last,
      },
    ]
  })
  const lines = shorten(program, blocks, aim, (some) => join(some, texts))
  const callLines = lines.flatMap(({ source }, at) => (aim.calls.has(source) ? [at + 1] : []))
  const code = printed(lines)
  const whole = printed(join(blocks, texts))
  return { code, whole: whole === code ? null : whole, callLines }
}

const printed = (lines: readonly Line[]): string => `${lines.map(({ text }) => text).join('\n')}\n`

/** The lines that hold notes to the test runner, without these; null: nothing else is on the line. */
function notedLines(
  { file, items }: ProgramFile,
  kept: readonly number[],
  annotations: ReadonlySet<string>,
  texts: readonly string[],
): Map<number, string | null> {
  const lines = new Map<number, string | null>()
  for (const index of kept) {
    const item = items[index]
    if (item?.kind !== 'function') continue
    for (let at = 0; at < item.body; at++) {
      const token = item.tokens[at]
      if (!token || !annotations.has(token.text)) continue
      const close = item.tokens[at + 1]?.text === '(' ? matchingClose(item.tokens, at + 1) : at
      const from = placeOf(file.source, token.start)
      const to = placeOf(file.source, (item.tokens[close]?.end ?? token.end) - 1)
      for (let line = from.line; line <= to.line; line++) {
        const text = lines.get(line) ?? texts[line - 1] ?? ''
        const left = line === from.line ? from.column - 1 : 0
        const right = line === to.line ? to.column : text.length
        // blanks keep the columns of what follows on the line
        lines.set(line, text.slice(0, left) + ' '.repeat(Math.max(0, right - left)) + text.slice(right))
      }
      at = Math.max(close, at)
    }
  }
  for (const [line, text] of lines)
    lines.set(line, text?.trim() ? squeeze(text, texts[line - 1] ?? '') : null)
  return lines
}

/** Takes out the blanks that an annotation left, but none that the kernel's line begins with. */
function squeeze(text: string, before: string): string {
  const indent = /^\s*/.exec(before)?.[0] ?? ''
  return indent + text.trim().replace(/ {2,}/g, ' ')
}

/** Puts blocks together, with a blank line where the file had one or where a function is. */
function join(blocks: readonly Block[], texts: readonly string[]): Line[] {
  const lines: Line[] = []
  let before: Block | null = null
  for (const block of blocks) {
    if (block.lines.length === 0) continue
    const isSameLine = before !== null && block.first <= before.last
    const isNext = before !== null && before.last + 1 === block.first
    const hadBlank = texts[block.first - 2]?.trim() === ''
    const isApart = hadBlank || block.isFunction || (before?.isFunction === true && !block.isDirective)
    if (before && !isNext && isApart && !isSameLine) lines.push({ text: '', source: 0 })
    const known = new Set(isSameLine ? lines.map(({ source }) => source) : [])
    lines.push(...block.lines.filter(({ source }) => source === 0 || !known.has(source)))
    before = block
  }
  return lines
}
