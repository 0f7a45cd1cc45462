/** The preprocessor conditions that a place in a file stands under. */

import type { CFile } from './scan.ts'

/** One condition: `#ifdef X` is the text `defined(X)`, an `#if` its own text. `negated`: it must not hold, for
 *  an `#ifndef`, an `#else`, and the earlier branches of an `#elif`. `start` is the offset of the directive
 *  that wrote it. */
export interface Condition {
  readonly text: string
  readonly negated: boolean
  readonly start: number
}

/** The conditions around an offset, outermost first; a header's include guard is one of them. */
export function conditionsAt(file: CFile, offset: number): Condition[] {
  // One list for each open #if: the branches before, negated, then the branch that the offset is in.
  const open: Condition[][] = []
  for (const { name, text, start } of file.directives) {
    if (start >= offset) break
    switch (name) {
      case 'if':
        open.push([{ text, negated: false, start }])
        break
      case 'ifdef':
      case 'ifndef':
        open.push([{ text: `defined(${text})`, negated: name === 'ifndef', start }])
        break
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else': {
        const branches = open.at(-1)
        const last = branches?.pop()
        if (!branches || !last) break
        branches.push({ ...last, negated: !last.negated })
        if (name === 'elif') branches.push({ text, negated: false, start })
        else if (name !== 'else') {
          branches.push({ text: `defined(${text})`, negated: name === 'elifndef', start })
        }
        break
      }
      case 'endif':
        open.pop()
        break
    }
  }
  return open.flat()
}
