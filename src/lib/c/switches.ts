/** Functions that are one table written as a switch. */

import { matchingClose, textOf } from './match.ts'
import type { Token } from './scan.ts'

/** One arm: its labels (`default` for the default) and the value that it returns at once, as C text. `returns`
 *  is null for an arm that does anything else. */
export interface SwitchArm {
  readonly labels: readonly string[]
  readonly returns: string | null
}

/** The arms of the first `switch` in a function's body, in the order of the text; `[]` when it has none. */
export function readSwitch(tokensOfBody: readonly Token[]): SwitchArm[] {
  const tokens = tokensOfBody
  const word = tokens.findIndex(({ kind, text }) => kind === 'name' && text === 'switch')
  const subjectClose = word < 0 ? -1 : matchingClose(tokens, word + 1)
  if (subjectClose < 0 || tokens[subjectClose + 1]?.text !== '{') return []
  const found = matchingClose(tokens, subjectClose + 1)
  const close = found < 0 ? tokens.length : found

  const arms: SwitchArm[] = []
  let at = subjectClose + 2
  while (at < close) {
    const labels: string[] = []
    for (let next = labelEnd(tokens, at, close); next > 0; next = labelEnd(tokens, at, close)) {
      labels.push(tokens[at]?.text === 'case' ? textOf(tokens.slice(at + 1, next)) : 'default')
      at = next + 1
    }
    const statement = at
    while (at < close && labelEnd(tokens, at, close) < 0) at = step(tokens, at)
    if (labels.length > 0) arms.push({ labels, returns: returned(tokens.slice(statement, at)) })
  }
  return arms
}

/** The index of the colon that ends the label at `at`, or -1 when no label is there. */
function labelEnd(tokens: readonly Token[], at: number, close: number): number {
  const word = tokens[at]?.text
  if (word === 'default') return tokens[at + 1]?.text === ':' ? at + 1 : -1
  if (word !== 'case') return -1
  for (let index = at + 1; index < close; index++) {
    if (tokens[index]?.text === ':') return index
    if (tokens[index]?.text === ';') return -1
  }
  return -1
}

/** The next token of the same level. */
function step(tokens: readonly Token[], at: number): number {
  const isOpen = tokens[at]?.text === '{' || tokens[at]?.text === '('
  const close = isOpen ? matchingClose(tokens, at) : -1
  return (close < 0 ? at : close) + 1
}

function returned(statement: readonly Token[]): string | null {
  const first = statement[0]?.text === '{' ? 1 : 0
  if (statement[first]?.text !== 'return') return null
  const end = statement.findIndex(({ text }) => text === ';')
  return textOf(statement.slice(first + 1, end < 0 ? statement.length : end))
}
