import { indexFile } from '#lib/site/data-files.ts'
import { site } from '../../layouts/site.ts'

/** `/data/index.json`. */
export function GET(): Response {
  return new Response(indexFile(site.catalog))
}
