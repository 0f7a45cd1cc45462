/**
 * Searches files on disk for bytes. Plain JavaScript, because it also runs as a worker thread, and those
 * cannot load TypeScript on Node 20.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'

const FIRST_ROOM = 1 << 20

/**
 * Gives those of `paths` (under `root`) whose bytes hold any of `needles`. One buffer serves all files:
 * making one for each costs more than reading.
 * @param {string} root
 * @param {readonly string[]} paths
 * @param {readonly Uint8Array[]} needles
 * @returns {string[]}
 */
export function searchFiles(root, paths, needles) {
  const found = []
  let room = Buffer.allocUnsafe(FIRST_ROOM)
  for (const path of paths) {
    const file = openSync(`${root}/${path}`, 'r')
    let size = 0
    try {
      for (;;) {
        const count = readSync(file, room, size, room.length - size, null)
        size += count
        if (count === 0 || size < room.length) break
        room = Buffer.concat([room], room.length * 2)
      }
    } finally {
      closeSync(file)
    }
    const bytes = room.subarray(0, size)
    if (needles.some((needle) => bytes.includes(needle))) found.push(path)
  }
  return found
}

if (!isMainThread && workerData?.task === 'search-files') {
  const { root, paths, needles } = workerData
  try {
    parentPort?.postMessage({ found: searchFiles(root, paths, needles) })
  } catch (error) {
    const { message, code, path, syscall } = Object.assign(new Error(), error)
    parentPort?.postMessage({ error: { message, code, path, syscall } })
  }
}
