/**
 * Builds the site, as npm run build and the benchmark do. Plain JavaScript, as what it starts is: compiling it would
 * be the slowest thing that it does.
 */
import { tuneForBuild } from './v8.mjs'

/**
 * Makes the site from content/ in the folder `outDir`. Call it once in a process, before anything else is imported
 * that takes long. A line a page with `isTalking`, else warnings alone.
 * @param {string} outDir
 * @param {boolean} isTalking
 */
export async function buildSite(outDir, isTalking) {
  tuneForBuild()
  // the thread reads content while Astro is still being loaded
  const { startThread } = await import('../../src/ask/ask-thread.mjs')
  startThread()
  const { build } = await import('astro')
  await build({ outDir, logLevel: isTalking ? 'info' : 'warn' })
}
