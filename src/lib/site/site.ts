import type { Release } from '#lib/model/published.ts'
import { type Catalog, makeCatalog } from './catalog.ts'
import { type DocText, docText } from './doc-text.ts'
import { cHighlighter, type Highlighter } from './highlight.ts'
import { type SiteUrls, siteUrls } from './urls.ts'

/** What every page is made of: the releases, the addresses, and the two renderers with their memories. */
export interface Site {
  readonly catalog: Catalog
  readonly urls: SiteUrls
  readonly doc: DocText
  readonly highlighter: Highlighter
}

/** Makes a site of releases, which come oldest first, that lives under `base`. */
export function makeSite(releases: readonly Release[], base: string): Site {
  return {
    catalog: makeCatalog(releases),
    urls: siteUrls(base),
    doc: docText(),
    highlighter: cHighlighter(),
  }
}
