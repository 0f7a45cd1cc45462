import { schemaFile } from '#lib/site/data-files.ts'

/** `/data/schema.json`. */
export function GET(): Response {
  return new Response(schemaFile())
}
