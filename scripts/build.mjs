/** npm run build: makes the site from content/. What is in dist stays until all of the new site is made. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { buildSite } from './lib/build/build-site.mjs'

const OUT = 'dist'
/** Made here, beside it, so that it can be put in place by its name alone; and what was there before. */
const [MADE, BEFORE] = ['dist-new.part', 'dist-old.part']

const WHOLE = { recursive: true, force: true }

/** Removes them; the old site is put back where it was taken away and none took its place. */
function removeParts() {
  if (existsSync(BEFORE) && !existsSync(OUT)) renameSync(BEFORE, OUT)
  for (const folder of [MADE, BEFORE]) rmSync(folder, WHOLE)
}

/** What is said of it when this ends. */
let outcome = `${OUT} is as it was`

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    removeParts()
    process.stderr.write(`build: interrupted; ${outcome}\n`)
    process.exit(130)
  })

try {
  const since = performance.now()
  removeParts()
  // a line a page on a terminal, nothing in a pipe
  await buildSite(MADE, process.stdout.isTTY)
  if (existsSync(OUT)) renameSync(OUT, BEFORE)
  renameSync(MADE, OUT)
  outcome = `${OUT} is made`
  process.stdout.write(`build: ${outcome} (${((performance.now() - since) / 1000).toFixed(1)} s)\n`)
  // thousands of files, which may lie on a slow disk: several at once
  await rm(BEFORE, WHOLE)
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`build: ${process.env.DEBUG ? stack : message}\n  ${outcome}\n`)
  process.exitCode = 1
  removeParts()
}
