/** Files that a tree lacks although its own build files name them: what tells part of a kernel from all of it. */
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { SourceRef } from '#lib/model/published.ts'
import { foldersAbove } from '#lib/text/folders.ts'
import { findInclusions } from './includes.ts'
import { parseMakefile } from './makefile.ts'

/** A file or folder that is not there, and the line that names it. */
export interface MissingFile {
  /** The file, or the folder on the way to it that has no build file: "net/". */
  readonly lacks: string
  readonly namedBy: SourceRef
}

/**
 * Which of these C files, which another release has, are missing and not just absent. A file that is not there is asked of
 * the build file nearest to it: where that names its object or the folder that leads to it, or a C file includes it, the
 * tree is not whole. So it is where a folder is missing that the top build file names.
 */
export async function missingFiles(tree: KernelTree, paths: Iterable<string>): Promise<MissingFile[]> {
  const missing = await missingAtTop(tree)
  for (const path of paths) {
    if (missing.some(({ lacks }) => path === lacks || path.startsWith(lacks))) continue
    const found = (await tree.read(path)) ? null : await missingFile(tree, path)
    if (found) missing.push(found)
  }
  return missing
}

async function missingFile(tree: KernelTree, path: string): Promise<MissingFile | null> {
  for (const folder of foldersAbove(path)) {
    const lines = await linesIn(tree, folder)
    if (!lines) continue
    const inside = folder === '' ? '' : `${folder}/`
    const rest = path.slice(inside.length)
    const next = /^[^/]+\//.exec(rest)?.[0] ?? null
    const namedBy = lines.get(rest.replace(/c$/, 'o')) ?? (next === null ? undefined : lines.get(next))
    if (namedBy) return { lacks: next === null ? path : inside + next, namedBy }
    const [inclusion] = await findInclusions(tree, path)
    const includedBy = inclusion?.at.at(-1)
    return includedBy ? { lacks: path, namedBy: includedBy } : null
  }
  return null
}

async function missingAtTop(tree: KernelTree): Promise<MissingFile[]> {
  const missing: MissingFile[] = []
  for (const [word, namedBy] of (await linesIn(tree, '')) ?? [])
    if (/^[a-z_]+\/$/.test(word) && !(await linesIn(tree, word.slice(0, -1))))
      missing.push({ lacks: word, namedBy })
  return missing
}

/** What the build files of a folder name, each with the first line that does; null: it has no build file. */
async function linesIn(tree: KernelTree, folder: string): Promise<ReadonlyMap<string, SourceRef> | null> {
  const lines = new Map<string, SourceRef>()
  let hasBuildFile = false
  for (const name of ['Kbuild', 'Makefile']) {
    const source = await tree.read(folder === '' ? name : `${folder}/${name}`)
    if (!source) continue
    hasBuildFile = true
    for (const { words, line } of parseMakefile(source.text))
      for (const word of words) if (!lines.has(word)) lines.set(word, { path: source.path, line })
  }
  return hasBuildFile ? lines : null
}
