/** Conditions with `&&`, `||`, `!` and parentheses, as the preprocessor and Kconfig write them. */
import { and, type Formula, not, or } from './ways.ts'

const TOKEN = /&&|\|\||!(?!=)|[()]|(?:(?!&&|\|\||!(?!=)|[()])[\s\S])+/g

/**
 * Reads a condition, `leafOf` turning what stands between the operators into a formula: "defined(X)" with its
 * own parentheses, "A > 3". Null when the parentheses do not match or an operand is missing.
 */
export function parseExpression(text: string, leafOf: (text: string) => Formula): Formula | null {
  const tokens = (text.match(TOKEN) ?? []).map((token) => token.trim()).filter((token) => token !== '')
  let at = 0

  const parseOr = (): Formula | null => parseChain('||', or, () => parseChain('&&', and, parseUnary))

  function parseChain(
    operator: string,
    join: (...parts: Formula[]) => Formula,
    parsePart: () => Formula | null,
  ): Formula | null {
    const parts: Formula[] = []
    do {
      const part = parsePart()
      if (!part) return null
      parts.push(part)
    } while (tokens[at] === operator && at++ >= 0)
    return parts.length === 1 ? (parts[0] ?? null) : join(...parts)
  }

  function parseUnary(): Formula | null {
    if (tokens[at] === '!') {
      at++
      const operand = parseUnary()
      return operand ? not(operand) : null
    }
    if (tokens[at] === '(' && !isFollowedByText(groupEnd())) {
      at++
      const inner = parseOr()
      return tokens[at++] === ')' ? inner : null
    }
    return parseLeaf()
  }

  /** The index after the group that begins at the current token. */
  function groupEnd(): number {
    let depth = 0
    for (let end = at; end < tokens.length; end++) {
      if (tokens[end] === '(') depth++
      else if (tokens[end] === ')' && --depth === 0) return end + 1
    }
    return tokens.length
  }

  /** "(A + B) > 3": the group is a part of a leaf. */
  const isFollowedByText = (end: number): boolean => !/^(&&|\|\||\))?$/.test(tokens[end] ?? '')

  function parseLeaf(): Formula | null {
    const parts: string[] = []
    while (at < tokens.length && !/^(&&|\|\||\))$/.test(tokens[at] ?? '')) {
      const end = tokens[at] === '(' ? groupEnd() : at + 1
      parts.push(tokens.slice(at, end).join(''))
      at = end
    }
    return parts.length === 0 ? null : leafOf(parts.join(' ').replace(/(\w) \(/g, '$1('))
  }

  const formula = parseOr()
  return at === tokens.length ? formula : null
}
