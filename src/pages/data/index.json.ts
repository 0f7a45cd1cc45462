import { ask } from '#ask'

/** `/data/index.json`. */
export async function GET(): Promise<Response> {
  return new Response(await ask('indexFile'))
}
