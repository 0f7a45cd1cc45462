import type { APIContext } from 'astro'
import { files, site } from '../../layouts/site.ts'

/** One file for each release. */
export function getStaticPaths() {
  return site.catalog.releases.map(({ release: { id } }) => ({ params: { release: id }, props: { id } }))
}

/** `/data/<id>.json`. */
export function GET({ props }: APIContext<{ id: string }>): Response {
  return new Response(files.release(props.id))
}
