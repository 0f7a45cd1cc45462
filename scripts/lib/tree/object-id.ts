/** What git calls a file by: the sha1 over its kind, its size and its bytes. */
import { createHash } from 'node:crypto'
import type { KernelTree } from '#lib/kernel-tree.ts'

/** The object id that git gives a file with these bytes: forty hex digits. */
export function objectIdOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** A kernel tree that lies somewhere as files, and so knows what git calls each. */
export interface FileTree extends KernelTree {
  /** Git's object ids of files, by path; paths that the tree does not have are left out. */
  objectIds(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
}
