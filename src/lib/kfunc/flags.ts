/** The KF_* flags of a release: `#define KF_ACQUIRE (1 << 0)  (comment)` in include/linux/btf.h. */
import { findDefines } from '#lib/c/defines.ts'
import type { CFile } from '#lib/c/scan.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Flag } from '#lib/model/published.ts'
import { placeOf } from '#lib/text/source.ts'

const BIT = /^\(?\s*(?:1[uUlL]*\s*<<\s*(\d+)|BIT\((\d+)\))\s*\)?$/

/** Finds the flags in the files, in bit order, each with the comment that stands on its line. */
export function findFlags(files: readonly CFile[]): Flag[] {
  const flags = new Map<string, Flag>()
  for (const file of files) {
    for (const define of findDefines(file)) {
      const match = define.name.startsWith('KF_') && !define.params ? BIT.exec(define.body.trim()) : null
      if (!match || flags.has(define.name)) continue
      const { path, line } = placeOf(file.source, define.start)
      const bit = Number(match[1] ?? match[2])
      flags.set(define.name, {
        name: define.name,
        bit,
        comment: commentOnLine(file, define.start),
        at: { path, line },
      })
    }
  }
  return [...flags.values()].sort((a, b) => a.bit - b.bit || byteOrder(a.name, b.name))
}

function commentOnLine(file: CFile, offset: number): string | null {
  const { text } = file.source
  const lineEnd = text.indexOf('\n', offset)
  const comment = file.comments.find(
    ({ start }) => start > offset && start < (lineEnd < 0 ? text.length : lineEnd),
  )
  if (!comment) return null
  const words = text.slice(comment.start, comment.end).replace(/^\/[*/]+|\*+\/$/g, '')
  return (
    words
      .replace(/^\s*\*+/gm, '')
      .replace(/\s+/g, ' ')
      .trim() || null
  )
}
