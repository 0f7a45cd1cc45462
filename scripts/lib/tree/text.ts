/** What every kernel tree does alike: find words in bytes, decode a file, and make sure it is a kernel. */

import { versionIn } from '#lib/kernel-tree.ts'
import type { SourceText } from '#lib/text/source.ts'
import { Failure } from '../cli/failure.ts'

/**
 * The bytes to look for, so that a file which holds any of `words` holds one of these, and the reverse:
 * a word that contains another one is left out. An empty list when every file is asked for.
 */
export function needlesFor(words: readonly string[]): Buffer[] {
  const unique = [...new Set(words)]
  if (unique.includes('')) return []
  return unique
    .filter((word) => !unique.some((other) => other !== word && word.includes(other)))
    .map((word) => Buffer.from(word))
}

/** True when `bytes` hold any of `needles`, or when there are none. */
export const holdsAny = (bytes: Buffer, needles: readonly Buffer[]): boolean =>
  needles.length === 0 || needles.some((needle) => bytes.includes(needle))

/** The file as text: UTF-8, or latin1 where the bytes are not valid UTF-8. */
export function decodeFile(path: string, bytes: Uint8Array): SourceText {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { path, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') }
  }
}

/** Orders paths by their UTF-16 code units, whatever the locale. */
export const comparePaths = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Orders files by path, as every search gives them. */
export const byPath = (a: SourceText, b: SourceText): number => comparePaths(a.path, b.path)

/** Throws a Failure unless a tree with this top Makefile (null: none) and these files is a kernel's. */
export function requireKernel(what: string, makefile: string | null, paths: Iterable<string>): void {
  const hint = { hint: 'give the root of a whole kernel: the folder, archive or repository that has kernel/' }
  if (makefile === null || versionIn(makefile) === null)
    throw new Failure(`${what} is no kernel tree: no Makefile with VERSION = … at its top`, hint)
  for (const path of paths) if (path.startsWith('kernel/')) return
  throw new Failure(`${what} is no kernel tree: it has a kernel's Makefile but no kernel/ folder`, hint)
}
