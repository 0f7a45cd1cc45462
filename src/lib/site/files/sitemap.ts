/** The files that tell search engines which pages there are. */
import { escapeHtml } from '#lib/site/render/html.ts'

/** The most addresses that one sitemap may hold, by sitemaps.org. */
const MOST = 50_000
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** A file of the site. */
export interface SiteFile {
  /** Relative to the site: "sitemap.xml". */
  readonly path: string
  readonly text: string
}

/**
 * `sitemap.xml` with these addresses, in the order given, or, where they are more than `most`, an index of sitemaps beside it.
 * `home` is the whole address of the site, with a slash at its end.
 */
export function sitemapFiles(home: string, addresses: readonly string[], most = MOST): SiteFile[] {
  if (addresses.length <= most) return [{ path: 'sitemap.xml', text: listOf('urlset', 'url', addresses) }]
  const parts = Array.from({ length: Math.ceil(addresses.length / most) }, (_, i) => ({
    path: `sitemap-${i + 1}.xml`,
    text: listOf('urlset', 'url', addresses.slice(i * most, (i + 1) * most)),
  }))
  const index = listOf(
    'sitemapindex',
    'sitemap',
    parts.map(({ path }) => home + path),
  )
  return [{ path: 'sitemap.xml', text: index }, ...parts]
}

/** `robots.txt`: every page may be read, and the sitemap says which there are. */
export function robotsFile(home: string): SiteFile {
  return { path: 'robots.txt', text: `User-agent: *\nAllow: /\n\nSitemap: ${home}sitemap.xml\n` }
}

function listOf(list: string, entry: string, addresses: readonly string[]): string {
  const entries = addresses.map((address) => `<${entry}><loc>${escapeHtml(address)}</loc></${entry}>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="${NAMESPACE}">\n${entries.join('')}</${list}>\n`
}
