/** What the extraction asks of a kernel's source; where the files lie is known only to its implementations. */
import type { SourceText } from '#lib/text/source.ts'

/**
 * A kernel's source as files by path. Paths are relative to the kernel's root, without a leading slash.
 * Bytes are decoded as UTF-8, or as latin1 where they are not valid UTF-8. Symbolic links are not followed.
 */
export interface KernelTree {
  /** What it is, for messages: "source.tar.xz". */
  readonly what: string
  /**
   * Gives the files whose path passes `isWanted` and whose bytes contain any of `words`, sorted by path.
   * An empty list of words means every such file.
   */
  search(words: readonly string[], isWanted: (path: string) => boolean): Promise<SourceText[]>
  /** Gives one file, or null when the tree has none of that path. */
  read(path: string): Promise<SourceText | null>
  /** Frees what it holds: child processes, open files, kept bytes. */
  close(): Promise<void>
}

const versionField = (makefile: string, name: string): string | null =>
  new RegExp(`^${name}[ \\t]*=[ \\t]*([^\\s#]*)`, 'm').exec(makefile)?.[1] ?? null

/**
 * The version in the text of a kernel's top Makefile: "7.3.4", "7.3.0", "7.4.0-rc2"; null when the text
 * has no VERSION and PATCHLEVEL, and so is no kernel's.
 */
export function versionIn(makefile: string): string | null {
  const version = versionField(makefile, 'VERSION')
  const patchLevel = versionField(makefile, 'PATCHLEVEL')
  if (!version || !patchLevel) return null
  const subLevel = versionField(makefile, 'SUBLEVEL') || '0'
  return `${version}.${patchLevel}.${subLevel}${versionField(makefile, 'EXTRAVERSION') ?? ''}`
}

/** The version of the kernel in `tree`, from its top Makefile: "7.3.4". Throws when that names none. */
export async function kernelVersion(tree: KernelTree): Promise<string> {
  const makefile = await tree.read('Makefile')
  const version = makefile === null ? null : versionIn(makefile.text)
  if (version === null) throw new Error(`${tree.what}: no VERSION = … in a Makefile at its top`)
  return version
}
