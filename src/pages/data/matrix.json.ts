import { files } from '../../layouts/site.ts'

/** `/data/matrix.json`. */
export function GET(): Response {
  return new Response(files.matrix())
}
