import type { APIContext } from 'astro'
import { apiText } from '#lib/site/api-text.ts'
import { site } from '../../layouts/site.ts'

/** One file for each release. */
export function getStaticPaths() {
  return site.catalog.releases.map(({ release: { id } }) => ({ params: { release: id }, props: { id } }))
}

/** `/api/v<id>.txt`. */
export function GET({ props }: APIContext<{ id: string }>): Response {
  return new Response(apiText(site.catalog.release(props.id)))
}
