/** How a prototype is broken into lines. */
import { splitAtCommas } from '#lib/text/commas.ts'

/** The longest prototype that stays on one line on a page. */
const LINE_LENGTH = 76
const INDENT = '    '

/** A prototype broken into lines, and where in them each of its parameters stands, in the order of the parameters. */
export interface PrototypeLayout {
  readonly code: string
  readonly parameters: readonly { readonly start: number; readonly end: number }[]
}

/** Lays a prototype out: on one line where it fits, else with a line for each parameter; with its semicolon. */
export function layoutPrototype(text: string, lineLength = LINE_LENGTH): PrototypeLayout {
  const open = openingParenthesis(text)
  if (open < 0) return { code: `${text};`, parameters: [] }
  const head = text.slice(0, open + 1)
  const inner = splitAtCommas(text.slice(open + 1, text.lastIndexOf(')')))
  const oneLine = text.length + 1 <= lineLength || inner.length === 0
  const parameters: { start: number; end: number }[] = []
  let code = head
  for (const [i, parameter] of inner.entries()) {
    if (i > 0) code += oneLine ? ', ' : ','
    if (!oneLine) code += `\n${INDENT}`
    parameters.push({ start: code.length, end: code.length + parameter.length })
    code += parameter
  }
  return { code: `${code}${oneLine ? '' : '\n'});`, parameters }
}

/** Lays a declaration out likewise; what stands behind the parameters, "__weak __ksym;", ends its last line. */
export function layoutDeclaration(text: string): string {
  const end = text.lastIndexOf(')') + 1
  return layoutPrototype(text.slice(0, end)).code.replace(/;$/, '') + text.slice(end)
}

/** The parenthesis that opens the parameters: the first that follows a name. */
function openingParenthesis(text: string): number {
  const match = /\w\(/.exec(text)
  return match ? match.index + 1 : -1
}
