/** Function declarations and typedefs of functions, in one canonical spelling. */

import {
  type DeclaredParameter,
  declareName,
  listText,
  NAME_PLACEHOLDER,
  readDeclared,
} from './declarator.ts'
import type { CFile, Token } from './scan.ts'

/** One function's declaration. `text` is the prototype on one line: one space between words, `*` against the
 *  name, no storage, no attributes, no semicolon, arrays and functions among the parameters as pointers. */
export interface FunctionDeclaration {
  readonly name: string
  readonly returns: string
  readonly parameters: readonly DeclaredParameter[]
  readonly text: string
}

/** A typedef of a function or of a pointer to one: `typedef int (*callback_t)(void *key)`, without semicolon.
 *  `start` is the offset of the word `typedef`. */
export interface FunctionTypedef {
  readonly name: string
  readonly text: string
  readonly start: number
}

/** Reads a function's declaration, from its first word to the end of its parameter list; attributes and a
 *  semicolon after it do no harm. Null when the tokens declare no named function. */
export function parseDeclaration(tokens: readonly Token[]): FunctionDeclaration | null {
  return readDeclaration(tokens)?.declaration ?? null
}

/** The same, with the words before the name that are no part of the type, in order. */
export function readDeclaration(
  tokens: readonly Token[],
): { readonly declaration: FunctionDeclaration; readonly markers: readonly string[] } | null {
  const declared = readDeclared(tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens)
  if (!declared?.parameters || declared.name === null) return null
  const { name, type, shape, parameters, markers } = declared
  return {
    declaration: {
      name,
      returns: declareName(type, shape, ''),
      parameters,
      text: declareName(type, shape, name + listText(parameters)),
    },
    markers,
  }
}

/** The typedefs of a file that name a function or a pointer to one, in the order of the text. */
export function parseTypedefs(file: CFile): FunctionTypedef[] {
  const { tokens } = file
  const found: FunctionTypedef[] = []
  for (let index = 0; index < tokens.length; index++) {
    const word = tokens[index]
    if (word?.text !== 'typedef') continue
    let end = index + 1
    while (end < tokens.length && tokens[end]?.text !== ';' && tokens[end]?.text !== '{') end++
    if (tokens[end]?.text !== ';') continue
    const declared = readDeclared(tokens.slice(index + 1, end))
    index = end
    if (!declared || declared.name === null) continue
    const { name, type, shape, parameters } = declared
    if (!parameters && !shape.includes(`${NAME_PLACEHOLDER})(`)) continue
    const text = declareName(type, shape, parameters ? name + listText(parameters) : name)
    found.push({ name, text: `typedef ${text}`, start: word.start })
  }
  return found
}
