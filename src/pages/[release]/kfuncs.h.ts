import type { APIContext } from 'astro'
import { headerText } from '#lib/site/header-text.ts'
import { site } from '../../layouts/site.ts'

/** One header for each release. */
export function getStaticPaths() {
  return site.catalog.releases.map(({ release: { id } }) => ({ params: { release: id }, props: { id } }))
}

/** `/<release>/kfuncs.h`: the declarations of all its kfuncs. */
export function GET({ props }: APIContext<{ id: string }>): Response {
  return new Response(headerText(site, props.id))
}
