/** Text of one file, and the way from an offset in it to a line and column. */

/** A file's path (inside its tree, no leading slash) and its text. Offsets into `text` count from 0. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** A place for people: lines and columns count from 1. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

const lineStarts = new WeakMap<SourceText, Uint32Array>()

function startsOf(source: SourceText): Uint32Array {
  const known = lineStarts.get(source)
  if (known) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1))
    starts.push(at + 1)
  const table = Uint32Array.from(starts)
  lineStarts.set(source, table)
  return table
}

/** The place of the character at `offset`. */
export function placeOf(source: SourceText, offset: number): Place {
  const starts = startsOf(source)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { path: source.path, line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}
