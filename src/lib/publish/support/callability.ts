/** Answers to "may it be called", and how they combine. */
import type { When } from '#lib/model/published.ts'

/** true: always; false: never; else the conditions of which any must hold. */
export type Callability = boolean | readonly When[]

/** Holds when any of the two does. */
export function anyCallable(a: Callability, b: Callability): Callability {
  if (a === true || b === true) return true
  if (a === false) return b
  if (b === false) return a
  return mergeAlike([...a, ...b])
}

/** Holds when both do. */
export function allCallable(a: Callability, b: Callability): Callability {
  if (a === false || b === false) return false
  if (a === true) return b
  if (b === true) return a
  const merged = a.flatMap((left) => b.flatMap((right) => mergeWhen(left, right) ?? []))
  return merged.length > 0 && mergeAlike(merged)
}

const intersect = (a: readonly string[], b: readonly string[]): string[] =>
  a.filter((name) => b.includes(name))

/** One condition that says both; null when they exclude each other. */
function mergeWhen(a: When, b: When): When | null {
  const attach = a.attach && b.attach ? intersect(a.attach, b.attach) : (a.attach ?? b.attach)
  const structOps =
    a.structOps && b.structOps ? mergeStructOps(a.structOps, b.structOps) : (a.structOps ?? b.structOps)
  const lsmHooks = a.lsmHooks && b.lsmHooks ? mergeHooks(a.lsmHooks, b.lsmHooks) : (a.lsmHooks ?? b.lsmHooks)
  const unread = [a.unread, b.unread].filter((name) => name !== undefined)
  if (
    attach?.length === 0 ||
    (structOps && Object.keys(structOps).length === 0) ||
    lsmHooks?.only?.length === 0
  )
    return null
  return {
    ...(a.sleepable || b.sleepable ? { sleepable: true } : {}),
    ...(attach ? { attach } : {}),
    ...(structOps ? { structOps } : {}),
    ...(lsmHooks ? { lsmHooks } : {}),
    ...(a.deviceBound || b.deviceBound ? { deviceBound: true } : {}),
    // one unread function is enough to leave the answer open
    ...(unread[0] !== undefined ? { unread: unread[0] } : {}),
  }
}

type StructOps = NonNullable<When['structOps']>
type LsmHooks = NonNullable<When['lsmHooks']>

function mergeStructOps(a: StructOps, b: StructOps): StructOps {
  const merged: StructOps = {}
  for (const [type, members] of Object.entries(a)) {
    const others = b[type]
    if (!others) continue
    const common = members === '*' ? others : others === '*' ? members : intersect(members, others)
    if (common.length > 0) merged[type] = common
  }
  return merged
}

function mergeHooks(a: LsmHooks, b: LsmHooks): LsmHooks {
  const except = [...(a.except ?? []), ...(b.except ?? [])]
  const only = a.only && b.only ? intersect(a.only, b.only) : (a.only ?? b.only)
  if (only) return { only: only.filter((name) => !except.includes(name)) }
  return { except }
}

/** Conditions that differ only in struct_ops types or members become one. */
function mergeAlike(whens: readonly When[]): When[] {
  const merged = new Map<string, When>()
  for (const when of whens) {
    const { structOps, ...rest } = when
    const key = JSON.stringify([rest, structOps === undefined])
    const known = merged.get(key)
    merged.set(
      key,
      known?.structOps && structOps
        ? { ...known, structOps: uniteStructOps(known.structOps, structOps) }
        : when,
    )
  }
  return [...merged.values()]
}

function uniteStructOps(a: StructOps, b: StructOps): StructOps {
  const united: StructOps = { ...a }
  for (const [type, members] of Object.entries(b)) {
    const known = united[type]
    united[type] = known === '*' || members === '*' ? '*' : [...new Set([...(known ?? []), ...members])]
  }
  return united
}

const list = (names: readonly string[]): string => names.join(', ')

/** The conditions as sentences: first what all of them ask, then, in one sentence, the ways to meet the rest. */
export function sentencesOf(whens: readonly When[]): string[] {
  const isSleepable = whens.every((when) => when.sleepable)
  const ways = whens.map((when) => wayOf(when, isSleepable)).filter((way) => way !== '')
  return [
    ...(isSleepable ? ['only when the program is sleepable'] : []),
    ...(ways.length > 0 ? [ways.join('; or ')] : []),
  ]
}

function wayOf(when: When, isSleepableSaid: boolean): string {
  const structOps = Object.entries(when.structOps ?? {}).map(([type, members]) =>
    members === '*' ? type : `${type}: ${list(members)}`,
  )
  const parts = [
    ...(when.attach ? [`only with attach type ${when.attach.join(' or ')}`] : []),
    ...(structOps.length > 0 ? [`only in struct_ops ${structOps.join('; ')}`] : []),
    ...(when.lsmHooks?.only ? [`only on the LSM hooks ${list(when.lsmHooks.only)}`] : []),
    ...(when.lsmHooks?.except?.length ? [`on every LSM hook but ${list(when.lsmHooks.except)}`] : []),
    ...(when.deviceBound ? ['only when the program is bound to a device'] : []),
    ...(when.unread ? [`depends on \`${when.unread}\` (not yet read)`] : []),
    ...(when.sleepable && !isSleepableSaid ? ['only when the program is sleepable'] : []),
  ]
  return parts.join(', ')
}
