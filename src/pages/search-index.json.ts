import { searchIndex } from '#lib/site/search-index.ts'
import { site } from '../layouts/site.ts'

/** What the search script fetches on first use. */
export function GET(): Response {
  return new Response(`${JSON.stringify(searchIndex(site))}\n`)
}
