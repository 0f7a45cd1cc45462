/** Does a reading of a filter change an answer: the rule `filter-idle`. */
import type { Extracted } from '#lib/model/extracted.ts'
import type { FilterReadings, Reading } from '#lib/model/filter-reading.ts'
import type { Complaint } from '#lib/publish/history/introduced.ts'
import { programTypesOf } from '#lib/publish/release.ts'
import { type ReadFilter, readFilters } from '#lib/publish/support/filters.ts'
import { supportOf } from '#lib/publish/support/program-types.ts'

/** A release with all of its filters as they were read. */
export interface ReleaseWithFilters {
  readonly extracted: Extracted
  readonly filters: readonly ReadFilter[]
}

/** A release with its filters as the readings have them. */
export function readRelease(extracted: Extracted, readings: readonly FilterReadings[]): ReleaseWithFilters {
  return { extracted, filters: readFilters(extracted, readings) }
}

/**
 * Complains of a reading that changes no answer, and of a way through that lets nothing through. `own` are the releases
 * whose source of the filter `name` is what the reading is pinned to; `keys` lead to the reading.
 */
export function checkEffect(
  name: string,
  reading: Reading,
  own: readonly ReleaseWithFilters[],
  keys: Complaint['keys'],
): Complaint[] {
  const complain = (message: string, ...more: Complaint['keys']): Complaint[] => [
    { rule: 'filter-idle', message, keys: [...keys, ...more] },
  ]
  // where pins are wrong, that is said of each
  if (own.length === 0)
    return Object.keys(reading.pins).length > 0
      ? []
      : complain('this reading is pinned to no release: give it a pin, or take it out')
  const isIdle = !own.some(({ extracted, filters }) => {
    const others = filters.filter(({ filter }) => filter.name !== name)
    return differs(extracted, governedBy(filters, name), filters, others)
  })
  if (isIdle)
    return complain(
      'with this reading every answer is as if there were no filter, in every release it is pinned to: correct "governs" or "allows"',
    )
  return reading.allows.flatMap((allow, i) => {
    const letsThrough = own.some(({ extracted, filters }) =>
      filters
        .filter(({ filter }) => filter.name === name)
        .some((filter) =>
          differs(
            extracted,
            filter.governs,
            [{ ...filter, reading: { ...reading, allows: [allow] } }],
            [{ ...filter, reading: { ...reading, allows: [] } }],
          ),
        ),
    )
    if (letsThrough) return []
    return complain(
      'this way lets no kfunc through for any program type, in any release the reading is pinned to: correct it, or take it out',
      'allows',
      i,
    )
  })
}

const governedBy = (filters: readonly ReadFilter[], name: string): ReadonlySet<string> =>
  new Set(filters.filter(({ filter }) => filter.name === name).flatMap(({ governs }) => [...governs]))

/** Do these filters answer otherwise than those, for any of these kfuncs and any program type? */
function differs(
  extracted: Extracted,
  names: ReadonlySet<string>,
  some: readonly ReadFilter[],
  others: readonly ReadFilter[],
): boolean {
  const types = programTypesOf(extracted)
  return extracted.kfuncs
    .filter(({ name }) => names.has(name))
    .some((kfunc) =>
      types.some((type) => {
        const [a, b] = [some, others].map((filters) => supportOf(kfunc, type, extracted, filters, []))
        return a?.callable !== b?.callable || JSON.stringify(a?.when) !== JSON.stringify(b?.when)
      }),
    )
}
