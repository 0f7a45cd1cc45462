import type { APIContext } from 'astro'
import { kfuncPicture, sitePicture } from '#lib/site/picture.ts'
import { site } from '../../layouts/site.ts'
import { drawPicture } from '../../picture-fs.ts'

/** A picture for each kfunc, and one for all other pages. Without an address of the site no page refers to them, and there are none. */
export function getStaticPaths() {
  if (!import.meta.env.SITE) return []
  const kfuncs = site.catalog.names.map((name) => ({ params: { picture: name }, props: { name } }))
  return [{ params: { picture: 'kfunc-atlas' }, props: { name: null } }, ...kfuncs]
}

/** `/og/<name>.png`. */
export function GET({ props: { name } }: APIContext<{ name: string | null }>): Response {
  const svg = name === null ? sitePicture(site) : kfuncPicture(site, name)
  return new Response(new Uint8Array(drawPicture(svg)))
}
