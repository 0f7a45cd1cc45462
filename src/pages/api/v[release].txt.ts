import type { APIContext } from 'astro'
import { ask } from '#ask'
import { releases } from '../../layouts/releases.ts'

/** One file for each release. */
export function getStaticPaths() {
  return releases.map((id) => ({ params: { release: id }, props: { id } }))
}

/** `/api/v<id>.txt`. */
export async function GET({ props }: APIContext<{ id: string }>): Promise<Response> {
  return new Response(await ask('apiText', props.id))
}
