/** Function definitions at file level. */

import { type FunctionDeclaration, readDeclaration } from './declare.ts'
import { matchingClose } from './match.ts'
import type { CFile, Token } from './scan.ts'

/** One definition. All places are offsets: `start` of the first word, attribute or marker macro that belongs to
 *  it, `nameStart` of its name, `bodyStart` of the opening brace, `end` after the closing one. */
export interface FunctionDefinition {
  readonly name: string
  readonly start: number
  readonly nameStart: number
  readonly bodyStart: number
  readonly end: number
  readonly declaration: FunctionDeclaration
  /** The words before the name that are no part of the type, in order: `__bpf_kfunc`, `static`,
   *  `__printf(1, 0)`. */
  readonly markers: readonly string[]
}

/** All function definitions of a file, or those with the given names, in the order of the text. Those inside an
 *  `#if` are among them, one for each branch; declarations, calls and macros that write a function
 *  (`SYSCALL_DEFINE2(…) { … }`) are not. */
export function findFunctions(file: CFile, names?: ReadonlySet<string>): FunctionDefinition[] {
  const { tokens, depths } = file
  const found: FunctionDefinition[] = []
  let first = 0
  let isBody = false
  for (let index = 0; index < tokens.length; index++) {
    if (depths[index] !== 0) continue
    const token = tokens[index]
    if (token?.kind !== 'punct') continue
    if (token.text === '(') {
      // A body inside parentheses (`({ … })`) is a part of that group.
      index = Math.max(index, matchingClose(tokens, index))
    } else if (token.text === ';') {
      first = index + 1
    } else if (token.text === '}') {
      // After a struct's or an initialiser's braces the declaration goes on, up to its semicolon.
      if (isBody) first = index + 1
    } else if (token.text === '{') {
      const head = findHead(file, first, index)
      const definition = head && (!names || names.has(head.name)) ? define(file, head, index) : null
      if (definition) found.push(definition)
      isBody = head !== null || tokens[index - 1]?.text === ')'
      if (isBody) first = index + 1
    }
  }
  return found
}

interface Head {
  readonly name: string
  readonly nameIndex: number
  readonly firstIndex: number
  readonly closeIndex: number
}

/** The index of the closing brace of the body that opens at `open`; the last token when it is never closed. */
function bodyEnd(file: CFile, open: number): number {
  const { tokens, depths } = file
  const depth = depths[open]
  for (let index = open + 1; index < tokens.length; index++) {
    if (depths[index] === depth && tokens[index]?.text === '}' && tokens[index]?.kind === 'punct')
      return index
  }
  return tokens.length - 1
}

/** One word of what stands before a brace, with the group in parentheses that follows it, if any. */
interface Word {
  readonly index: number
  readonly close: number | null
}

/** Reads `static int f(int x) __must_check` between two declarations and a brace. Null when it is no head of a
 *  function: it has an `=`, no parameter list, or no type before the name. */
function findHead(file: CFile, first: number, brace: number): Head | null {
  const { tokens, depths } = file
  const words: Word[] = []
  for (let index = first; index < brace; index++) {
    const token = tokens[index]
    // Of two branches of an #if that open a body each, the second follows a body that is not closed.
    if (depths[index] !== 0) continue
    if (token?.kind === 'name') {
      const close = tokens[index + 1]?.text === '(' ? matchingClose(tokens, index + 1) : null
      if (close !== null && (close < 0 || close >= brace)) return null
      words.push({ index, close })
      index = close ?? index
    } else if (token?.text !== '*') return null
  }

  let start = 0
  for (const [at, word] of words.entries()) {
    if (word.close === null) continue
    const name = tokens[word.index]?.text ?? ''
    const hasType = words
      .slice(start, at)
      .some(({ index, close }) => close === null && isTypeWord(tokens, index))
    const rest = words.slice(at + 1)
    if (hasType && rest.every(({ index }) => isAttribute(tokens[index]?.text ?? ''))) {
      return {
        name,
        nameIndex: word.index,
        firstIndex: words[start]?.index ?? word.index,
        closeIndex: word.close,
      }
    }
    // `BTF_KFUNCS_END(x)` without a semicolon is a statement of its own, `__printf(1, 0)` belongs to what follows.
    if (!isAttribute(name) || isBlankLineAfter(file, word.close)) start = at + 1
  }
  return null
}

const STORAGE = new Set('static extern inline __inline __inline__ __always_inline noinline'.split(' '))
const QUALIFIERS = new Set(['const', 'volatile'])

function isTypeWord(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.text ?? ''
  return !STORAGE.has(word) && !QUALIFIERS.has(word)
}

function isAttribute(word: string): boolean {
  return word.startsWith('__')
}

function isBlankLineAfter(file: CFile, index: number): boolean {
  const { tokens, source } = file
  const gap = source.text.slice(tokens[index]?.end, tokens[index + 1]?.start)
  return /\n[ \t]*\r?\n/.test(gap)
}

function define(file: CFile, head: Head, open: number): FunctionDefinition | null {
  const { tokens } = file
  const read = readDeclaration(tokens.slice(head.firstIndex, head.closeIndex + 1))
  const brace = tokens[open]
  const name = tokens[head.nameIndex]
  const first = tokens[head.firstIndex]
  if (!read || !brace || !name || !first) return null
  return {
    name: head.name,
    start: first.start,
    nameStart: name.start,
    bodyStart: brace.start,
    end: tokens[bodyEnd(file, open)]?.end ?? brace.end,
    declaration: read.declaration,
    markers: read.markers,
  }
}
