/** Id sets joined with the calls that register them. */
import type { CFile } from '#lib/c/scan.ts'
import type { IdSet, IdSetEntry } from '#lib/kfunc/id-sets.ts'
import type { RegisterCall } from '#lib/kfunc/registrations.ts'
import type { FmodRetSet } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Flag, Registration, SourceRef } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A set and one call that registers it for a program type. */
export interface RegisteredSet {
  readonly set: IdSet
  readonly call: RegisterCall & { readonly programType: string }
}

/** A registration of one kfunc, with where it came from. */
export interface KfuncRegistration extends RegisteredSet {
  readonly entry: IdSetEntry
  readonly registration: Omit<Registration, 'config'>
}

/** The place of an offset, as the data has it. */
export function refAt(file: CFile, offset: number): SourceRef {
  const { path, line } = placeOf(file.source, offset)
  return { path, line }
}

const setOf = (call: RegisterCall, sets: readonly IdSet[]): IdSet | undefined => {
  const named = sets.filter((set) => set.name === call.kset.set)
  return named.find((set) => set.file === call.kset.file) ?? (named.length === 1 ? named[0] : undefined)
}

/** Joins the calls that register kfuncs with their sets; any call whose set is not to be found is reported. */
export function joinSets(
  calls: readonly RegisterCall[],
  sets: readonly IdSet[],
  report: Report,
): RegisteredSet[] {
  return calls.flatMap((call) => {
    const { programType } = call
    const set = setOf(call, sets)
    if (set) return programType ? [{ set, call: { ...call, programType } }] : []
    const message = `the id set ${call.kset.set} that this call registers was not found`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(call.file.source, call.at) })
    return []
  })
}

/**
 * Reports sets that no call registers and whose kfuncs are in no set that one does. A set that only names what others
 * register is the input of a filter, and no loss.
 */
export function reportUnregistered(
  sets: readonly IdSet[],
  calls: readonly RegisterCall[],
  report: Report,
): void {
  const registered = new Set(calls.map((call) => setOf(call, sets)))
  const known = new Set([...registered].flatMap((set) => set?.entries.map(({ name }) => name) ?? []))
  for (const set of sets) {
    const lost = set.entries.filter(({ name }) => !known.has(name))
    if (registered.has(set) || lost.length === 0) continue
    const message = `nothing registers ${set.name}: its ${lost.length} functions are not taken for kfuncs (${lost.map(({ name }) => name).join(', ')})`
    report({
      rule: 'id-set-not-registered',
      message,
      kfunc: null,
      place: placeOf(set.file.source, set.start),
    })
  }
}

/** The sets of attach points for fmod_ret programs. */
export function findFmodRetSets(calls: readonly RegisterCall[], sets: readonly IdSet[]): FmodRetSet[] {
  return calls.flatMap((call) => {
    const set = call.programType ? undefined : setOf(call, sets)
    if (!set) return []
    return [{ set: set.name, names: set.entries.map((entry) => entry.name), at: refAt(set.file, set.start) }]
  })
}

/** The registrations of each kfunc, by path and line of the register call. */
export function registrationsByName(
  registered: readonly RegisteredSet[],
  defined: readonly Flag[],
  report: Report,
): Map<string, KfuncRegistration[]> {
  const byName = new Map<string, KfuncRegistration[]>()
  for (const { set, call } of registered)
    for (const entry of set.entries) {
      const registration = {
        set: set.name,
        flags: inBitOrder(entry, set, defined, report),
        programType: call.programType,
        filter: call.kset.filter,
        at: refAt(call.file, call.at),
        entry: refAt(set.file, entry.at),
      }
      byName.set(entry.name, [...(byName.get(entry.name) ?? []), { set, call, entry, registration }])
    }
  const key = ({ registration: { at } }: KfuncRegistration): string =>
    `${at.path} ${String(at.line).padStart(7)}`
  for (const homes of byName.values()) homes.sort((a, b) => byteOrder(key(a), key(b)))
  return byName
}

/** The flags of an entry in bit order. A flag that the release does not define is reported, and kept. */
function inBitOrder(entry: IdSetEntry, set: IdSet, defined: readonly Flag[], report: Report): string[] {
  const bits = new Map(defined.map((flag) => [flag.name, flag.bit]))
  for (const flag of entry.flags) {
    if (bits.has(flag)) continue
    const message = `${entry.name} has ${flag}, which include/linux/btf.h does not define`
    report({ rule: 'flag-undefined', message, kfunc: entry.name, place: placeOf(set.file.source, entry.at) })
  }
  return [...entry.flags].sort((a, b) => (bits.get(a) ?? 32) - (bits.get(b) ?? 32))
}
