import type { SiteUrls } from '#lib/site/links/urls.ts'
import { html } from '#lib/site/render/html.ts'

/**
 * The description by which a browser adds the site to its search engines (OpenSearch 1.1). It needs whole addresses:
 * `origin` is the site's host, "https://kfuncs.example".
 */
export function openSearch(origin: string, urls: SiteUrls): string {
  const description =
    'Kernel functions that BPF programs may call, by name, flag, program type, release and types.'
  return `<?xml version="1.0" encoding="UTF-8"?>
${
  html`<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>Kfunc Atlas</ShortName><Description>${description}</Description><InputEncoding>UTF-8</InputEncoding><Url type="text/html" method="get" template="${`${origin}${urls.search}?q={searchTerms}`}"/></OpenSearchDescription>`
    .html
}
`
}
