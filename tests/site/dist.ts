import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The built site that the tests look at; DIST in the environment names another. */
export const DIST = process.env.DIST ?? 'dist'

/** Paths of all files of the built site with that ending, relative to it, sorted. Throws when nothing was built. */
export function builtFiles(ending: string): string[] {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error(`${DIST} holds no site: run npm run build first`)
  return readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(DIST, join(entry.parentPath, entry.name)))
    .sort()
}

/** The text of a file of the built site. */
export function built(path: string): string {
  return readFileSync(join(DIST, path), 'utf8')
}
