/** Holds filters against the kfuncs. What a filter asks is asked of the release that a hit opens. */
import { releaseOrder } from '#lib/model/order.ts'
import { callableIn, factsIn, releaseToOpen, type SearchData, type SearchKfunc } from './data.ts'
import { isInSet } from './release-set.ts'
import type { FilterKey, TypedFilter } from './typed-query.ts'

/** What a filter means here. */
export interface ResolvedFilter extends TypedFilter {
  /** How the value is spelled in full; null: there is no such thing here. */
  readonly name: string | null
}

const PROGRAM_TYPE = /^bpf_prog_type_/

/** The values that a filter can have, in full. */
export function filterValues(data: SearchData, key: FilterKey): readonly string[] {
  switch (key) {
    case 'flag':
      return data.flags
    case 'type':
      return data.programTypes
    case 'since':
      return data.introduced
    case 'in':
      return data.releases
    case 'returns':
    case 'arg':
      return data.types
    case 'suffix':
      return data.suffixes
  }
}

/** Finds the value that is meant: in any case, flags without `KF_` too, program types with their prefix too. */
export function resolveFilter(data: SearchData, { key, value }: TypedFilter): ResolvedFilter {
  const typed = value.toLowerCase().replace(key === 'type' ? PROGRAM_TYPE : /^$/, '')
  const names = filterValues(data, key)
  const found = names.find((name) => {
    const lower = name.toLowerCase()
    return lower === typed || (key === 'flag' && lower === `kf_${typed}`)
  })
  // a release that brought no kfunc, or was not read, still parts the older from the newer
  const isRelease = key === 'since' && /^\d+\.\d+$/.test(value)
  return { key, value, name: found ?? (isRelease ? value : null) }
}

/** Which release a query asks of: the last that it names, else the one at hand; -1: neither. */
export function releaseAsked(
  data: SearchData,
  filters: readonly ResolvedFilter[],
  atHand: string | null,
): number {
  const named = filters.findLast(({ key }) => key === 'in')?.name
  return data.releases.indexOf(named ?? atHand ?? '')
}

/**
 * Makes the test of all filters together. Program types are asked of the asked release alone: who looks at 6.12 does not
 * want to hear what may be called on 7.3.
 */
export function filterTest(
  data: SearchData,
  filters: readonly ResolvedFilter[],
  asked: number,
): (kfunc: SearchKfunc) => boolean {
  const tests = filters.map((filter) => oneTest(data, filter, asked))
  return (kfunc) => {
    const open = releaseToOpen(data, kfunc, asked)
    return tests.every((test) => test(kfunc, open))
  }
}

type Test = (kfunc: SearchKfunc, open: number) => boolean

function oneTest(data: SearchData, { key, name }: ResolvedFilter, asked: number): Test {
  if (name === null) return () => false
  const index = filterValues(data, key).indexOf(name)
  switch (key) {
    case 'flag':
      return (kfunc, open) => factsIn(kfunc, open)?.[3].includes(index) ?? false
    case 'type':
      return (kfunc, open) =>
        (asked < 0 || asked === open) && (callableIn(data, kfunc, open)?.includes(index) ?? false)
    case 'since':
      return ([, , introduced]) => {
        const release = data.introduced[introduced]
        return release !== undefined && releaseOrder(release, name) >= 0
      }
    case 'in':
      return ([, releases]) => isInSet(releases, index)
    case 'returns':
      return (kfunc, open) => factsIn(kfunc, open)?.[1] === index
    case 'arg':
      return (kfunc, open) => factsIn(kfunc, open)?.[2].includes(index) ?? false
    case 'suffix':
      return (kfunc, open) => factsIn(kfunc, open)?.[4].includes(index) ?? false
  }
}
