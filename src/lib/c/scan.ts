/** The tokenizer: one C file as tokens, comments and directives, with their offsets. */

import type { SourceText } from '#lib/text/source.ts'

/** What a token is. `punct` is one operator or bracket, as long as C reads it (`->`, `...`, `<<=`). */
type TokenKind = 'name' | 'number' | 'string' | 'char' | 'punct'

/** One token; `start` and `end` (exclusive) are offsets into the text it was read from. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A comment with its delimiters: from the first slash up to (not including) the line's end, for `//`. */
export interface Comment {
  readonly kind: 'block' | 'line'
  readonly start: number
  readonly end: number
}

/** A preprocessor line: `#ifdef X` has the name `ifdef` and the text `X`. In `text` line continuations are
 *  joined and each comment is one space; `start` is the `#`, `end` the end of the last line of it. */
interface Directive {
  readonly name: string
  readonly text: string
  readonly start: number
  readonly end: number
}

/** One C file. Tokens, comments and directives are in the order of the text; comments inside directives are
 *  among the comments, the words of directives are not among the tokens. `depths[i]` is the brace depth that
 *  `tokens[i]` stands at (a brace stands outside of its own pair); each branch of an `#if` starts from the
 *  depth before the `#if`, so that branches with an opening brace each do not add up. */
export interface CFile {
  readonly source: SourceText
  readonly tokens: readonly Token[]
  readonly depths: readonly number[]
  readonly comments: readonly Comment[]
  readonly directives: readonly Directive[]
}

const SPACE = 1
const NEWLINE = 2
const NAME = 3
const DIGIT = 4

const CLASSES = classTable()

function classTable(): Uint8Array {
  const table = new Uint8Array(128)
  for (const char of ' \t\r\f\v\0') table[char.charCodeAt(0)] = SPACE
  table[10] = NEWLINE
  for (let code = 0x30; code <= 0x39; code++) table[code] = DIGIT
  for (let code = 0x41; code <= 0x5a; code++) table[code] = table[code + 32] = NAME
  table[0x5f] = table[0x24] = NAME
  return table
}

/** Letters beyond ASCII may stand in names; a byte order mark is space. */
function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] ?? 0) : code === 0xfeff || code === 0xa0 ? SPACE : NAME
}

const OPERATORS = new Set(
  '-> ++ -- << >> <= >= == != && || += -= *= /= %= &= |= ^= ## ... <<= >>='.split(' '),
)
const OPERATOR_START = new Uint8Array(128)
for (const operator of OPERATORS) OPERATOR_START[operator.charCodeAt(0)] = 1
const SINGLE = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

const HASH = 0x23
const SLASH = 0x2f
const STAR = 0x2a
const BACKSLASH = 0x5c
const QUOTE = 0x22
const APOSTROPHE = 0x27
const DOT = 0x2e
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** Reads any text as C: never throws, and everything but whitespace is in one of the lists (an unterminated
 *  string ends with its line, an unterminated comment with the file). */
export function scan(source: SourceText): CFile {
  const { text } = source
  const tokens: Token[] = []
  const depths: number[] = []
  const comments: Comment[] = []
  const directives: Directive[] = []
  const branches: number[] = []
  const length = text.length
  let depth = 0
  let lineStart = true
  let at = 0

  while (at < length) {
    const code = text.charCodeAt(at)
    const kind = classOf(code)
    if (kind === SPACE) {
      at++
      continue
    }
    if (kind === NEWLINE) {
      lineStart = true
      at++
      continue
    }
    const start = at
    if (kind >= NAME) {
      at = kind === NAME ? nameEnd(text, at + 1) : numberEnd(text, at + 1)
      tokens.push({ kind: kind === NAME ? 'name' : 'number', text: text.slice(start, at), start, end: at })
      depths.push(depth)
      lineStart = false
      continue
    }
    if (code === SLASH) {
      const end = commentEnd(text, at)
      if (end >= 0) {
        comments.push({ kind: text.charCodeAt(at + 1) === STAR ? 'block' : 'line', start: at, end })
        at = end
        continue
      }
    }
    if (code === HASH && lineStart) {
      const directive = readDirective(text, at, comments)
      directives.push(directive)
      depth = depthAfter(directive.name, depth, branches)
      at = directive.end
      continue
    }
    if (code === BACKSLASH) {
      const next = splice(text, at)
      if (next > at) {
        at = next
        continue
      }
    }
    lineStart = false

    let word = SINGLE[code] ?? ''
    let wordKind: TokenKind = 'punct'
    if (code === QUOTE || code === APOSTROPHE) {
      at = literalEnd(text, at)
      wordKind = code === QUOTE ? 'string' : 'char'
      word = text.slice(start, at)
    } else if (code === DOT && classOf(text.charCodeAt(at + 1)) === DIGIT) {
      at = numberEnd(text, at + 1)
      wordKind = 'number'
      word = text.slice(start, at)
    } else {
      at += operatorLength(text, at)
      if (at > start + 1) word = text.slice(start, at)
    }
    if (code === CLOSE_BRACE && depth > 0) depth--
    tokens.push({ kind: wordKind, text: word, start, end: at })
    depths.push(depth)
    if (code === OPEN_BRACE) depth++
  }
  return { source, tokens, depths, comments, directives }
}

/** The tokens of a piece of C that is no file, such as the body of a macro; offsets count from its start. */
export function tokenize(text: string): readonly Token[] {
  return scan({ path: '', text }).tokens
}

/** The brace depth after a directive; `branches` is the stack of depths before each open `#if`. */
function depthAfter(name: string, depth: number, branches: number[]): number {
  if (name === 'if' || name === 'ifdef' || name === 'ifndef') branches.push(depth)
  else if (name === 'endif') branches.pop()
  else if (name === 'else' || name.startsWith('elif')) return branches.at(-1) ?? depth
  return depth
}

/** The end of the comment at a slash, or -1 when none starts there. */
function commentEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1)
  if (next === STAR) {
    const close = text.indexOf('*/', at + 2)
    return close < 0 ? text.length : close + 2
  }
  if (next !== SLASH) return -1
  let end = text.indexOf('\n', at)
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH) end = text.indexOf('\n', end + 1)
  return end < 0 ? text.length : end
}

/** Where the text goes on after a backslash that joins two lines; `at` itself when it joins none. */
function splice(text: string, at: number): number {
  const next = text.charCodeAt(at + 1) === 13 ? at + 2 : at + 1
  return text.charCodeAt(next) === 10 ? next + 1 : at
}

function nameEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && classOf(text.charCodeAt(end)) >= NAME) end++
  return end
}

/** A number as the preprocessor sees it: letters, digits, dots, and a sign after an exponent's letter. */
function numberEnd(text: string, at: number): number {
  let end = at
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    const kind = classOf(code)
    if (kind === NAME || kind === DIGIT || code === DOT) continue
    const before = text.charCodeAt(end - 1) | 32
    const isHex = (text.charCodeAt(at) | 32) === 0x78
    if ((code === 0x2b || code === 0x2d) && (before === 0x70 || (before === 0x65 && !isHex))) continue
    break
  }
  return end
}

/** The end of a string or character constant: after its closing quote, or at the end of its line. */
function literalEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at)
  let end = at + 1
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (code === quote) return end + 1
    if (code === 10) return end
    const spliced = code === BACKSLASH ? splice(text, end) : end
    end = spliced > end ? spliced : end + (code === BACKSLASH ? 2 : 1)
  }
  return Math.min(end, text.length)
}

function operatorLength(text: string, at: number): number {
  if (OPERATOR_START[text.charCodeAt(at)] !== 1) return 1
  if (OPERATOR_START[text.charCodeAt(at + 1)] !== 1) return 1
  if (OPERATORS.has(text.slice(at, at + 3))) return 3
  return OPERATORS.has(text.slice(at, at + 2)) ? 2 : 1
}

function readDirective(text: string, start: number, comments: Comment[]): Directive {
  let body = ''
  let from = start + 1
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 10) break
    if (code === BACKSLASH) {
      const next = splice(text, at)
      if (next > at) {
        body += text.slice(from, at)
        from = at = next
        continue
      }
    } else if (code === SLASH) {
      const end = commentEnd(text, at)
      if (end >= 0) {
        comments.push({ kind: text.charCodeAt(at + 1) === STAR ? 'block' : 'line', start: at, end })
        body += `${text.slice(from, at)} `
        from = at = end
        continue
      }
    } else if (code === QUOTE || code === APOSTROPHE) {
      // `#error don't` has a quote that closes nothing: step over whole literals only.
      const end = literalEnd(text, at)
      if (end > at + 1 && text.charCodeAt(end - 1) === code) {
        at = end
        continue
      }
    }
    at++
  }
  body += text.slice(from, at)
  const words = /^\s*(\w*)(.*)$/s.exec(body)
  return { name: words?.[1] ?? '', text: (words?.[2] ?? '').trim(), start, end: at }
}
