/**
 * Builds the site, as npm run build and the benchmark do. Plain JavaScript, as what it starts is: compiling it would
 * be the slowest thing that it does.
 */
import fs from 'node:fs'
import { tuneForBuild } from './v8.mjs'

/**
 * Makes the site from content/ in the folder `outDir`. Call it once in a process, before anything else is imported
 * that takes long. A line a page with `isTalking`, else warnings alone.
 * @param {string} outDir
 * @param {boolean} isTalking
 */
export async function buildSite(outDir, isTalking) {
  tuneForBuild()
  writeAtOnce()
  // the thread reads content while Astro is still being loaded
  const { startThread } = await import('../../../src/ask/ask-thread.mjs')
  startThread()
  const { build } = await import('astro')
  await build({ outDir, logLevel: isTalking ? 'info' : 'warn' })
}

/**
 * Has Astro write a page at once. It would hand each to Node's threads four times, which costs more than the writing
 * while pages are made and printed on every core.
 */
function writeAtOnce() {
  fs.promises.mkdir = async (path, options) => fs.mkdirSync(path, options)
  fs.promises.writeFile = async (path, text) => fs.writeFileSync(path, text)
}
