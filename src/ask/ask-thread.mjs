/**
 * Asks the thread that answers while the site is built (thread.ts), and starts it. Plain JavaScript: the program that
 * builds and the pages that it builds must share this one module, so nothing may compile it.
 */
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { CACHE } from '../cache-folder.mjs'
import { base } from '../site-address.mjs'

/** Who waits for an answer, by the number of the question. */
const waiting = new Map()
let last = 0
/** The thread, once it is asked for: a promise, for it is compiled first. */
let thread
/** What ended the thread; every later question is answered with it. */
let failure

/** Starts the thread; one that runs already goes on. A question does so too, but sooner is better. */
export function startThread() {
  thread ??= start()
  // whoever asks hears of what went wrong
  thread.catch(() => {})
}

/** @type {import('./questions.ts').Ask} */
export async function ask(question, ...given) {
  startThread()
  const running = await thread
  if (failure) throw failure
  return new Promise((resolve, reject) => {
    const number = ++last
    waiting.set(number, { resolve, reject })
    running.ref()
    running.postMessage({ number, question, given })
  })
}

async function start() {
  const worker = new Worker(pathToFileURL(await compiled()), { workerData: { base }, execArgv: [] })
  worker.on('message', ({ number, answer, error }) => {
    const { resolve, reject } = waiting.get(number)
    waiting.delete(number)
    if (waiting.size === 0) worker.unref()
    if (error) reject(error)
    else resolve(answer)
  })
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  // the thread alone keeps no program running
  worker.unref()
  return worker
}

/** The thread and all that it imports of ours as one file. Moved into place, for two builds may run at once. */
async function compiled() {
  mkdirSync(CACHE, { recursive: true })
  const path = join(CACHE, 'thread.mjs')
  const partial = join(CACHE, `thread-${process.pid}.mjs`)
  await build({
    entryPoints: [fileURLToPath(new URL('thread.ts', import.meta.url))],
    outfile: partial,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  renameSync(partial, path)
  return path
}
