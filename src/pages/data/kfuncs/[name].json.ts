import type { APIContext } from 'astro'
import { files, site } from '../../../layouts/site.ts'

/** One file for each kfunc that a release lists. */
export function getStaticPaths() {
  return site.catalog.names.map((name) => ({ params: { name }, props: { name } }))
}

/** `/data/kfuncs/<name>.json`. */
export function GET({ props }: APIContext<{ name: string }>): Response {
  return new Response(files.kfunc(props.name))
}
