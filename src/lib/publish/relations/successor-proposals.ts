/**
 * Renames that the releases themselves suggest, for a person to confirm or decline.
 *
 * Of two releases with source, one the nearest before the other:
 * - a kfunc that went and one that came are proposed when they share an id set or a file and their score is at least
 *   0.5. The score is the mean of two shares, each twice what both have over what they have together: of the words
 *   of the names, and of the types of parameters and return value. For one that went, the best is proposed.
 * - one that came is proposed for one that stays when their names differ only by what marks a variant: `_impl` or
 *   `___v2` behind, `__` in front.
 */
import { byteOrder } from '#lib/model/order.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'

/** One pair that may be a rename. */
export interface Proposal {
  readonly from: string
  readonly to: string
  /** The two releases with source between which it happened. */
  readonly releases: readonly [string, string]
  /** From 0 to 1; a variant of a name that stays has 1. */
  readonly score: number
}

const ENOUGH = 0.5

/** All proposals, oldest pair of releases first, then by name. Kfuncs that are for tests are left out. */
export function proposeRenames(releases: readonly Release[]): Proposal[] {
  const withSource = releases.filter(({ release }) => release.coverage !== 'btf-only')
  return withSource.flatMap((after, i) => {
    const before = withSource[i - 1]
    return before ? proposeBetween(before, after) : []
  })
}

function proposeBetween(before: Release, after: Release): Proposal[] {
  const releases = [before.release.id, after.release.id] as const
  const old = callable(before)
  const fresh = callable(after)
  const gone = [...old.values()].filter(({ name }) => !fresh.has(name))
  const come = [...fresh.values()].filter(({ name }) => !old.has(name))
  const renamed = gone.flatMap((one) => {
    const scored = come
      .filter((other) => isNear(one, other))
      .map((other) => ({ from: one.name, to: other.name, releases, score: scoreOf(one, other) }))
      .filter(({ score }) => score >= ENOUGH)
    const best = Math.max(...scored.map(({ score }) => score))
    return scored.filter(({ score }) => score === best)
  })
  const variants = come.flatMap((one) =>
    [...old.values()]
      .filter(({ name }) => fresh.has(name) && stemOf(name) === stemOf(one.name))
      .map(({ name }) => ({ from: name, to: one.name, releases, score: 1 })),
  )
  return [...renamed, ...variants].sort((a, b) => byteOrder(a.from, b.from) || byteOrder(a.to, b.to))
}

function callable({ kfuncs }: Release): Map<string, Kfunc> {
  return new Map(kfuncs.filter(({ kind }) => kind === 'callable').map((kfunc) => [kfunc.name, kfunc]))
}

/** A name without the marks of a variant. */
function stemOf(name: string): string {
  return name.replace(/^__/, '').replace(/_impl$|___v\d+$/, '')
}

function isNear(a: Kfunc, b: Kfunc): boolean {
  const sets = new Set(a.registrations?.map(({ set }) => set))
  const isInSet = b.registrations?.some(({ set }) => sets.has(set)) ?? false
  return isInSet || (a.definition !== null && a.definition.path === b.definition?.path)
}

function scoreOf(a: Kfunc, b: Kfunc): number {
  const words = shareOf(a.name.split('_'), b.name.split('_'))
  return (words + shareOf(typesOf(a), typesOf(b))) / 2
}

function typesOf({ prototype }: Kfunc): string[] {
  return prototype ? [prototype.returns, ...prototype.parameters.map(({ type }) => type)] : []
}

/** Twice the number of members that both lists have over the number of all. */
function shareOf(a: readonly string[], b: readonly string[]): number {
  const left = [...a]
  const shared = b.filter((member) => {
    const at = left.indexOf(member)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  return a.length + b.length === 0 ? 0 : (2 * shared.length) / (a.length + b.length)
}
