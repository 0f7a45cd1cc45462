import type { Kfunc, Release, ReleaseHead } from '#lib/model/published.ts'
import { type ReleaseRow, rowOf } from '#lib/model/release-row.ts'

/** One kfunc in one release. */
export interface CatalogEntry {
  readonly head: ReleaseHead
  readonly kfunc: Kfunc
}

/** The releases, arranged for questions that pages ask. Kfuncs of kind "generated" stand in no list here. */
export interface Catalog {
  /** Oldest first. */
  readonly releases: readonly Release[]
  /** Their order and the gaps between them. */
  readonly row: ReleaseRow
  /** Ids of the releases, newest first, as menus show them. */
  readonly newestFirst: readonly string[]
  readonly newest: ReleaseHead
  /** Names of all kfuncs of all releases, in byte order. */
  readonly names: readonly string[]
  /** The release of an id; throws where there is none. */
  release(id: string): Release
  /** The kfuncs of a release that have a page there. */
  listed(id: string): readonly Kfunc[]
  /** A kfunc that has a page in that release. */
  find(id: string, name: string): Kfunc | undefined
  /** The program types that a release answers for, by name; empty where the release cannot tell. */
  programTypes(id: string): readonly string[]
  /** Whether a release holds a generated twin of that name. */
  hasGenerated(id: string, name: string): boolean
  /** The release before one in the row; null for the oldest. */
  before(id: string): Release | null
  /** The names that a kfunc stands for, in any release, in byte order. */
  predecessors(name: string): readonly string[]
  /** A kfunc in every release that lists it, newest first. */
  sightings(name: string): readonly CatalogEntry[]
}

/** Arranges releases, which come oldest first. Throws when there are none: a site of nothing is a mistake. */
export function makeCatalog(releases: readonly Release[]): Catalog {
  const last = releases.at(-1)
  if (!last) throw new Error('there is no release to show: content/data is empty; extract one first')
  const byId = new Map(releases.map((release) => [release.release.id, release]))
  const kfuncs = new Map(
    releases.map((release) => [
      release.release.id,
      new Map(release.kfuncs.map((kfunc) => [kfunc.name, kfunc])),
    ]),
  )
  const listed = new Map(
    releases.map((release) => [
      release.release.id,
      release.kfuncs.filter((kfunc) => kfunc.kind !== 'generated'),
    ]),
  )
  const programTypes = new Map(releases.map((release) => [release.release.id, programTypesOf(release)]))
  const sightings = new Map<string, CatalogEntry[]>()
  for (const { release: head } of releases.toReversed())
    for (const kfunc of listed.get(head.id) ?? [])
      sightings.set(kfunc.name, [...(sightings.get(kfunc.name) ?? []), { head, kfunc }])
  const predecessors = new Map<string, string[]>()
  for (const [name, seen] of sightings)
    for (const successor of new Set(seen.flatMap(({ kfunc }) => kfunc.replacedBy ?? [])))
      predecessors.set(successor, [...(predecessors.get(successor) ?? []), name].sort())
  const row = rowOf(releases)
  return {
    releases,
    row,
    newestFirst: row.ids.toReversed(),
    newest: last.release,
    names: [...sightings.keys()].sort((a, b) => (a < b ? -1 : 1)),
    release: (id) => {
      const found = byId.get(id)
      if (!found) throw new Error(`no release is called ${id}; there are ${[...byId.keys()].join(', ')}`)
      return found
    },
    listed: (id) => listed.get(id) ?? [],
    find: (id, name) => {
      const kfunc = kfuncs.get(id)?.get(name)
      return kfunc?.kind === 'generated' ? undefined : kfunc
    },
    programTypes: (id) => programTypes.get(id) ?? [],
    hasGenerated: (id, name) => kfuncs.get(id)?.get(name)?.kind === 'generated',
    before: (id) => releases[releases.findIndex(({ release }) => release.id === id) - 1] ?? null,
    predecessors: (name) => predecessors.get(name) ?? [],
    sightings: (name) => sightings.get(name) ?? [],
  }
}

function programTypesOf(release: Release): readonly string[] {
  const types = new Set<string>()
  for (const kfunc of release.kfuncs)
    for (const { programType } of kfunc.programTypes ?? []) types.add(programType)
  return [...types].sort((a, b) => (a < b ? -1 : 1))
}
