/**
 * What changed about a kfunc while it was there. Each fact is compared with the nearest earlier release in
 * which it was known, so that an image without source between two releases with it neither makes a change nor
 * swallows one.
 */

import { hasFlags } from '#lib/model/flags-known.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Kfunc, Registration, Release, Support } from '#lib/model/published.ts'
import type { AnswerChange, Change, RegisteredAs, SupportAnswer } from '#lib/publish/history/events.ts'
import { prototypeChanges } from '#lib/publish/history/prototype.ts'
import { configurationTexts } from '#lib/publish/support/configuration.ts'

/** A kfunc as one release has it. */
export interface KnownKfunc {
  readonly release: Release
  readonly kfunc: Kfunc
  /** The flags that the kernel of that release defines. */
  readonly definedFlags: ReadonlySet<string>
}

/** A fact about a kfunc: where it is known, and what changed from one release that knows it to another. */
export interface Fact {
  isKnown(known: KnownKfunc): boolean
  changes(before: KnownKfunc, after: KnownKfunc): Change[]
}

const difference = (a: readonly string[], b: readonly string[]): string[] =>
  a.filter((member) => !b.includes(member))

const PROTOTYPE: Fact = {
  isKnown: ({ kfunc }) => kfunc.prototype !== null,
  changes({ kfunc: { prototype: before } }, { kfunc: { prototype: after } }) {
    const changes = before && after ? prototypeChanges(before, after) : []
    if (!before || !after || changes.length === 0) return []
    return [{ kind: 'prototype', before: before.text, after: after.text, changes }]
  },
}

/** Only what a program does not see of the C function: the prototype's own changes are said once. */
const KERNEL_PROTOTYPE: Fact = {
  isKnown: ({ kfunc }) => kfunc.kernelPrototype !== null,
  changes({ kfunc: old }, { kfunc: fresh }) {
    const [before, after] = [old.kernelPrototype, fresh.kernelPrototype]
    if (!before || !after) return []
    const seen =
      old.prototype && fresh.prototype
        ? prototypeChanges(old.prototype, fresh.prototype).map((change) => JSON.stringify(change))
        : []
    const changes = prototypeChanges(before, after).filter((change) => !seen.includes(JSON.stringify(change)))
    if (changes.length === 0) return []
    return [{ kind: 'kernel-prototype', before: before.text, after: after.text, changes }]
  },
}

const FLAGS: Fact = {
  isKnown: ({ release }) => hasFlags(release),
  changes(before, after) {
    const change = flagsChange(before.kfunc.flags, after.kfunc.flags, after)
    return change ? [{ kind: 'flags', ...change, programTypes: null }] : []
  },
}

/** Flags that differ between the registrations of one kfunc can change while their union stays. */
const FLAGS_BY_TYPE: Fact = {
  isKnown: ({ kfunc }) => kfunc.registrations !== null,
  changes(before, after) {
    if (flagsChange(before.kfunc.flags, after.kfunc.flags, after)) return []
    const fresh = flagsByType(after.kfunc)
    const changes = new Map<string, Change & { kind: 'flags' }>()
    for (const [programType, flags] of flagsByType(before.kfunc)) {
      const change = flagsChange(flags, fresh.get(programType) ?? flags, after)
      if (!change) continue
      const key = JSON.stringify(change)
      const programTypes = [...(changes.get(key)?.programTypes ?? []), programType]
      changes.set(key, { kind: 'flags', ...change, programTypes })
    }
    return [...changes.values()]
  },
}

/** The flags that came and went; null: none. One that the newer kernel no longer defines was not taken from the kfunc. */
function flagsChange(
  before: readonly string[],
  after: readonly string[],
  { definedFlags }: KnownKfunc,
): { added: string[]; removed: string[] } | null {
  const added = difference(after, before)
  const removed = difference(before, after).filter((flag) => definedFlags.has(flag))
  return added.length + removed.length > 0 ? { added, removed } : null
}

/** The flags of a kfunc by the program type that its registrations name. */
function flagsByType({ registrations }: Kfunc): Map<string, string[]> {
  const byType = new Map<string, string[]>()
  for (const { programType, flags } of registrations ?? [])
    byType.set(programType, [...new Set([...(byType.get(programType) ?? []), ...flags])])
  return byType
}

const REGISTRATIONS: Fact = {
  isKnown: ({ kfunc }) => kfunc.registrations !== null,
  changes({ kfunc: old }, { kfunc: fresh }) {
    const [before, after] = [registeredAs(old.registrations), registeredAs(fresh.registrations)]
    const isIn = (all: readonly RegisteredAs[], one: RegisteredAs): boolean =>
      all.some(({ set, programType }) => set === one.set && programType === one.programType)
    const gone = before.filter((one) => !isIn(after, one))
    const come = after.filter((one) => !isIn(before, one))
    if (gone.length + come.length === 0) return []
    const moved = gone.flatMap(({ programType, set }) => {
      const others = come.filter((one) => one.programType === programType)
      const isAlone = gone.filter((one) => one.programType === programType).length === 1
      const [target] = others
      return target && others.length === 1 && isAlone ? [{ programType, from: set, to: target.set }] : []
    })
    const isMoved = ({ programType }: RegisteredAs): boolean =>
      moved.some((one) => one.programType === programType)
    return [
      {
        kind: 'registrations',
        added: come.filter((one) => !isMoved(one)),
        removed: gone.filter((one) => !isMoved(one)),
        moved,
      },
    ]
  },
}

function registeredAs(registrations: readonly Registration[] | null): RegisteredAs[] {
  return (registrations ?? [])
    .map(({ set, programType }) => ({ set, programType }))
    .sort((a, b) => byteOrder(a.programType, b.programType) || byteOrder(a.set, b.set))
}

/** An answer that hangs on a filter which no one has read is no answer. */
const isRead = ({ when }: Support): boolean => when?.every(({ unread }) => unread === undefined) ?? true

/** The answer to one program type; unknown to releases that have no such type, save that a new type can come. */
export function answerTo(programType: string): Fact {
  const supportOf = ({ kfunc }: KnownKfunc): Support | undefined =>
    kfunc.programTypes?.find((support) => support.programType === programType)
  return {
    isKnown(known) {
      const support = supportOf(known)
      return known.kfunc.programTypes !== null && (support === undefined || isRead(support))
    },
    changes(old, fresh) {
      const before = supportOf(old)
      const after = supportOf(fresh)
      if (!after) return []
      const change: AnswerChange = {
        programType,
        before: before ? answerOf(before) : null,
        after: answerOf(after),
      }
      const was: SupportAnswer = change.before ?? { callable: 'never', when: null, conditions: [] }
      return isSameAnswer(was, change.after) ? [] : [{ kind: 'callable', changes: [change] }]
    },
  }
}

const answerOf = ({ callable, when, conditions }: Support): SupportAnswer => ({ callable, when, conditions })

function isSameAnswer(a: SupportAnswer, b: SupportAnswer): boolean {
  return a.callable === b.callable && canonical(a.when) === canonical(b.when)
}

/** JSON whose keys and lists have one order, for comparison only: none of the lists in `when` has a meaning in its order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort(byteOrder).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => byteOrder(a, b))
  return `{${entries.map(([key, member]) => `${key}:${canonical(member)}`).join()}}`
}

/** A fact that is one word: null where it is not known. */
function word(kind: 'object' | 'file', read: (kfunc: Kfunc) => string | null): Fact {
  return {
    isKnown: ({ kfunc }) => read(kfunc) !== null,
    changes({ kfunc: old }, { kfunc: fresh }) {
      const [before, after] = [read(old), read(fresh)]
      return before === null || after === null || before === after ? [] : [{ kind, before, after }]
    },
  }
}

/** What every kfunc needs neither comes nor goes, whether or not a file or its Makefile says so. */
const CONFIG: Fact = {
  isKnown: ({ kfunc }) => kfunc.config !== null,
  changes({ kfunc: old }, { kfunc: fresh }) {
    const [before, after] = [configurationTexts(old), configurationTexts(fresh)]
    const added = difference(after, before)
    const removed = difference(before, after)
    return added.length + removed.length === 0 ? [] : [{ kind: 'config', added, removed }]
  },
}

/** Every fact but the answers to program types, which are one fact for each type. */
export const FACTS: readonly Fact[] = [
  PROTOTYPE,
  KERNEL_PROTOTYPE,
  FLAGS,
  FLAGS_BY_TYPE,
  REGISTRATIONS,
  word('object', ({ object }) => object),
  CONFIG,
  word('file', ({ definition }) => definition?.path ?? null),
]
