/** Items by the lines that they take, with the comments that belong to them. */
import type { Item } from '#lib/examples/items.ts'
import type { ProgramFile } from '#lib/examples/program.ts'
import { placeOf } from '#lib/text/source.ts'

/** Lines count from 1, both ends included. */
export interface Lines {
  readonly first: number
  readonly last: number
}

/** Comments that speak of the file, and not of what they stand above. */
const OF_THE_FILE = /SPDX-License-Identifier|Copyright|\(c\) 20\d\d/i

/** The lines of an item itself. */
export function linesOf({ file }: ProgramFile, { start, end }: Item): Lines {
  return {
    first: placeOf(file.source, start).line,
    last: placeOf(file.source, Math.max(start, end - 1)).line,
  }
}

/** Gives for each item the first line of the comment that stands right above it, or its own first line. */
export function commentStarts(program: ProgramFile): number[] {
  const { file, items } = program
  const aboveByEnd = new Map<number, { first: number; isOfFile: boolean }>()
  for (const { start, end } of file.comments) {
    const first = placeOf(file.source, start)
    const last = placeOf(file.source, end - 1).line
    const isAlone = file.source.text.slice(start - first.column + 1, start).trim() === ''
    if (!isAlone) continue
    const above = aboveByEnd.get(first.line - 1)
    const isOfFile = OF_THE_FILE.test(file.source.text.slice(start, end)) || (above?.isOfFile ?? false)
    aboveByEnd.set(last, { first: above?.first ?? first.line, isOfFile })
  }
  return items.map((item) => {
    const { first } = linesOf(program, item)
    const above = item.kind === 'include' || item.kind === 'directive' ? undefined : aboveByEnd.get(first - 1)
    return above && !above.isOfFile ? above.first : first
  })
}
