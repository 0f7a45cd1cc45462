import type { Example } from '#lib/model/published.ts'
import type { Highlighter, Mark } from './highlight.ts'
import { escapeHtml } from './html.ts'

/** The code of an example as HTML, the lines that call the kfunc marked; plain without a highlighter. */
export function exampleHtml({ code, callLines }: Example, highlighter: Highlighter | null): string {
  if (highlighter)
    return highlighter.once(`example ${callLines.join()} ${code}`, () =>
      highlighter.html(code, () => null, markedLines(code, callLines)),
    )
  const lines = code.split('\n').map((line, i) => {
    const text = escapeHtml(line)
    return callLines.includes(i + 1) ? `<span class="call">${text}</span>` : text
  })
  return lines.join('\n')
}

/** Where lines, which count from 1, stand in a text. */
function markedLines(code: string, wanted: readonly number[]): Mark[] {
  const marks: Mark[] = []
  let start = 0
  for (const [i, line] of code.split('\n').entries()) {
    if (wanted.includes(i + 1)) marks.push({ start, end: start + line.length, className: 'call' })
    start += line.length + 1
  }
  return marks
}

/** Whether an example compiles, and what with; says of a shortened one that it was whole then. */
export function compiledText(
  { compiled, compileError, isShortened }: Example,
  compiler: string | null,
): string {
  if (compiled === null || compiler === null) return ''
  const what = isShortened ? 'Before it was shortened it ' : 'It '
  return compiled
    ? `${what}compiles with ${compiler} against the headers of this release.`
    : `${what}does not compile by itself with ${compiler}: ${compileError ?? ''}`
}
