import type { APIContext } from 'astro'
import { ask } from '#ask'

/** One list for each release whose source was read. */
export async function getStaticPaths() {
  return (await ask('releasesWithFiles')).map((id) => ({ params: { release: id }, props: { id } }))
}

/** `/data/<id>.files.txt`: a line a source file: git's object id, two spaces, the path. */
export async function GET({ props }: APIContext<{ id: string }>): Promise<Response> {
  return new Response(await ask('sourceFiles', props.id))
}
