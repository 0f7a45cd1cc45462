/** Releases with fewer kfuncs than the releases on both sides of them. */
import type { ContentFile } from '#content-fs'
import type { Extracted } from '#lib/model/extracted.ts'
import { releaseOrder } from '#lib/model/order.ts'
import { type Problem, problemAt } from './problem.ts'

/** How many names a complaint lists. */
const MOST_NAMES = 5

interface StoredRelease {
  readonly file: ContentFile
  readonly data: Extracted
}

/**
 * Kfuncs come far more often than they go: a release read from source with fewer of them than the ones read before and after it
 * was most likely not read whole.
 */
export function fewerNames(stored: readonly StoredRelease[]): Problem[] {
  const row = stored
    .filter(({ data: { release } }) => release.coverage !== 'btf-only')
    .sort((a, b) => releaseOrder(a.data.release.id, b.data.release.id))
    .map(({ file, data }) => ({ file, id: data.release.id, names: namesOf(data) }))
  return row.slice(1, -1).flatMap(({ file, id, names }, i) => {
    const before = row[i]
    const after = row[i + 2]
    if (!before || !after) return []
    if (names.size >= before.names.size || names.size >= after.names.size) return []
    const lacking = [...before.names].filter((name) => after.names.has(name) && !names.has(name))
    const listed = lacking.slice(0, MOST_NAMES).join(', ') + (lacking.length > MOST_NAMES ? ', …' : '')
    const message = `${id} has ${names.size} kfuncs, fewer than ${before.id} (${before.names.size}) and ${after.id} (${after.names.size}); both have ${listed || 'none that it lacks'}: see whether its source was whole, and extract it again`
    return [problemAt(file, { rule: 'fewer-names', message, keys: ['kfuncs'] })]
  })
}

const namesOf = ({ kfuncs }: Extracted): Set<string> =>
  new Set(kfuncs.filter(({ kind }) => kind === 'callable').map(({ name }) => name))
