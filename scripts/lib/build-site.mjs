/**
 * Builds the site, as npm run build and the benchmark do. Plain JavaScript, as what it starts is: compiling it would
 * be the slowest thing that it does.
 */
import { setFlagsFromString } from 'node:v8'
import { optimizeLater } from './short-run.mjs'

/**
 * Makes the site from content/ in the folder `outDir`. Call it once in a process, before anything else is imported
 * that takes long. A line a page with `isTalking`, else warnings alone.
 * @param {string} outDir
 * @param {boolean} isTalking
 */
export async function buildSite(outDir, isTalking) {
  setFlags()
  // the thread reads content while Astro is still being loaded
  const { startThread } = await import('../../src/ask/ask-thread.mjs')
  startThread()
  const { build } = await import('astro')
  await build({ outDir, logLevel: isTalking ? 'info' : 'warn' })
}

/** How V8 shall run, in all threads that are started later too. */
function setFlags() {
  // Garbage is collected sooner than V8 would: two thirds of the memory, and hardly any time.
  setFlagsFromString('--heap-growing-percent=60')
  // Astro's compiler compiles some thirty files: WebAssembly that is made fast in the background is ready too late.
  setFlagsFromString('--liftoff-only')
  optimizeLater()
}
