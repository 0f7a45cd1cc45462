/** The configuration that code asks for as it runs: `if (!IS_ENABLED(CONFIG_X)) return …` before a call, or an `if` around it. */
import type { Condition } from '#lib/c/conditions.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'

/**
 * The IS_ENABLED() conditions that hold where the token at `index` of the file stands, inside of a function: those that an
 * earlier `if (… || !IS_ENABLED(CONFIG_X)) return …;` leaves, and those of an `if (IS_ENABLED(CONFIG_X) && …)` around it.
 */
export function enabledAt(file: CFile, index: number): Condition[] {
  const { tokens, depths } = file
  const found: Condition[] = []
  for (let i = bodyStart(depths, index); i < index; i++) {
    if (tokens[i]?.text !== 'if' || tokens[i + 1]?.text !== '(') continue
    const close = matchingClose(tokens, i + 1)
    if (close < 0 || close >= index) continue
    const condition = tokens.slice(i + 2, close)
    const isBlock = tokens[close + 1]?.text === '{'
    const end = isBlock ? matchingClose(tokens, close + 1) : endOfStatement(tokens, close + 1)
    const returns = tokens[close + (isBlock ? 2 : 1)]?.text === 'return'
    if (end < index && returns) found.push(...asked(condition, '||', '!'))
    if (end >= index) found.push(...asked(condition, '&&', ''))
  }
  return found
}

/** The index of the first token of the function body that holds `index`. */
function bodyStart(depths: ArrayLike<number>, index: number): number {
  let start = index
  while (start > 0 && (depths[start] ?? 0) > 0) start--
  return start
}

function endOfStatement(tokens: readonly Token[], start: number): number {
  let end = start
  while (end < tokens.length && tokens[end]?.text !== ';') end++
  return end
}

/** The operands of the form `<sign>IS_ENABLED(CONFIG_X)`, where `operator` joins the whole condition. */
function asked(condition: readonly Token[], operator: '||' | '&&', sign: '' | '!'): Condition[] {
  const text = condition.map((token) => token.text).join(' ')
  const start = condition[0]?.start ?? 0
  const form = sign === '!' ? /^! IS_ENABLED \( (CONFIG_\w+) \)$/ : /^IS_ENABLED \( (CONFIG_\w+) \)$/
  return text.split(` ${operator} `).flatMap((operand) => {
    const symbol = form.exec(operand)?.[1]
    return symbol ? [{ text: `IS_ENABLED(${symbol})`, negated: false, start }] : []
  })
}
