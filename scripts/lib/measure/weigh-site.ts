/** Weighs the files of a built site. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { WeighedPage, WeighedSite } from '#lib/site/files/budgets.ts'
import { META_POLICY } from '#lib/site/files/content-policy.ts'

/** What makes a browser ask for a file as the page is opened. Addresses that only name a page are none. */
const ASKS =
  /<(?:link(?=[^>]*rel="?(?:stylesheet|icon|preload|modulepreload|manifest))|script|img|iframe|source|video|audio|object|embed)\b[^>]*\b(?:href|src|srcset|data)="?(?:https?:)?\/\/[^>]*>/g
const SCRIPT = /<script(?![^>]* src=)[^>]*>([\s\S]*?)<\/script>/g
const INLINE = /<style\b|<[^>]+ (?:on[a-z]+|style)=[^>]*>|href="javascript:/g

/** Weighs every file in `root`. Throws an error of the operating system where one cannot be read. */
export function weighSite(root: string): WeighedSite {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const sizes = new Map<string, number>()
  const gz = (path: string) => {
    const size = sizes.get(path) ?? gzipSync(readFileSync(join(root, path))).length
    sizes.set(path, size)
    return size
  }
  const scripts = new Map<string, ReadonlySet<string>>()
  const loaded = (script: string): ReadonlySet<string> => {
    const known = scripts.get(script) ?? withImports(root, script)
    scripts.set(script, known)
    return known
  }
  const ending = (end: string) => files.filter((path) => path.endsWith(end))
  const sum = (some: Iterable<number>) => [...some].reduce((a, b) => a + b, 0)
  return {
    pages: ending('.html').map((path) => weighPage(root, path, (name) => loaded(name), gz)),
    stylesGz: sum(ending('.css').map(gz)),
    searchGz: files.includes('search-index.json') ? gz('search-index.json') : null,
    files: files.length,
    bytes: sum(files.map((path) => statSync(join(root, path)).size)),
  }
}

function weighPage(
  root: string,
  path: string,
  loaded: (script: string) => ReadonlySet<string>,
  gz: (path: string) => number,
): WeighedPage {
  const content = readFileSync(join(root, path))
  const text = content.toString('utf8')
  const scripts = new Set<string>()
  for (const [, name = ''] of text.matchAll(/<script[^>]* src="[^"]*\/(_astro\/[^"]+)"/g))
    for (const script of loaded(name)) scripts.add(script)
  return {
    path,
    bytes: content.length,
    gz: gzipSync(content).length,
    scriptsGz: [...scripts].reduce((bytes, script) => bytes + gz(script), 0),
    refused: [
      ...[...text.matchAll(SCRIPT)].filter(([, code = '']) => !isAllowed(code)),
      ...text.matchAll(ASKS),
      ...text.matchAll(INLINE),
    ].map(([found]) => found),
  }
}

/** Whether the content policy has the hash of an inline script. */
function isAllowed(code: string): boolean {
  return META_POLICY.includes(`'sha256-${createHash('sha256').update(code).digest('base64')}'`)
}

/** A script and all that it imports at once; what is imported at need, after the reader turned to it, is no part of the page. */
function withImports(root: string, script: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(script)) return seen
  seen.add(script)
  for (const [, name = ''] of readFileSync(join(root, script), 'utf8').matchAll(
    /(?:from|import)"\.\/([^"]+)"/g,
  ))
    withImports(root, `_astro/${name}`, seen)
  return seen
}
