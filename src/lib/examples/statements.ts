/** The statements of a function that may go without what stays falling apart. */
import { matchingClose } from '#lib/c/match.ts'
import type { Token } from '#lib/c/scan.ts'
import type { Lines } from '#lib/examples/lines.ts'

/** A statement, by the tokens that it begins and ends with. */
interface Span {
  readonly first: number
  readonly last: number
}

/**
 * The statements beside the way to `target`, a line: all in the function's body but the one that holds the line,
 * and so on inside that one. Whatever of them is left out, the braces of the rest balance. `lineOf` gives the line
 * of an offset.
 */
export function statementsBeside(
  tokens: readonly Token[],
  body: number,
  target: number,
  lineOf: (offset: number) => number,
): Lines[] {
  const beside: Lines[] = []
  for (let open = body; open >= 0; ) {
    const spans = statementsIn(tokens, open)
    open = -1
    for (const span of spans) {
      const lines = {
        first: lineOf(tokens[span.first]?.start ?? 0),
        last: lineOf(tokens[span.last]?.start ?? 0),
      }
      if (lines.first > target || lines.last < target) beside.push(lines)
      else if (open < 0) open = blockAround(tokens, span, target, lineOf)
    }
  }
  return beside
}

/** The statements between the brace at `open` and its closing one. */
function statementsIn(tokens: readonly Token[], open: number): Span[] {
  const end = matchingClose(tokens, open)
  const spans: Span[] = []
  let first = open + 1
  for (let index = open + 1; index < end; index++) {
    const text = tokens[index]?.text
    if (text === '(' || text === '[' || text === '{') index = Math.max(matchingClose(tokens, index), index)
    const isBlock = text === '{' && !/^(?:else|while|[;,.)=])$/.test(tokens[index + 1]?.text ?? '')
    // `if (x) y; else z;` is one statement
    const isEnd = isBlock || (text === ';' && tokens[index + 1]?.text !== 'else')
    if (!isEnd) continue
    spans.push({ first, last: index })
    first = index + 1
  }
  if (first < end) spans.push({ first, last: end - 1 })
  return spans
}

/** The brace inside a statement that opens the block with the line; -1 when it is in none. */
function blockAround(
  tokens: readonly Token[],
  { first, last }: Span,
  target: number,
  lineOf: (offset: number) => number,
): number {
  for (let index = first; index <= last; index++) {
    if (tokens[index]?.text !== '{') continue
    const close = matchingClose(tokens, index)
    if (close < 0) return -1
    const isInside = lineOf(tokens[index]?.start ?? 0) < target && target < lineOf(tokens[close]?.start ?? 0)
    if (isInside) return index
    index = close
  }
  return -1
}
