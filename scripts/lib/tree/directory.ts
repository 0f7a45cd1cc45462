/** A kernel tree that lies unpacked in a directory. */
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { SourceText } from '#lib/text/source.ts'
import { failureOf, isSystemError } from '../cli/failure.ts'
import { type FileTree, objectIdOf } from './object-id.ts'
import { searchFiles } from './search-files.mjs'
import { comparePaths, decodeFile, needlesFor, requireKernel } from './text.ts'

/** Below this many files (all of the kernel's headers are fewer) threads take longer to start than one to search. */
const FEW_FILES = 10_000
const MOST_THREADS = 4

/** The files under `root` by path, sorted; neither links nor what git keeps for itself. */
function listFiles(root: string): string[] {
  const paths: string[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
      if (entry.isFile()) paths.push(folder + entry.name)
      else if (entry.isDirectory() && entry.name !== '.git') walk(`${folder}${entry.name}/`)
    }
  }
  walk('')
  return paths.sort(comparePaths)
}

type Answer = { found: string[] } | { error: object }

/** Searches on several threads: reading and searching a whole kernel takes two processors' full attention. */
async function searchOnThreads(root: string, paths: readonly string[], needles: Buffer[]): Promise<string[]> {
  const threads = Math.min(MOST_THREADS, availableParallelism())
  const workers: Worker[] = []
  const parts = Array.from({ length: threads }, (_, thread) => {
    const part = paths.filter((_path, index) => index % threads === thread)
    const workerData = { task: 'search-files', root, paths: part, needles }
    // it is JavaScript: what compiles ours, which Node would load again, is left out
    const worker = new Worker(new URL('./search-files.mjs', import.meta.url), { workerData, execArgv: [] })
    workers.push(worker)
    return new Promise<string[]>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (answer: Answer) => {
        if ('found' in answer) resolve(answer.found)
        else reject(Object.assign(new Error(), answer.error))
      })
    })
  })
  try {
    return (await Promise.all(parts)).flat().sort(comparePaths)
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Opens an unpacked kernel; `root` is its top directory. Throws a Failure when it is none. */
export async function openDirectoryTree(root: string): Promise<FileTree> {
  const paths = listFiles(root)
  const known = new Set(paths)
  const readBytes = (path: string): Buffer => readFileSync(`${root}/${path}`)
  const makefile = known.has('Makefile') ? decodeFile('Makefile', readBytes('Makefile')).text : null
  requireKernel(root, makefile, paths)

  const decoded = new Map<string, SourceText>()
  const sourceOf = (path: string): SourceText => {
    const source = decoded.get(path) ?? decodeFile(path, readBytes(path))
    decoded.set(path, source)
    return source
  }
  return {
    what: root,
    async search(words, isWanted) {
      const wanted = paths.filter(isWanted)
      const needles = needlesFor(words)
      if (needles.length === 0) return wanted.map((path) => decodeFile(path, readBytes(path)))
      try {
        const found =
          wanted.length < FEW_FILES
            ? searchFiles(root, wanted, needles)
            : await searchOnThreads(root, wanted, needles)
        return found.map(sourceOf)
      } catch (error) {
        throw isSystemError(error) ? failureOf(error) : error
      }
    },
    async read(path) {
      return known.has(path) ? sourceOf(path) : null
    },
    async objectIds(asked) {
      return new Map(
        asked.filter((path) => known.has(path)).map((path) => [path, objectIdOf(readBytes(path))]),
      )
    },
    async close() {
      decoded.clear()
    },
  }
}
