/** What the head of a page says to search engines and to those who show a link to it. */
import { type Html, html } from '#lib/site/render/html.ts'
import type { Site } from './site.ts'

/** The size of every picture, in pixels: what services ask for. */
export const PICTURE_SIZE = { width: 1200, height: 630 } as const

/** What a page says of itself. */
export interface SharedPage {
  readonly title: string
  readonly description: string
  /** Its address, or that of the page to keep in its place; null: search engines shall keep none. */
  readonly canonical: string | null
  /** The address of its picture. */
  readonly picture: string
}

/** The tags of a page on the site at `origin` ("https://kfuncs.example"): addresses in them must name their host. */
export function shareTags(origin: string, page: SharedPage): Html {
  const { title, description, canonical, picture } = page
  const whole = (path: string) => new URL(path, origin).href
  const address =
    canonical !== null &&
    html`<link rel="canonical" href="${whole(canonical)}"><meta property="og:url" content="${whole(canonical)}">`
  return html`${address}<meta property="og:site_name" content="Kfunc Atlas"><meta property="og:type" content="website"><meta property="og:title" content="${title}"><meta property="og:description" content="${description}"><meta property="og:image" content="${whole(
    picture,
  )}"><meta property="og:image:width" content="${PICTURE_SIZE.width}"><meta property="og:image:height" content="${
    PICTURE_SIZE.height
  }"><meta name="twitter:card" content="summary_large_image">`
}

/**
 * The address that search engines keep for the page of a kfunc in a release: its own in the newest release that has
 * the kfunc. Older ones say nearly the same, and give way to the stable page, which outlives every release.
 */
export function canonicalKfunc({ catalog, urls }: Site, release: string, name: string): string {
  return catalog.sightings(name)[0]?.head.id === release ? urls.kfunc(release, name) : urls.kfuncHistory(name)
}
