/** Any two releases compared, from their published data alone. */
import type { Release } from '#lib/model/published.ts'
import { definedFlags } from '#lib/publish/history/flags.ts'
import { historyOf } from '#lib/publish/history/history.ts'
import { type ChangeGroup, changeGroups, trustBecameDefault, unknownsOf } from './changes.ts'

/** What is different in the newer of two releases. */
export interface Comparison {
  readonly groups: readonly ChangeGroup[]
  readonly unknowns: readonly string[]
  readonly trustedByDefault: boolean
}

/** Compares two releases. What stands between them is not looked at: a kfunc that came and went is in neither. */
export function compareReleases(older: Release, newer: Release): Comparison {
  const pair = [older, newer]
  const there = new Set(newer.kfuncs.map(({ name }) => name))
  const renames = older.kfuncs.flatMap(({ name, replacedBy }) =>
    replacedBy !== null && there.has(replacedBy)
      ? [{ from: name, to: replacedBy, in: newer.release.id, because: '' }]
      : [],
  )
  const events = [...historyOf(pair, renames).values()].flat()
  const flags = definedFlags(pair)
  return {
    groups: changeGroups(events.filter(({ to }) => to === newer.release.id)),
    unknowns: unknownsOf(older.release, newer.release),
    trustedByDefault: trustBecameDefault(flags.get(older) ?? new Set(), flags.get(newer) ?? new Set()),
  }
}
