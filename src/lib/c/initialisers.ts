/** Variables of one struct type that are defined with an initialiser. */

import { indexesOf } from './locate.ts'
import { matchingClose, splitArguments, textOf } from './match.ts'
import type { CFile, Token } from './scan.ts'

/** One variable and its `.field = value` pairs, values as C text. `fields` is empty for an array or for values
 *  without names; `start` is the first word of the declaration, `end` follows the closing brace. */
export interface Initialiser {
  readonly name: string
  readonly fields: ReadonlyMap<string, string>
  readonly start: number
  readonly end: number
}

const BEFORE_STRUCT = new Set(['static', 'const', 'extern', 'volatile'])

/** All `struct <structName> name = { … }` of a file, at any depth. */
export function findInitialisers(file: CFile, structName: string): Initialiser[] {
  const { tokens } = file
  const found: Initialiser[] = []
  for (const index of indexesOf(file, [structName])) {
    if (tokens[index - 1]?.text !== 'struct') continue
    let at = index + 1
    while (BEFORE_STRUCT.has(tokens[at]?.text ?? '')) at++
    const name = tokens[at]
    if (name?.kind !== 'name') continue
    const openIndex = initialiserOpen(tokens, at + 1)
    const closeIndex = openIndex < 0 ? -1 : matchingClose(tokens, openIndex)
    const close = tokens[closeIndex]
    if (!close) continue
    let first = index - 1
    while (BEFORE_STRUCT.has(tokens[first - 1]?.text ?? '')) first--
    found.push({
      name: name.text,
      fields: fieldsOf(splitArguments(tokens, openIndex, closeIndex)),
      start: tokens[first]?.start ?? name.start,
      end: close.end,
    })
  }
  return found
}

/** The brace after `= `, past array bounds and attributes; -1 when the declaration has no initialiser. */
function initialiserOpen(tokens: readonly Token[], from: number): number {
  let at = from
  for (;;) {
    const token = tokens[at]
    if (token?.text === '=') return tokens[at + 1]?.text === '{' ? at + 1 : -1
    if (token?.text === '[' || token?.text === '(') {
      const close = matchingClose(tokens, at)
      if (close < 0) return -1
      at = close
    } else if (token?.kind !== 'name') return -1
    at++
  }
}

function fieldsOf(parts: readonly Token[][]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const part of parts) {
    const [dot, field, equals, ...value] = part
    if (dot?.text !== '.' || field?.kind !== 'name' || equals?.text !== '=') continue
    fields.set(field.text, textOf(value))
  }
  return fields
}
