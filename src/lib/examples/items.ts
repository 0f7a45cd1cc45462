/** A C file as the items that stand at its top level, each whole: what a snippet keeps or leaves out. */
import { matchingClose } from '#lib/c/match.ts'
import { type CFile, type Token, tokenize } from '#lib/c/scan.ts'
import { namesDeclared } from '#lib/examples/names.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** One item. `start` and `end` are offsets; `provides` and `tokens` tell what it gives to others and what it is made
 *  of. A macro's tokens are those of its body, with offsets that mean nothing. */
export interface Item {
  readonly kind: 'include' | 'define' | 'directive' | 'function' | 'declaration'
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
  /** The index in `tokens` of the brace that opens a function's body; -1 for all else. */
  readonly body: number
  /** The directive's name, or "". */
  readonly directive: string
  /** For a directive, the text after its name. */
  readonly text: string
  /** What it defines: "less", "struct node_data". */
  readonly provides: readonly string[]
}

/** The items of a file in the order of the text. Where braces do not balance, that is reported, and the items
 *  stop. */
export function itemsOf(file: CFile, report: Report): Item[] {
  const pieces = pieceTokens(file, report)
  const items: Item[] = pieces.map(({ tokens, body }) => ({
    kind: body >= 0 ? 'function' : 'declaration',
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    tokens,
    body,
    directive: '',
    text: '',
    provides: namesDeclared(tokens, body),
  }))
  const isInside = (offset: number): boolean => items.some(({ start, end }) => start < offset && offset < end)
  const directives = file.directives.filter(({ start }) => !isInside(start)).map(directiveItem)
  return [...items, ...directives].sort((a, b) => a.start - b.start)
}

function directiveItem({ name, text, start, end }: CFile['directives'][number]): Item {
  const macro = name === 'define' ? /^(\w+)(\([^)]*\))?(.*)$/s.exec(text) : null
  const kind = name === 'include' ? 'include' : macro ? 'define' : 'directive'
  const body = macro ? tokenize(`; ${macro[3] ?? ''}`).slice(1) : []
  const provides = macro?.[1] ? [macro[1]] : []
  return { kind, start, end, tokens: body, body: -1, directive: name, text, provides }
}

interface Piece {
  readonly tokens: readonly Token[]
  readonly body: number
}

function pieceTokens(file: CFile, report: Report): Piece[] {
  const { tokens } = file
  const pieces: Piece[] = []
  let first = 0
  const end = (last: number, body: number): void => {
    if (last >= first)
      pieces.push({ tokens: tokens.slice(first, last + 1), body: body < 0 ? -1 : body - first })
    first = last + 1
  }
  const unbalanced = (token: Token, message: string): Piece[] => {
    report({ rule: 'example-braces', message, kfunc: null, place: placeOf(file.source, token.start) })
    return pieces
  }
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (token?.kind !== 'punct') continue
    if (token.text === ';') end(index, -1)
    else if (token.text === '}') return unbalanced(token, 'a } without a { before it: the rest is left out')
    else if (token.text === '(') {
      const close = matchingClose(tokens, index)
      if (close < 0) return unbalanced(token, 'a ( that is not closed: the rest is left out')
      index = close
      // `TEST(x)` alone on its line, a blank line after it: a macro that needs no semicolon.
      if (isStatement(file, first, close)) end(close, -1)
    } else if (token.text === '{') {
      const close = closingBrace(file, index)
      if (close < 0) return unbalanced(token, 'a { that is not closed: the rest is left out')
      const isBody = opensBody(tokens, first, index)
      const open = index
      index = close
      if (isBody) end(close, open)
    }
  }
  if (first < tokens.length) end(tokens.length - 1, -1)
  return pieces
}

/** By depth, not by pairs: each branch of an `#if` may open the same brace. */
function closingBrace({ tokens, depths }: CFile, open: number): number {
  const depth = depths[open]
  for (let index = open + 1; index < tokens.length; index++)
    if (depths[index] === depth && tokens[index]?.text === '}' && tokens[index]?.kind === 'punct')
      return index
  return -1
}

const TYPE_WORDS = new Set(['struct', 'union', 'enum'])

/** Whether a brace opens a function's body, and not a type's or an initialiser's. */
function opensBody(tokens: readonly Token[], first: number, brace: number): boolean {
  let hasList = false
  for (let index = first; index < brace; index++) {
    const token = tokens[index]
    if (token?.text === '=') return false
    if (token?.text === '(') {
      hasList = true
      index = Math.max(matchingClose(tokens, index), index)
    }
  }
  const before = tokens[brace - 1]
  if (TYPE_WORDS.has(before?.text ?? '') || TYPE_WORDS.has(tokens[brace - 2]?.text ?? '')) return false
  return hasList
}

function isStatement({ tokens, source }: CFile, first: number, close: number): boolean {
  if (tokens[first]?.kind !== 'name' || tokens[first + 1]?.text !== '(') return false
  if (matchingClose(tokens, first + 1) !== close) return false
  const after = tokens[close]?.end ?? 0
  return /^[ \t]*\n[ \t]*\n/.test(source.text.slice(after, after + 80))
}
