import { searchData } from '#lib/site/search-data.ts'
import { site } from '../layouts/site.ts'

/** What the search script fetches on first use. */
export function GET(): Response {
  return new Response(`${JSON.stringify(searchData(site.catalog))}\n`)
}
