/** The comment above a function, and what a kernel-doc comment says. */

import type { FunctionDefinition } from './functions.ts'
import { firstFrom } from './locate.ts'
import type { CFile, Comment } from './scan.ts'

/** The comment that belongs to a definition, with its delimiters; offsets into the file. */
export interface FunctionComment {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Whether it opens with two stars. */
  readonly isKernelDoc: boolean
}

/** What a comment says; the kernel's markup (`%CONST`, `@param`, `&struct`) is left as it is. */
export interface KernelDoc {
  /** The name in the first line; null when it has none. It may differ from the function's. */
  readonly name: string | null
  /** One line; empty when the first line has the name alone. */
  readonly summary: string
  /** Paragraphs and lists with their line breaks; sections such as `Context:` with their headings. */
  readonly body: string
  /** By name, in the order of the text; each on one line, but for lists inside it. */
  readonly parameters: Readonly<Record<string, string>>
  /** Null when nothing is said of the return value. */
  readonly returns: string | null
}

/** The comment directly above a definition, or null. Where a one-line comment stands between a kernel-doc
 *  comment and the function, it is the kernel-doc. A blank line or a directive between parts them. */
export function commentAbove(file: CFile, fn: FunctionDefinition): FunctionComment | null {
  let index = firstFrom(file.comments, fn.start) - 1
  const nearest = file.comments[index]
  if (!nearest || !isDirectlyAbove(file, nearest, fn.start)) return null
  const above = described(file, nearest)
  let comment = nearest
  while (!above.isKernelDoc && !file.source.text.slice(comment.start, comment.end).includes('\n')) {
    const higher = file.comments[--index]
    if (!higher || !isDirectlyAbove(file, higher, comment.start)) break
    const candidate = described(file, higher)
    if (candidate.isKernelDoc) return candidate
    comment = higher
  }
  return above
}

/** Whether a comment documents the function `name`: a kernel-doc comment, or a plain one whose first line is
 *  the name, alone or followed by ` - `, `:` or `()`. A plain one that describes parameters may have another
 *  name there, as kernel-doc may: some are copies of a neighbour's. */
export function isDocumentation(
  comment: Pick<FunctionComment, 'text' | 'isKernelDoc'>,
  name: string,
): boolean {
  if (comment.isKernelDoc) return true
  const lines = linesOf(comment.text)
  const first = (lines.find((line) => line.trim() !== '') ?? '').trim()
  if (/^\w+(?:\(\))?\s+- /.test(first) && lines.some((line) => PARAMETER.test(line))) return true
  return first.startsWith(name) && /^(?:\(\)|:|\s+-|$)/.test(first.slice(name.length))
}

/** A comment behind code on its own line belongs to that code. */
function isDirectlyAbove({ source }: CFile, comment: Comment, start: number): boolean {
  const gap = source.text.slice(comment.end, start)
  const line = source.text.slice(source.text.lastIndexOf('\n', comment.start - 1) + 1, comment.start)
  return /^\s*$/.test(gap) && gap.split('\n').length <= 2 && line.trim() === ''
}

function described(file: CFile, { start, end }: Comment): FunctionComment {
  const text = file.source.text.slice(start, end)
  return { start, end, text, isKernelDoc: /^\/\*\*[^*/]/.test(text) }
}

/** What a comment that is no documentation says: its lines without what marks them as a comment. */
export const commentText = ({ text }: Pick<FunctionComment, 'text'>): string => block(linesOf(text))

/** The lines of a comment without delimiters, stars and trailing space; indentation behind the star is kept. */
function linesOf(text: string): string[] {
  const inner = text.replace(/^\/(?:\/|\*+)/, '').replace(/\**\/$/, '')
  return inner
    .split('\n')
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\* ?/, '').trimEnd()))
}

const HEADER = /^(?:(?:struct|union|enum)\s+)?([A-Za-z_]\w*)(?:\(.*?\))?(?:\s*(?::|--?(?=\s|$))\s*(.*)|$)/
const PARAMETER = /^ ?@(\.\.\.|\w[\w.>-]*?|\w+\.\.\.)(?:\s*:|\s+-(?=\s)|\t|\s{2,})[\s-]*(.*)$/
const RETURNS = /^ ?(?:@returns?\b\s*[:-]?|returns?\s*(?:values?)?\s*:)\s*(.*)$/i
const DROPPED_HEADING = /^ ?(?:parameters|params|arguments|args|description)\s*:?\s*$/i
const SECTION = /^ ?(?:context|notes?|examples?|description|locking|caution|warning|limitations?)\s*:/i

/** Where a line of a comment goes. */
type Part =
  | { readonly kind: 'body' | 'returns' | 'summary' }
  | { readonly kind: 'parameter'; readonly name: string }

/** Reads any comment's text, with or without its delimiters. The first line's name is no part of the summary;
 *  without a name the first paragraph is the summary. */
export function parseKernelDoc(text: string): KernelDoc {
  const lines = linesOf(text)
  const first = lines.findIndex((line) => line.trim() !== '')
  const header = HEADER.exec(lines[first]?.trim() ?? '')
  const summary: string[] = []
  const body: string[] = []
  const returns: string[] = []
  const parameters = new Map<string, string[]>()

  let part: Part = { kind: 'summary' }
  if (header) summary.push(header[2] ?? '')
  const rest = lines.slice(header ? first + 1 : Math.max(first, 0))
  const hasSection = rest.some((line) => RETURNS.test(line))
  for (const [index, line] of rest.entries()) {
    const section = RETURNS.exec(line)
    const parameter = section ? null : PARAMETER.exec(line)
    if (section) {
      part = { kind: 'returns' }
      returns.push(section[1] ?? '')
    } else if (parameter?.[1] !== undefined) {
      part = { kind: 'parameter', name: parameter[1] }
      parameters.set(parameter[1], [parameter[2] ?? ''])
    } else if (DROPPED_HEADING.test(line)) {
      part = { kind: 'body' }
    } else if (SECTION.test(line)) {
      part = { kind: 'body' }
      if (body.length > 0) body.push('')
      body.push(line.replace(/^ ?description\s*:\s*/i, ''))
    } else if (!hasSection && returns.length === 0 && isReturnsSentence(line, part, body.at(-1) ?? '')) {
      part = { kind: 'returns' }
      returns.push(line)
    } else if (line === '' && part.kind === 'returns' && isListAhead(rest, index, returns)) {
      returns.push('')
    } else if (line === '' && part.kind !== 'body') {
      if (part.kind !== 'summary' || summary.length > 0) part = { kind: 'body' }
      body.push('')
    } else if (part.kind === 'parameter') parameters.get(part.name)?.push(line)
    else if (part.kind === 'returns') returns.push(line)
    else if (part.kind === 'summary') summary.push(line)
    else body.push(line)
  }

  return {
    name: header?.[1] ?? null,
    summary: joined(summary),
    body: block(body),
    parameters: Object.fromEntries([...parameters].map(([name, words]) => [name, joined(words)])),
    returns: returns.length === 0 ? null : block(returns) || null,
  }
}

/** Whether a line begins to say what is returned: at the start of a paragraph or, being a sentence, of a line.
 *  Inside a parameter's text a sentence may well wrap before the word "return". */
function isReturnsSentence(line: string, part: Part, before: string): boolean {
  if (part.kind === 'summary' || part.kind === 'returns') return false
  if (part.kind === 'body' && before === '') return /^ ?returns?(?:\s|$)/i.test(line)
  return /^ ?Returns\s/.test(line) && (part.kind === 'parameter' || before.endsWith('.'))
}

/** Whether a blank line in the text on the return value stands before a list or an indented part of it. */
function isListAhead(lines: readonly string[], blank: number, returns: readonly string[]): boolean {
  const next = lines.slice(blank).find((line) => line !== '')
  return next !== undefined && (returns.join('') === '' || /^(?: ?[-*] | {2}|\t)/.test(next))
}

/** Lines as one, but for list items and nested fields, which keep their own line. */
function joined(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) {
    const words = line.trim().replace(/\s+/g, ' ')
    if (words === '') continue
    const isItem = text !== '' && /^(?:[-*] |@[\w.>-]+:)/.test(words)
    text +=
      (text === '' ? '' : isItem ? '\n' : ' ') + (isItem && words.startsWith('@') ? `- ${words}` : words)
  }
  return text
}

/** Lines as a block: no blank lines around it, one at most between, the common indentation taken off. */
function block(lines: readonly string[]): string {
  const [opening = '', ...rest] = lines
  const indents = rest.filter((line) => line !== '').map((line) => line.length - line.trimStart().length)
  const common = Math.min(...indents, Number.POSITIVE_INFINITY)
  const kept = [opening.trim(), ...rest.map((line) => line.slice(Number.isFinite(common) ? common : 0))]
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')
}
