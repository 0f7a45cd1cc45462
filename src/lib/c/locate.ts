/** Tokens by their name and by their offset, without a walk through all of a file. */
import type { CFile, Token } from './scan.ts'

/** Where the tokens of a file are one of these names, as indexes in their order. */
export function indexesOf({ source: { text }, tokens }: CFile, names: Iterable<string>): number[] {
  const found: number[] = []
  for (const name of names) {
    for (let at = name === '' ? -1 : text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const index = firstFrom(tokens, at)
      const token = tokens[index]
      // the text has the name in comments, in strings and inside of longer names too
      if (token?.start === at && token.kind === 'name' && token.text === name) found.push(index)
    }
  }
  return found.sort((a, b) => a - b)
}

/** The tokens that stand whole between two offsets, in the order of the text. */
export function tokensBetween({ tokens }: CFile, start: number, end: number): readonly Token[] {
  const first = firstFrom(tokens, start)
  let last = firstFrom(tokens, end)
  while (last > first && (tokens[last - 1]?.end ?? 0) > end) last--
  return tokens.slice(first, last)
}

/** The index of the first of these tokens or comments, which are in the order of the text, that starts at `offset` or later. */
export function firstFrom(parts: readonly { readonly start: number }[], offset: number): number {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
