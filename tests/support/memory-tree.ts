import type { KernelTree } from '#lib/kernel-tree.ts'

/** A kernel tree made of texts by path; unlike the real ones it need not be a whole kernel. */
export function memoryTree(files: Readonly<Record<string, string>>): KernelTree {
  const sources = Object.entries(files)
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return {
    what: 'a tree in memory',
    async search(words, isWanted) {
      return sources.filter(
        ({ path, text }) =>
          isWanted(path) && (words.length === 0 || words.some((word) => text.includes(word))),
      )
    },
    async read(path) {
      return sources.find((source) => source.path === path) ?? null
    },
    async close() {},
  }
}
