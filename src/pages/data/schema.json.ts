import { ask } from '#ask'

/** `/data/schema.json`. */
export async function GET(): Promise<Response> {
  return new Response(await ask('schemaFile'))
}
