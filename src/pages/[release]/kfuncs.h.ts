import type { APIContext } from 'astro'
import { ask } from '#ask'
import { releases } from '../../layouts/releases.ts'

/** One header for each release. */
export function getStaticPaths() {
  return releases.map((id) => ({ params: { release: id }, props: { id } }))
}

/** `/<release>/kfuncs.h`: the declarations of all its kfuncs. */
export async function GET({ props }: APIContext<{ id: string }>): Promise<Response> {
  return new Response(await ask('headerText', props.id))
}
