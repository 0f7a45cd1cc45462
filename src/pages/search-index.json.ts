import { ask } from '#ask'

/** What the search script fetches on first use. */
export async function GET(): Promise<Response> {
  return new Response(await ask('searchIndex'))
}
