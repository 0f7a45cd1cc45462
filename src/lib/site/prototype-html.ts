import type { Prototype } from '#lib/model/published.ts'
import type { Highlighter, IdentifierLink, Mark } from './highlight.ts'
import { identifierUrl } from './source-links.ts'
import { parameterAnchor } from './urls.ts'

const LINE_LENGTH = 76
const INDENT = '    '

/** A prototype broken into lines, and where in them each of its parameters stands, in the order of the parameters. */
export interface PrototypeLayout {
  readonly code: string
  readonly parameters: readonly { readonly start: number; readonly end: number }[]
}

/** Lays a prototype out: on one line where it fits, else with a line for each parameter; with its semicolon. */
export function layoutPrototype(text: string): PrototypeLayout {
  const open = openingParenthesis(text)
  if (open < 0) return { code: `${text};`, parameters: [] }
  const head = text.slice(0, open + 1)
  const inner = splitParameters(text.slice(open + 1, text.lastIndexOf(')')))
  const oneLine = text.length + 1 <= LINE_LENGTH || inner.length === 0
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

/** The parenthesis that opens the parameters: the first that follows a name. */
function openingParenthesis(text: string): number {
  const match = /\w\(/.exec(text)
  return match ? match.index + 1 : -1
}

/** Splits at the commas that stand in no parentheses. */
function splitParameters(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')') depth--
    if (i === text.length || (text[i] === ',' && depth === 0)) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  return parts
}

/**
 * A prototype in colour: types lead to the source at `tag`, parameters to their blocks on the page,
 * implicit parameters stand in a `<span class="implicit">`.
 */
export function prototypeHtml(highlighter: Highlighter, prototype: Prototype, tag: string): string {
  const { code, parameters } = layoutPrototype(prototype.text)
  const places = prototype.parameters.map((parameter, i) => ({
    parameter,
    ...(parameters[i] ?? { start: -1, end: -1 }),
  }))
  const marks: Mark[] = places
    .filter(({ parameter }) => parameter.implicit)
    .map(({ start, end }) => ({ start, end, className: 'implicit' }))
  const link: IdentifierLink = (identifier, offset) => {
    const place = places.find((one) => one.start <= offset && offset < one.end)
    if (isTagged(code, offset)) return identifierUrl(tag, identifier)
    return place?.parameter.name === identifier ? `#${parameterAnchor(identifier)}` : null
  }
  return highlighter.html(code, link, marks)
}

/** Any C in colour, with the types that say `struct`, `union` or `enum` linked to the source at `tag`. */
export function typesHtml(highlighter: Highlighter, code: string, tag: string): string {
  return highlighter.html(code, (identifier, offset) =>
    isTagged(code, offset) ? identifierUrl(tag, identifier) : null,
  )
}

function isTagged(code: string, offset: number): boolean {
  return /\b(?:struct|union|enum) $/.test(code.slice(0, offset))
}
