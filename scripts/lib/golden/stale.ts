/** Whether a built site is older than what it is made of. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MADE_OF = ['content', 'src', 'public', 'astro.config.mjs', 'package-lock.json']

/** The path of a source that was written after the site was built; null where there is none. */
export function newerThan(dist: string): string | null {
  const home = join(dist, 'index.html')
  if (!existsSync(home)) return null
  const built = statSync(home).mtimeMs
  const files = MADE_OF.filter(existsSync).flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
      : [path],
  )
  return files.find((file) => statSync(file).isFile() && statSync(file).mtimeMs > built) ?? null
}
