/**
 * TypeScript as one file of JavaScript, which a thread can run: on Node 20 threads load no TypeScript, and anywhere one
 * file is loaded sooner than a hundred. Plain JavaScript: the program that builds the site runs it before anything is
 * compiled.
 */
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { CACHE } from './cache-folder.mjs'

/**
 * Compiles a module and all that it imports of ours, in a tenth of a second, and gives the address of the file `name`.
 * @param {URL} entry
 * @param {string} name
 */
export async function compiled(entry, name) {
  mkdirSync(CACHE, { recursive: true })
  const path = join(CACHE, `${name}.mjs`)
  // moved into place, for two programs may do so at once
  const partial = join(CACHE, `${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: partial,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  renameSync(partial, path)
  return pathToFileURL(path)
}
