/** Balanced groups: argument lists, calls, and the text of a group on one line. */

import { indexesOf } from './locate.ts'
import type { CFile, Token } from './scan.ts'

/** One call, or one use of a macro with arguments: `name(…)`. */
export interface Call {
  readonly name: string
  /** Where the name is in the file's tokens. */
  readonly index: number
  /** Offset of the name, and the offset after the closing parenthesis. */
  readonly start: number
  readonly end: number
  /** Each argument as C text; `[]` for `f()`. */
  readonly args: readonly string[]
  readonly argTokens: readonly (readonly Token[])[]
  /** The brace depth; 0 is file level. */
  readonly depth: number
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const BRACKETS = new Set('()[]{}')

/** The index of the bracket that closes the one at `openIndex`, or -1 when there is none: at the end of the
 *  tokens, or where another kind of bracket closes first. */
export function matchingClose(tokens: readonly Token[], openIndex: number): number {
  const expected: string[] = []
  for (let index = openIndex; index < tokens.length; index++) {
    const token = tokens[index]
    if (token?.kind !== 'punct' || !BRACKETS.has(token.text)) {
      if (expected.length === 0) return -1
      continue
    }
    const close = CLOSES[token.text]
    if (close !== undefined) expected.push(close)
    else if (expected.pop() !== token.text) return -1
    if (expected.length === 0) return index
  }
  return -1
}

/** The arguments between an opening and its closing bracket, split at the commas of that level. `()` has none;
 *  an empty argument is an empty list. */
export function splitArguments(tokens: readonly Token[], openIndex: number, closeIndex: number): Token[][] {
  if (closeIndex <= openIndex + 1) return []
  const parts: Token[][] = [[]]
  let depth = 0
  for (let index = openIndex + 1; index < closeIndex; index++) {
    const token = tokens[index]
    if (!token) break
    if (token.kind === 'punct') {
      if (CLOSES[token.text] !== undefined) depth++
      else if (BRACKETS.has(token.text)) depth--
      else if (token.text === ',' && depth === 0) {
        parts.push([])
        continue
      }
    }
    parts.at(-1)?.push(token)
  }
  return parts
}

/** Every `name(…)` whose name is asked for, in the order of the text; definitions look the same and are found
 *  too. One whose parenthesis is never closed is left out. */
export function findCalls(file: CFile, names: ReadonlySet<string>): Call[] {
  const { tokens, depths } = file
  const calls: Call[] = []
  for (const index of indexesOf(file, names)) {
    const token = tokens[index]
    if (!token || tokens[index + 1]?.text !== '(') continue
    const closeIndex = matchingClose(tokens, index + 1)
    const close = tokens[closeIndex]
    if (!close) continue
    const argTokens = splitArguments(tokens, index + 1, closeIndex)
    calls.push({
      name: token.text,
      index,
      start: token.start,
      end: close.end,
      args: argTokens.map((part) => textOf(part)),
      argTokens,
      depth: depths[index] ?? 0,
    })
  }
  return calls
}

const KEYWORDS = new Set('if else for while do switch case return goto sizeof'.split(' '))
const TYPE_WORDS = new Set(
  'void char short int long float double signed unsigned bool _Bool const volatile struct union enum'.split(
    ' ',
  ),
)
const TIGHT = new Set(['.', '->', '++', '--'])
const NO_SPACE_BEFORE = new Set([',', ';', ')', ']', '[', '++', '--', '->'])
const MAYBE_UNARY = new Set(['*', '&', '-', '+', '!', '~'])

/** Joins tokens as C on one line: `struct task_struct *task`, `KF_ACQUIRE | KF_RCU`, `f(a, b)`. Whether a star
 *  multiplies or points is told from the words around it, as far as words can tell. */
export function textOf(tokens: readonly Token[]): string {
  let text = ''
  // Whether each open parenthesis holds arguments, and not a cast or a grouped expression.
  const isList: boolean[] = []
  let closedCast = false
  let unary = false
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token) break
    const before = tokens[index - 1]
    const isOpen = token.text === '(' && token.kind === 'punct'
    if (before && spaced(tokens, index, before, token, { unary, closedCast })) text += ' '
    text += token.text

    closedCast = false
    if (isOpen) isList.push(before !== undefined && isOperand(before))
    else if (token.text === ')' && token.kind === 'punct') {
      closedCast = isList.pop() === false && looksLikeType(tokens, index)
    }
    unary = token.kind === 'punct' && MAYBE_UNARY.has(token.text) && isUnary(tokens, index, unary)
  }
  return text
}

function spaced(
  tokens: readonly Token[],
  index: number,
  before: Token,
  token: Token,
  state: { readonly unary: boolean; readonly closedCast: boolean },
): boolean {
  const after = token.text
  if (token.kind === 'punct') {
    if (NO_SPACE_BEFORE.has(after)) return before.text === ',' && after !== ',' && after !== ')'
    if (after === '.') return !isOperand(before) && before.text !== '('
  }
  if (before.kind === 'punct') {
    if (before.text === '(' || before.text === '[' || state.unary || TIGHT.has(before.text)) return false
    if (state.closedCast) return false
    if (before.text === '?' && after === ':') return false
  }
  if (after === '(' && token.kind === 'punct') {
    return !isOperand(before) || isDeclarator(tokens, index)
  }
  return true
}

/** Whether a token ends a value or a name, so that an operator after it takes two sides. */
function isOperand(token: Token): boolean {
  if (token.kind === 'name') return token.text === 'sizeof' || !KEYWORDS.has(token.text)
  return token.kind !== 'punct' || token.text === ')' || token.text === ']'
}

function isUnary(tokens: readonly Token[], index: number, afterUnary: boolean): boolean {
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (!before || afterUnary || !isOperand(before)) return true
  if (tokens[index]?.text !== '*') return false
  if (!after || after.text === ')' || after.text === ',' || after.text === '*') return true
  if (after.text === 'const' || after.text === 'volatile') return true
  return before.kind === 'name' && isTypeWord(tokens, index - 1)
}

function isTypeWord(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.text ?? ''
  const before = tokens[index - 1]?.text ?? ''
  if (before === 'struct' || before === 'union' || before === 'enum' || before === 'const') return true
  return TYPE_WORDS.has(word) || /^(?:\w+_t|_*[us](?:8|16|32|64)|__[a-z]+)$/.test(word)
}

/** Whether the parentheses that close at `index` hold a type: `(u32)`, `(struct foo *)`. */
function looksLikeType(tokens: readonly Token[], index: number): boolean {
  const last = tokens[index - 1]
  if (last?.text === '*') return true
  return last?.kind === 'name' && isTypeWord(tokens, index - 1)
}

/** Whether the parenthesis at `index` opens a declarator: `(*f)(…)`, `(less)(…)` after a type. */
function isDeclarator(tokens: readonly Token[], index: number): boolean {
  if (tokens[index - 1]?.kind !== 'name') return false
  if (tokens[index + 1]?.text !== '*' && !isTypeWord(tokens, index - 1)) return false
  const close = matchingClose(tokens, index)
  return close > 0 && tokens[close + 1]?.text === '('
}
