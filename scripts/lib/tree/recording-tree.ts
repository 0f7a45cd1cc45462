/** A kernel tree that remembers what was read of it. */
import { createHash } from 'node:crypto'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { SourceText } from '#lib/text/source.ts'

/** What was read of a tree: the sha256 over path, NUL, text, NUL of each file, by path, and the size of all texts. */
export interface ReadFiles {
  readonly sha256: string
  readonly bytes: number
}

/** A tree, and what was asked of it so far. */
export interface RecordingTree {
  readonly tree: KernelTree
  /** Sums up all files that it gave. */
  filesRead(): ReadFiles
  /** The paths of the files that were asked for by name. */
  readonly asked: ReadonlySet<string>
  /** The paths of the files that a search gave. */
  readonly found: ReadonlySet<string>
}

/** A tree that gives what `tree` gives, and remembers it. */
export function recordingTree(tree: KernelTree): RecordingTree {
  const texts = new Map<string, string>()
  const asked = new Set<string>()
  const foundBySearch = new Set<string>()
  const remember = (source: SourceText): void => {
    texts.set(source.path, source.text)
  }
  return {
    tree: {
      what: tree.what,
      async search(words, isWanted) {
        const found = await tree.search(words, isWanted)
        found.forEach(remember)
        for (const source of found) foundBySearch.add(source.path)
        return found
      },
      async read(path) {
        const found = await tree.read(path)
        if (found) {
          remember(found)
          asked.add(path)
        }
        return found
      },
      close: () => tree.close(),
    },
    asked,
    found: foundBySearch,
    filesRead() {
      const hash = createHash('sha256')
      let bytes = 0
      for (const [path, text] of [...texts].sort(([a], [b]) => byteOrder(a, b))) {
        hash.update(`${path}\0${text}\0`)
        bytes += Buffer.byteLength(text)
      }
      return { sha256: hash.digest('hex'), bytes }
    },
  }
}
