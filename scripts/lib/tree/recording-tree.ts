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

/** The tree itself, and `filesRead`, which sums up the files that were asked for so far. */
export function recordingTree(tree: KernelTree): { tree: KernelTree; filesRead: () => ReadFiles } {
  const texts = new Map<string, string>()
  const remember = (source: SourceText): void => {
    texts.set(source.path, source.text)
  }
  return {
    tree: {
      what: tree.what,
      async search(words, isWanted) {
        const found = await tree.search(words, isWanted)
        found.forEach(remember)
        return found
      },
      async read(path) {
        const found = await tree.read(path)
        if (found) remember(found)
        return found
      },
      close: () => tree.close(),
    },
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
