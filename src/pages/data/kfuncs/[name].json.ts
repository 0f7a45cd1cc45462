import type { APIContext } from 'astro'
import { ask } from '#ask'

/** One file for each kfunc that a release lists. */
export async function getStaticPaths() {
  return (await ask('names')).map((name) => ({ params: { name }, props: { name } }))
}

/** `/data/kfuncs/<name>.json`. */
export async function GET({ props }: APIContext<{ name: string }>): Promise<Response> {
  return new Response(await ask('kfuncFile', props.name))
}
