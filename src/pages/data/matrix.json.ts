import { ask } from '#ask'

/** `/data/matrix.json`. */
export async function GET(): Promise<Response> {
  return new Response(await ask('matrixFile'))
}
