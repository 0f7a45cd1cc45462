/** Writes the files for search engines beside the pages that they name. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { robotsFile, sitemapFiles } from '#lib/site/files/sitemap.ts'

/**
 * Writes sitemap and robots.txt into the built site in `root`, which is for the address `home`. In the sitemap is every
 * page that names itself as the one to keep: what a page says of itself is asked of the page, so that no list can lag.
 */
export function writeSitemap(root: string, home: string): void {
  const kept = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .flatMap((path) => {
      const address = home + path.replaceAll('\\', '/').replace(/index\.html$/, '')
      const canonical = /<link rel="canonical" href="([^"]+)"/.exec(
        readFileSync(join(root, path), 'utf8'),
      )?.[1]
      return canonical === address ? [address] : []
    })
    .sort()
  for (const { path, text } of [...sitemapFiles(home, kept), robotsFile(home)])
    writeFileSync(join(root, path), text)
}
