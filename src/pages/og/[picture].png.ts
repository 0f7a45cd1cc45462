import type { APIContext } from 'astro'
import { ask } from '#ask'
import { drawPicture } from '../../picture-fs.ts'

/** A picture for each kfunc, and one for all other pages. Without an address of the site no page refers to them, and there are none. */
export async function getStaticPaths() {
  if (!import.meta.env.SITE) return []
  const kfuncs = (await ask('names')).map((name) => ({ params: { picture: name }, props: { name } }))
  return [{ params: { picture: 'kfunc-atlas' }, props: { name: null } }, ...kfuncs]
}

/** `/og/<name>.png`. */
export async function GET({ props: { name } }: APIContext<{ name: string | null }>): Promise<Response> {
  return new Response(new Uint8Array(drawPicture(await ask('picture', name))))
}
