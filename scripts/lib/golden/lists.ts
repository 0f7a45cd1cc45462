/**
 * Lists of short hashes: one a kind of file. Pages of one name in several releases share a line, with a hash for each
 * release, so that 31 releases of everything stay far under a megabyte and a changed page is still told by its name.
 */
import { createHash } from 'node:crypto'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'

/** Hashes of files, by path. */
export type Hashes = ReadonlyMap<string, string>

/** What differs between two lists: paths, in byte order. */
export interface ListDifference {
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** 36 bits: of a million changes one hundred-thousandth goes unseen. */
const HASH_LENGTH = 6
const IN_RELEASE = /^(\d+\.\d+)\/(.*)$/

/** The short hash of a text: six characters of base64url of its SHA-256. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH)
}

/**
 * A list as text, lines in byte order: `path hash`. What lies in folders of releases has one line for all of them, with a
 * star in place of the folder and after it `6.1=hash 6.12=hash`.
 */
export function printList(hashes: Hashes): string {
  const lines = new Map<string, string[]>()
  for (const [path, hash] of hashes) {
    const [, release, name] = IN_RELEASE.exec(path) ?? []
    const line = release ? `*/${name}` : path
    const cells = lines.get(line) ?? []
    cells.push(release ? `${release}=${hash}` : hash)
    lines.set(line, cells)
  }
  return [...lines]
    .map(([line, cells]) => `${line} ${cells.sort(releaseOrder).join(' ')}\n`)
    .sort(byteOrder)
    .join('')
}

/** Reads what {@link printList} printed. */
export function readList(text: string): Hashes {
  const hashes = new Map<string, string>()
  for (const line of text.split('\n').filter(Boolean)) {
    const [path = '', ...cells] = line.split(' ')
    for (const cell of cells) {
      const [hash = '', release = ''] = cell.split('=').toReversed()
      hashes.set(path.replace(/^\*/, release), hash)
    }
  }
  return hashes
}

/** What differs in `now`. */
export function compareLists(before: Hashes, now: Hashes): ListDifference {
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort(byteOrder)
  const both = paths.filter((path) => before.has(path) && now.has(path))
  return {
    changed: both.filter((path) => before.get(path) !== now.get(path)),
    added: paths.filter((path) => !before.has(path)),
    removed: paths.filter((path) => !now.has(path)),
  }
}

/** True where the lists are the same. */
export const isSame = ({ changed, added, removed }: ListDifference): boolean =>
  changed.length + added.length + removed.length === 0
