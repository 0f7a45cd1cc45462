/** A kernel tree in an archive (.tar, .tar.gz, .tar.xz, .tar.zst), read as a stream. */
import { tuneForArchive } from '../build/v8.mjs'
import { Failure } from '../cli/failure.ts'
import { unpack } from '../files/decompress-stream.ts'
import { type FileTree, objectIdOf } from './object-id.ts'
import { createTarReader } from './tar-reader.ts'
import { byPath, decodeFile, holdsAny, needlesFor, requireKernel } from './text.ts'

/** How an archive is opened. */
export interface TarTreeOptions {
  /**
   * Which files to keep in memory when they pass by, for questions to come. It changes what a later
   * question costs, never what it gives: a file that was not kept is found by streaming again.
   */
  readonly keep?: (path: string) => boolean
}

const BUILD_FILE = /(^|\/)(Makefile|Kbuild|Kconfig)[^/]*$/
/** Two thirds of a kernel's bytes, in which later questions have no business. */
const RARELY_ASKED = /^(drivers|arch|sound|Documentation|tools)\//
const ASKED_OF_TOOLS = /^tools\/(testing\/selftests\/(bpf|sched_ext|hid)|sched_ext|bpf|lib\/bpf|include)\//

/** What is kept unless told otherwise: build files, and all outside drivers; about 190 MB of a 7.3 kernel. */
const isLikelyAsked = (path: string): boolean =>
  BUILD_FILE.test(path) ||
  !RARELY_ASKED.test(path) ||
  ASKED_OF_TOOLS.test(path) ||
  path.startsWith('drivers/hid/bpf/')

/** Directories at a kernel's own top; an archive that begins with one has no directory around it. */
const KERNEL_FOLDERS =
  /^(\..*|Documentation|LICENSES|arch|block|certs|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|scripts|security|sound|tools|usr|virt)$/

/** Gives a function from names in the archive to paths in the kernel: the first name says what is around it. */
function createRooting(what: string): (name: string) => string {
  let around: string | null = null
  return (name) => {
    const path = name.replace(/^(\.?\/)+/, '').replace(/\/{2,}/g, '/')
    if (path === '' || path === '.') return ''
    if (around === null) {
      const folder = path.slice(0, path.indexOf('/') + 1)
      around = KERNEL_FOLDERS.test(folder.slice(0, -1)) ? '' : folder
    }
    if (path.startsWith(around)) return path.slice(around.length)
    throw new Failure(`${what} holds more than one tree: ${around} and ${path}`, {
      hint: 'give an archive of one kernel, with all of it in one folder',
    })
  }
}

/** Opens an archive; it is first read by the first question, and found then to be a kernel or not. */
export async function openTarTree(file: string, options: TarTreeOptions = {}): Promise<FileTree> {
  tuneForArchive()
  const isKept = options.keep ?? isLikelyAsked
  const kept = new Map<string, Buffer>()
  let allPaths: ReadonlySet<string> | null = null

  /** Streams the archive, handing on the files that are wanted, until `take` returns true or it ends. */
  const stream = async (
    isWanted: (path: string) => boolean,
    take: (path: string, bytes: Buffer) => boolean,
  ): Promise<void> => {
    const pathOf = createRooting(file)
    const paths = new Set<string>()
    let hasEnough = false
    const reader = createTarReader(file, {
      enter(name, isFile) {
        const path = pathOf(name)
        if (!isFile || path === '' || hasEnough) return false
        paths.add(path)
        return isWanted(path)
      },
      file(name, bytes) {
        hasEnough ||= take(pathOf(name), bytes)
      },
    })
    for await (const chunk of unpack(file)) {
      reader.write(chunk)
      if (hasEnough) return
    }
    reader.end()
    allPaths ??= paths
  }

  const keep = (path: string, bytes: Buffer): void => {
    kept.set(path, Buffer.from(bytes))
  }

  const firstPass = async (
    needles: readonly Buffer[],
    isWanted: (path: string) => boolean,
  ): Promise<void> => {
    await stream(
      (path) => path === 'Makefile' || isWanted(path) || isKept(path),
      (path, bytes) => {
        if (path === 'Makefile' || isKept(path) || holdsAny(bytes, needles)) keep(path, bytes)
        return false
      },
    )
    const makefile = kept.get('Makefile')
    requireKernel(file, makefile ? decodeFile('Makefile', makefile).text : null, allPaths ?? [])
  }

  return {
    what: file,
    async search(words, isWanted) {
      const needles = needlesFor(words)
      if (allPaths === null) {
        await firstPass(needles, isWanted)
      } else {
        const missing = new Set([...allPaths].filter((path) => !kept.has(path) && isWanted(path)))
        const take = (path: string, bytes: Buffer): boolean => {
          if (holdsAny(bytes, needles)) keep(path, bytes)
          missing.delete(path)
          return missing.size === 0
        }
        if (missing.size > 0) await stream((path) => missing.has(path), take)
      }
      return [...kept]
        .filter(([path, bytes]) => isWanted(path) && holdsAny(bytes, needles))
        .map(([path, bytes]) => decodeFile(path, bytes))
        .sort(byPath)
    },
    async read(path) {
      if (!kept.has(path) && (allPaths === null || allPaths.has(path)))
        await stream(
          (entry) => entry === path,
          (entry, bytes) => {
            keep(entry, bytes)
            return true
          },
        )
      const bytes = kept.get(path)
      return bytes ? decodeFile(path, bytes) : null
    },
    async objectIds(asked) {
      const missing = new Set(asked.filter((path) => !kept.has(path)))
      if (missing.size > 0)
        await stream(
          (path) => missing.has(path),
          (path, bytes) => {
            keep(path, bytes)
            missing.delete(path)
            return missing.size === 0
          },
        )
      return new Map(
        asked.flatMap((path) => {
          const bytes = kept.get(path)
          return bytes ? [[path, objectIdOf(bytes)] as const] : []
        }),
      )
    },
    async close() {
      kept.clear()
    },
  }
}
