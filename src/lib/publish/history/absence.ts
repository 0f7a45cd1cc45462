/** What a release of which only an image was read is proven not to have. */
import type { IntroducedTable } from '#lib/model/knowledge.ts'
import { byteOrder, isFromTo } from '#lib/model/order.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { rowOf } from '#lib/model/release-row.ts'
import { contradictionsOf } from '#lib/publish/history/introduced.ts'
import { kfuncNames, sightingIn } from '#lib/publish/history/presence.ts'
import { configurationTexts } from '#lib/publish/support/configuration.ts'

/**
 * The kfuncs of other releases that this one has not, in byte order: those that people who read its tree found to come
 * later or to be gone, and those that its image would show. Of a release with source there are none to tell: what it
 * does not list, it has not.
 */
export function provenAbsent(
  release: Release,
  releases: readonly Release[],
  table: IntroducedTable,
): string[] {
  if (release.release.coverage !== 'btf-only') return []
  return [...kfuncNames(releases)]
    .filter((name) => sightingIn(release, name).presence === 'unknown')
    .filter((name) => isReadAbsent(name, release, releases, table) || wouldShow(name, release, releases))
    .sort(byteOrder)
}

/** Did someone read that release, or one that proves it, and not find the kfunc? */
function isReadAbsent(
  name: string,
  { release: { id } }: Release,
  releases: readonly Release[],
  { kfuncs }: IntroducedTable,
): boolean {
  const row = kfuncs[name]
  if (!row || contradictionsOf(name, row, releases).length > 0) return false
  return isFromTo(id, '0.0', row.absentIn) || (row.goneIn !== undefined && isFromTo(id, ...row.goneIn))
}

/**
 * Would the image show the kfunc if the release had it? It would where it shows another that was in one id set and module
 * with it and needs all that it needs: then the image's configuration has the kfunc's symbols on. That other one has to
 * need it on both sides of the image, so that no #ifdef came or went between. Where both sides have the kfunc itself, the
 * image would be at odds with them, and proves nothing.
 */
function wouldShow(name: string, release: Release, releases: readonly Release[]): boolean {
  const row = rowOf(releases)
  const { id } = release.release
  const at = releases.indexOf(release)
  const find = (other: string | null): Release | undefined => releases.find((one) => one.release.id === other)
  const older = find(row.olderWithSource(id))
  const newer = find(row.newerWithSource(id))
  if (!older || !newer) return false
  const sides = [older, newer]
  const distance = (one: Release): number => Math.abs(releases.indexOf(one) - at)
  const having = releases
    .filter((one) => row.readAs(one.release.id) === 'source' && sightingIn(one, name).kfunc)
    .sort((a, b) => distance(a) - distance(b))
  if (sides.every((side) => having.includes(side))) return false
  const known = having.find((one) => sides.includes(one)) ?? having[0]
  const kfunc = known && sightingIn(known, name).kfunc
  if (!kfunc || kfunc.config === null) return false
  const needs = configurationTexts(kfunc)
  const hasNeeds = (one: Kfunc | null): boolean =>
    one?.config != null && needs.every((need) => configurationTexts(one).includes(need))
  return known.kfuncs.some(
    (witness) =>
      isBeside(kfunc, witness) &&
      [known, ...sides].every((one) => hasNeeds(sightingIn(one, witness.name).kfunc)) &&
      sightingIn(release, witness.name).presence === 'there',
  )
}

/** Are two kfuncs in one id set, and in one module or none? */
function isBeside(one: Kfunc, other: Kfunc): boolean {
  const sets = new Set(one.registrations?.map(({ set }) => set))
  return (
    one.gating?.module === other.gating?.module &&
    (other.registrations ?? []).some(({ set }) => sets.has(set))
  )
}
