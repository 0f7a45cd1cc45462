import type { APIContext } from 'astro'
import { openSearch } from '#lib/site/files/open-search.ts'
import { urls } from '../components/addresses.ts'

/** One file, and none where the site knows no address of its own. */
export function getStaticPaths() {
  return import.meta.env.SITE ? [{ params: { opensearch: 'opensearch' } }] : []
}

/** `/opensearch.xml`. */
export function GET({ site: address }: APIContext): Response {
  return new Response(openSearch(address?.origin ?? '', urls))
}
