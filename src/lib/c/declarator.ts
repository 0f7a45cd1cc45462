/** Declarators: the stars, parentheses, brackets and parameter lists around a declared name. */

import { matchingClose, splitArguments, textOf } from './match.ts'
import type { Token } from './scan.ts'
import { isMarker, nameAmong, readSpecifiers, type SpecifierWord, wordOf } from './specifiers.ts'

/** One parameter. `name` is null for an unnamed one; `type` is its spelling without the name; `...` is a
 *  parameter without a name whose type is `...`. */
export interface DeclaredParameter {
  readonly name: string | null
  readonly type: string
  readonly text: string
}

/** One declared thing. `shape` is the declarator with `NAME_PLACEHOLDER` in place of the name (and, for a function, of its
 *  parameter list): `(*NAME_PLACEHOLDER)(int a)`. `parameters` is null for what is no function. */
export interface Declared {
  readonly name: string | null
  readonly type: string
  readonly markers: readonly string[]
  readonly shape: string
  readonly parameters: readonly DeclaredParameter[] | null
}

/** Stands for the name in a shape: a character that no C text has. */
export const NAME_PLACEHOLDER = '\u{1}'

/** A type and a declarator put together: `struct task_struct` and `*task`. */
export function declareName(type: string, shape: string, name: string): string {
  const declarator = shape.replace(NAME_PLACEHOLDER, () => name).trim()
  return declarator === '' ? type : `${type} ${declarator}`
}

/** Reads the tokens of one declaration, without an initialiser; null when no type is in them. */
export function readDeclared(tokens: readonly Token[]): Declared | null {
  const words: SpecifierWord[] = []
  let at = 0
  let name: string | null = null
  while (at < tokens.length && name === null) {
    const token = tokens[at]
    if (token?.kind !== 'name') break
    const next = tokens[at + 1]
    if (token.text === 'struct' || token.text === 'union' || token.text === 'enum') {
      at = readTagged(tokens, at, words)
    } else if (next?.text !== '(') {
      words.push(wordOf(token.text))
      at++
    } else {
      const close = matchingClose(tokens, at + 1)
      if (close < 0) return null
      const group = textOf(tokens.slice(at, close + 1))
      const after = tokens[close + 1]
      const isType = wordOf(token.text).kind === 'basic'
      if (/^_*typeof/.test(token.text)) {
        words.push({ kind: 'tagged', text: group })
        at = close + 1
      } else if (!isMarker(token.text) && (after?.text === '(' || opensPointer(tokens, at + 1) || isType)) {
        words.push(wordOf(token.text))
        at++
        break
      } else if (after === undefined || isOnlyAttributes(tokens, close + 1)) {
        name = token.text
      } else {
        words.push({ kind: 'marker', text: group })
        at = close + 1
      }
    }
  }

  const rest = tokens.slice(at)
  if (name === null && (rest.length === 0 || rest[0]?.text === '[')) {
    const index = nameAmong(words)
    name = words[index]?.text ?? null
    if (index >= 0) words.splice(index, 1)
  } else if (name !== null) rest.shift()

  const specifiers = readSpecifiers(words)
  if (!specifiers) return null
  const declarator = readDeclarator(rest, name)
  return { ...declarator, type: specifiers.type, markers: specifiers.markers }
}

/** `struct name`, with its body left out; attributes may stand between. */
function readTagged(tokens: readonly Token[], at: number, words: SpecifierWord[]): number {
  let index = at + 1
  while (isMarker(tokens[index]?.text ?? '')) {
    index++
    if (tokens[index]?.text === '(') index = Math.max(matchingClose(tokens, index), index) + 1
  }
  const tag = tokens[index]?.kind === 'name' ? tokens[index]?.text : undefined
  words.push({
    kind: 'tagged',
    text: tag === undefined ? (tokens[at]?.text ?? '') : `${tokens[at]?.text} ${tag}`,
  })
  if (tag !== undefined) index++
  if (tokens[index]?.text === '{') index = Math.max(matchingClose(tokens, index), index) + 1
  return index
}

function opensPointer(tokens: readonly Token[], open: number): boolean {
  return tokens[open + 1]?.text === '*'
}

function isOnlyAttributes(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.text === '(' && at > from) at = Math.max(matchingClose(tokens, at), at)
    else if (token?.kind !== 'name' || !token.text.startsWith('__')) return false
  }
  return true
}

type Declarator = Pick<Declared, 'name' | 'shape' | 'parameters'>

/** Reads what follows the specifiers; `known` is the name when it has been read already. */
function readDeclarator(tokens: readonly Token[], known: string | null): Declarator {
  let at = 0
  let prefix = ''
  const names: string[] = []
  for (; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.text === '*') prefix += '*'
    else if (token?.kind !== 'name') break
    else if (token.text === 'const' || token.text === 'volatile') prefix += `${token.text} `
    else if (tokens[at + 1]?.text === '(' && token.text.startsWith('__') && isMarker(token.text)) {
      at = Math.max(matchingClose(tokens, at + 1), at + 1)
    } else if (!isMarker(token.text)) names.push(token.text)
  }

  let name = known ?? names.findLast((word) => !word.startsWith('__')) ?? names.at(-1) ?? null
  let core = NAME_PLACEHOLDER
  let parameters: readonly DeclaredParameter[] | null = null
  if (name === null && tokens[at]?.text === '(' && isNested(tokens, at)) {
    const close = matchingClose(tokens, at)
    const inner = readDeclarator(tokens.slice(at + 1, close), null)
    name = inner.name
    parameters = inner.parameters
    core = inner.shape === NAME_PLACEHOLDER ? NAME_PLACEHOLDER : `(${inner.shape})`
    at = close + 1
  }

  let suffix = ''
  for (; at < tokens.length; at++) {
    const open = tokens[at]?.text
    if (open !== '(' && open !== '[') continue
    const close = matchingClose(tokens, at)
    if (close < 0) break
    const isAttribute = tokens[at - 1]?.kind === 'name' && isMarker(tokens[at - 1]?.text ?? '')
    if (open === '[') suffix += `[${textOf(tokens.slice(at + 1, close))}]`
    else if (!isAttribute && core === NAME_PLACEHOLDER && suffix === '' && parameters === null) {
      parameters = readParameters(tokens, at, close)
    } else if (!isAttribute && !tokens[at - 1]?.text.startsWith('__')) {
      suffix += listText(readParameters(tokens, at, close))
    }
    at = close
  }
  return { name, shape: prefix + core + suffix, parameters }
}

/** Whether a parenthesis holds a declarator, and not the parameters of an unnamed function. */
function isNested(tokens: readonly Token[], open: number): boolean {
  const close = matchingClose(tokens, open)
  if (close < 0) return false
  const first = tokens[open + 1]?.text
  return first === '*' || first === '(' || tokens[close + 1]?.text === '('
}

/** Reads the parameters between two parentheses; `(void)` and `()` have none. */
function readParameters(tokens: readonly Token[], open: number, close: number): DeclaredParameter[] {
  const parts = splitArguments(tokens, open, close)
  if (parts.length === 1 && parts[0]?.length === 1 && parts[0][0]?.text === 'void') return []
  return parts.map(readParameter)
}

/** The parameters as C writes them, with their parentheses. */
export function listText(parameters: readonly DeclaredParameter[]): string {
  return `(${parameters.length === 0 ? 'void' : parameters.map(({ text }) => text).join(', ')})`
}

/** An array or a function as a parameter is a pointer: so C takes it, and so BTF has it. */
function readParameter(tokens: readonly Token[]): DeclaredParameter {
  const declared = readDeclared(tokens)
  if (!declared) return { name: null, type: textOf(tokens), text: textOf(tokens) }
  const { name, type, parameters } = declared
  let { shape } = declared
  if (parameters)
    shape = shape.replace(NAME_PLACEHOLDER, () => `(*${NAME_PLACEHOLDER})${listText(parameters)}`)
  const hole = shape.indexOf(NAME_PLACEHOLDER)
  if (shape[hole + 1] === '[') {
    const after = shape.slice(shape.indexOf(']', hole) + 1)
    shape =
      shape.slice(0, hole) +
      (after.startsWith('[') ? `(*${NAME_PLACEHOLDER})` : `*${NAME_PLACEHOLDER}`) +
      after
  }
  return { name, type: declareName(type, shape, ''), text: declareName(type, shape, name ?? '') }
}
