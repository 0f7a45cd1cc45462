/** What the releases around one that is extracted tell of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonFilesIn, readJson } from '#content-fs'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { citedPaths } from '#lib/model/source-files.ts'
import { Failure } from '../cli/failure.ts'

/** All that is asked of a stored release here, so that one of an older form will do: it may be the next to be extracted. */
const Neighbour = z.object({
  release: z.object({ coverage: z.string() }),
  kfuncs: z.array(z.object({ registrations: z.unknown(), definition: z.unknown() })),
})

/**
 * The C files that have the kfuncs of the nearest release with source before `id`, and of the nearest after it, as they are
 * stored in `out`: where they list, register and define them.
 */
export function filesOfNeighbours(out: string, id: string): string[] {
  const ids = existsSync(out)
    ? jsonFilesIn(out)
        .map((path) => path.replace(/^.*[/\\]|\.json$/g, ''))
        .sort(releaseOrder)
    : []
  const before = nearestWithSource(out, ids.filter((other) => releaseOrder(other, id) < 0).reverse())
  const after = nearestWithSource(
    out,
    ids.filter((other) => releaseOrder(other, id) > 0),
  )
  const kfuncs = [before, after].flatMap((release) => release?.kfuncs ?? [])
  const paths = citedPaths(kfuncs.map(({ registrations, definition }) => [registrations, definition]))
  return [...paths].filter((path) => path.endsWith('.c')).sort(byteOrder)
}

function nearestWithSource(out: string, ids: readonly string[]): z.infer<typeof Neighbour> | null {
  for (const id of ids) {
    const path = join(out, `${id}.json`)
    const { success, data } = Neighbour.safeParse(readJson(path).value)
    if (!success) throw new Failure(`${path} is no release`, { hint: `extract it again, or move it away` })
    if (data.release.coverage !== 'btf-only') return data
  }
  return null
}
