import { files } from '../../layouts/site.ts'

/** `/data/index.json`. */
export function GET(): Response {
  return new Response(files.index())
}
