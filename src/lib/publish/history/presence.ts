/** In which releases a kfunc is: there, proven absent, or not known. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import { releaseOrder } from '#lib/model/order.ts'
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

/** The times at which a kfunc was there, oldest first. `releases` are oldest first. */
export function spansOf(name: string, releases: readonly Release[]): Span[] {
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

/** The last minor release of each major release that another followed. `npm run check` asks for those that the data needs. */
const LAST_MINOR: Readonly<Record<string, number>> = { 3: 19, 4: 20, 5: 19, 6: 19 }

/** Is it known which minor release of a major one was its last? */
export const hasKnownEnd = (major: number): boolean => LAST_MINOR[String(major)] !== undefined

/** Whether mainline went from one release right to the other: "6.18" to "6.19", "6.19" to "7.0". */
export function isNextRelease(from: string, to: string): boolean {
  const [major = '', minor = ''] = from.split('.')
  const isLast = LAST_MINOR[major] === Number(minor)
  return to === (isLast ? `${Number(major) + 1}.0` : `${major}.${Number(minor) + 1}`)
}

/** The later, or the earlier, of two releases. */
export const laterOf = (a: string, b: string): string => (releaseOrder(a, b) < 0 ? b : a)
export const earlierOf = (a: string, b: string): string => (releaseOrder(a, b) < 0 ? a : b)
