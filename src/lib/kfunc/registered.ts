/** Id sets joined with the calls that register them. */
import type { CFile } from '#lib/c/scan.ts'
import type { IdSet, IdSetEntry } from '#lib/kfunc/id-sets.ts'
import type { RegisterCall } from '#lib/kfunc/registrations.ts'
import type { FmodRetSet } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Flag, Registration, SourceRef } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A set whose kfuncs have a flag by being in it, and the member of the kset that names it. */
interface FlagSet {
  readonly flag: string
  readonly member: string
  readonly set: IdSet
}

/** A set and one call that registers it for a program type. */
export interface RegisteredSet {
  readonly set: IdSet
  readonly flagSets: readonly FlagSet[]
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

/** The set of a name that a kset means: that of its own file, else the only one. */
const setNamed = (name: string, file: CFile, sets: readonly IdSet[]): IdSet | undefined => {
  const named = sets.filter((set) => set.name === name)
  return named.find((set) => set.file === file) ?? (named.length === 1 ? named[0] : undefined)
}

const setOf = ({ kset }: RegisterCall, sets: readonly IdSet[]): IdSet | undefined =>
  setNamed(kset.set, kset.file, sets)

/** Joins the calls that register kfuncs with their sets; any call one of whose sets is not to be found is reported. */
export function joinSets(
  calls: readonly RegisterCall[],
  sets: readonly IdSet[],
  report: Report,
): RegisteredSet[] {
  return calls.flatMap((call) => {
    const { programType } = call
    const set = setOf(call, sets)
    if (set)
      return programType
        ? [{ set, flagSets: flagSetsOf(call, sets, report), call: { ...call, programType } }]
        : []
    const message = `the id set ${call.kset.set} that this call registers was not found`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(call.file.source, call.at) })
    return []
  })
}

function flagSetsOf(call: RegisterCall, sets: readonly IdSet[], report: Report): FlagSet[] {
  return call.kset.flagSets.flatMap(({ flag, member, set: name }) => {
    const set = setNamed(name, call.kset.file, sets)
    if (set) return [{ flag, member, set }]
    const message = `the id set ${name} that this call registers as .${member} was not found: which kfuncs have ${flag} is not known`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(call.file.source, call.at) })
    return []
  })
}

/**
 * Reports sets that no call registers and whose kfuncs are in no set that one does. A set that only names what others
 * register is the input of a filter, and no loss. Of sets without flags, which hold other things as well, those count whose
 * name says that they are of kfuncs.
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
    const isOfKfuncs = set.hasFlags || set.name.includes('kfunc')
    if (!isOfKfuncs || registered.has(set) || lost.length === 0) continue
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
  for (const { set, flagSets, call } of registered)
    for (const entry of set.entries) {
      const sources = flagSets.flatMap(({ flag, member, set: of }) => {
        const listed = of.entries.find(({ name }) => name === entry.name)
        return listed ? [{ flag, member, set: of.name, at: refAt(of.file, listed.at) }] : []
      })
      const registration = {
        set: set.name,
        flags: [...inBitOrder(entry, set, defined, report), ...sources.map(({ flag }) => flag)],
        ...(sources.length > 0 ? { flagSets: sources } : {}),
        programType: call.programType,
        filter: call.kset.filter,
        at: refAt(call.file, call.at),
        entry: refAt(set.file, entry.at),
      }
      byName.set(entry.name, [
        ...(byName.get(entry.name) ?? []),
        { set, flagSets, call, entry, registration },
      ])
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
  const bitOf = (flag: string): number => bits.get(flag) ?? Number.MAX_SAFE_INTEGER
  return [...entry.flags].sort((a, b) => bitOf(a) - bitOf(b))
}
