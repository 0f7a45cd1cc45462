/** What the filters and checks of a release let through, by the readings that people wrote. */
import type { Extracted, FilterFunction } from '#lib/model/extracted.ts'
import type { Allow, FilterReadings, Reading } from '#lib/model/filter-reading.ts'
import { anyCallable, type Callability } from '#lib/publish/support/callability.ts'

/** A filter or check of a release with its meaning; `reading` null: no one has read this source. */
export interface ReadFilter {
  readonly filter: FilterFunction
  readonly reading: Reading | null
  /** The hooks that it runs on; null: on every call. */
  readonly hooks: ReadonlySet<string> | null
  readonly governs: ReadonlySet<string>
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>
}

/** The reading that holds for this source of a filter; null: none. */
export function readingFor(filter: FilterFunction, readings: readonly FilterReadings[]): Reading | null {
  const own = readings.find(({ name }) => name === filter.name)
  const { sha256 } = filter
  return own?.readings.find(({ pins }) => sha256 !== null && Object.values(pins).includes(sha256)) ?? null
}

/** The filters and checks of a release, each with its reading, its hooks and the kfuncs that it narrows. */
export function readFilters(extracted: Extracted, readings: readonly FilterReadings[]): ReadFilter[] {
  const tables = new Map<string, Set<string>>()
  for (const { name, kfuncs } of extracted.tables) tables.set(name, new Set(kfuncs))
  for (const { name, registrations } of extracted.kfuncs)
    for (const { set } of registrations ?? []) tables.set(set, (tables.get(set) ?? new Set()).add(name))
  return extracted.filters.map((filter) => {
    const reading = readingFor(filter, readings)
    // what an unread filter may narrow: the sets it is registered with, and those it asks
    const names = reading?.governs ?? [...filter.sets, ...filter.asks]
    const governs = new Set(names.flatMap((name) => [...(tables.get(name) ?? [])]))
    return {
      filter,
      reading,
      hooks: filter.kind === 'check' ? null : hooksOf(extracted, filter.sets),
      governs,
      tables,
    }
  })
}

/** The hooks that any of the sets is registered for. */
export function hooksOf({ kfuncs, hooks }: Extracted, sets: readonly string[]): Set<string> {
  const types = kfuncs.flatMap(({ registrations }) =>
    (registrations ?? []).filter(({ set }) => sets.includes(set)).map(({ programType }) => programType),
  )
  return new Set(
    hooks.filter((hook) => hook.programTypes.some((type) => types.includes(type))).map(({ name }) => name),
  )
}

/** Does it look at this kfunc, called by way of this hook? */
export function filterApplies({ hooks, governs }: ReadFilter, kfunc: string, hook: string): boolean {
  return governs.has(kfunc) && (hooks === null || hooks.has(hook))
}

/** What it says to a program of this type that calls a kfunc it concerns. */
export function filterAnswer(
  { filter, reading, tables }: ReadFilter,
  kfunc: string,
  programType: string,
): Callability {
  if (!reading) return [{ unread: filter.name }]
  const isIn = (set: string): boolean => tables.get(set)?.has(kfunc) ?? false
  const fits = ({ sets, notIn, programTypes, exceptProgramTypes }: Allow): boolean =>
    (!sets || sets.some(isIn)) &&
    !notIn?.some(isIn) &&
    (!programTypes || programTypes.includes(programType)) &&
    !exceptProgramTypes?.includes(programType)
  return reading.allows
    .filter(fits)
    .reduce<Callability>((answer, { when }) => anyCallable(answer, when ? [when] : true), false)
}
