/** In which releases a kfunc is: there, proven absent, or not known. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import { isFromTo } from '#lib/model/order.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'

/** `absent` is proven: by a release with source, or by what a release without it says of itself. */
export type Presence = 'there' | 'absent' | 'unknown'

/** One kfunc in one release; `kfunc` is null unless it is there. */
export interface Sighting {
  readonly release: Release
  readonly kfunc: Kfunc | null
  readonly presence: Presence
}

/** Releases in a row that have a kfunc. */
export interface Span {
  /** The first and the last release that were seen to have it. */
  readonly first: string
  readonly last: string
  /** The release before `first` that is proven not to have it; null: none was read. */
  readonly absentIn: string | null
  /** The release after `last` that is proven not to have it; null: none was read. */
  readonly goneIn: string | null
}

const byName = memoisePerObject(
  (release: Release) => new Map(release.kfuncs.map((kfunc) => [kfunc.name, kfunc])),
)

/** What a release says of a name: a generated twin is in BTF and in no id set, so as a kfunc it is absent. */
export function sightingIn(release: Release, name: string): Sighting {
  const kfunc = byName(release).get(name)
  if (kfunc && kfunc.kind !== 'generated') return { release, kfunc, presence: 'there' }
  const isProven =
    kfunc !== undefined || release.release.coverage !== 'btf-only' || release.absent.includes(name)
  return { release, kfunc: null, presence: isProven ? 'absent' : 'unknown' }
}

const spansIn = memoisePerObject((_releases: readonly Release[]) => new Map<string, readonly Span[]>())

/** The times at which a kfunc was there, oldest first. `releases` are oldest first. */
export function spansOf(name: string, releases: readonly Release[]): readonly Span[] {
  const known = spansIn(releases)
  const spans = known.get(name) ?? findSpans(name, releases)
  known.set(name, spans)
  return spans
}

/** The time of a kfunc that a release lies in; null: it is not there then. */
export function spanAt(id: string, spans: readonly Span[]): Span | null {
  return spans.find(({ first, last }) => isFromTo(id, first, last)) ?? null
}

function findSpans(name: string, releases: readonly Release[]): Span[] {
  const spans: Span[] = []
  let open: Omit<Span, 'goneIn'> | null = null as Omit<Span, 'goneIn'> | null
  let absentIn: string | null = null
  for (const release of releases) {
    const { id } = release.release
    const { presence } = sightingIn(release, name)
    if (presence === 'there') open = open ? { ...open, last: id } : { first: id, last: id, absentIn }
    if (presence !== 'absent') continue
    if (open) spans.push({ ...open, goneIn: id })
    open = null
    absentIn = id
  }
  if (open) spans.push({ ...open, goneIn: null })
  return spans
}

/** All names that are a kfunc in some release, in the order in which they first are. */
export function kfuncNames(releases: readonly Release[]): Set<string> {
  return new Set(
    releases.flatMap(({ kfuncs }) =>
      kfuncs.filter(({ kind }) => kind !== 'generated').map(({ name }) => name),
    ),
  )
}
