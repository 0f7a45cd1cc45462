/** Lists in C text. */

/** The parts of a list at the commas that stand in no parentheses, trimmed; one empty part for an empty text. */
export function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const char = text[at]
    if (char === '(') depth++
    if (char === ')') depth--
    if (char === undefined || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return parts
}
