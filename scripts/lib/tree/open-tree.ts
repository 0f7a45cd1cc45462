/** Opens a kernel's source, whatever it comes in. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, failureOf, isSystemError } from '../cli/failure.ts'
import { packingOf, readHead } from '../files/decompress-stream.ts'
import { openDirectoryTree } from './directory.ts'
import { findGitDirectory, openGitTree } from './git.ts'
import type { FileTree } from './object-id.ts'
import { openTarTree } from './tar.ts'

const HEAD_BYTES = 1024
const WAYS =
  'a kernel is an unpacked directory, a .tar, .tar.gz, .tar.xz or .tar.zst, or a git repository with --tag'

/** What a file that is no archive seems to be, and what to do with it, by its first bytes. */
function guess(head: Buffer): string {
  const startsWith = (bytes: string): boolean => head.toString('latin1', 0, bytes.length) === bytes
  if (head.length === 0) return 'an empty file'
  if (startsWith('\x7fELF')) return 'an ELF file (a kernel image goes to --image)'
  if (head.toString('latin1', 0x202, 0x206) === 'HdrS') return 'a vmlinuz (a kernel image goes to --image)'
  if (startsWith('BZh')) return 'packed with bzip2, which is not read here (unpack it, or use .tar.xz)'
  if (startsWith('PK')) return 'a zip archive (unpack it and give the directory)'
  return `no archive: it begins with the bytes ${head.toString('hex', 0, 8).replace(/(..)(?=.)/g, '$1 ')}`
}

/** True for the first block of a tar archive, old ones without a magic included: they begin with a name. */
const isTar = (head: Buffer): boolean =>
  head.toString('latin1', 257, 262) === 'ustar' || /^[\w.][^\0]*\0+$/.test(head.toString('latin1', 0, 100))

/**
 * Opens the kernel at `path`: an unpacked directory, an archive, or, with a tag, a git repository (any
 * directory in it will do). Of a directory or archive a tag only says where links point. Throws a Failure that says what was seen when it is none of these.
 */
export async function openTree(path: string, options: { tag?: string | undefined } = {}): Promise<FileTree> {
  const { tag } = options
  let isDirectory: boolean
  try {
    isDirectory = statSync(path).isDirectory()
  } catch (error) {
    throw isSystemError(error) ? failureOf(error, path) : error
  }
  if (!isDirectory) {
    const head = readHead(path, HEAD_BYTES)
    if (packingOf(head) === 'none' && !isTar(head))
      throw new Failure(`${path} is ${guess(head)}`, { hint: WAYS })
    return openTarTree(path)
  }
  const isRepository = (await findGitDirectory(path)) !== null
  // without a repository a tag only says where links point
  if (tag !== undefined && isRepository) return openGitTree(path, tag)
  if (statSync(join(path, 'Makefile'), { throwIfNoEntry: false })?.isFile()) return openDirectoryTree(path)
  if (!isRepository) throw new Failure(`${path} is a directory without a Makefile`, { hint: WAYS })
  throw new Failure(`${path} is a git repository without a checked out kernel`, {
    hint: 'say which release to read with --tag, for instance --tag v6.12',
    exitCode: 2,
  })
}
