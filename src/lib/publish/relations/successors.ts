/** What to use instead: the kfuncs that stand for others, as people confirmed them. */
import type { Rename, Renames } from '#lib/model/knowledge.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import type { Release } from '#lib/model/published.ts'
import type { Complaint } from '#lib/publish/history/introduced.ts'
import { kfuncNames, type Span, sightingIn, spanAt, spansOf } from '#lib/publish/history/presence.ts'
import { arrivalOf, departureOf, type Spans } from '#lib/publish/history/renames.ts'
import { proposeRenames } from '#lib/publish/relations/successor-proposals.ts'

/**
 * The kfunc that stands for `name` as `release` has or last had it, and that exists in that release or a later one;
 * null: none. A successor that went before that release gives way to its own.
 */
export function replacedBy(
  name: string,
  release: string,
  releases: readonly Release[],
  renames: readonly Rename[],
): string | null {
  return follow(name, release, releases, renames, new Set([name]))
}

function follow(
  name: string,
  at: string,
  releases: readonly Release[],
  renames: readonly Rename[],
  passed: ReadonlySet<string>,
): string | null {
  for (const rename of renamesOf(name, at, releases, renames)) {
    if (releases.some((release) => isSince(release, at) && isThere(release, rename.to))) return rename.to
    const next = passed.has(rename.to)
      ? null
      : follow(rename.to, rename.in, releases, renames, new Set([...passed, rename.to]))
    if (next !== null) return next
  }
  return null
}

/** The renames of `name` that concern the time in which `release` has it, or in which it was last there before. */
function renamesOf(
  name: string,
  release: string,
  releases: readonly Release[],
  renames: readonly Rename[],
): Rename[] {
  const own = renames.filter(({ from }) => from === name)
  if (own.length === 0) return []
  const spans: Spans = new Map([[name, spansOf(name, releases)]])
  const times = spans.get(name) ?? []
  const time = times.findLast(({ first }) => releaseOrder(first, release) <= 0) ?? times[0]
  return own.filter((rename) => departureOf(rename, spans) === time)
}

/** The names that `name`, as `release` has it, stands for: the other way of `replacedBy`, in byte order. */
export function replacesIn(
  name: string,
  release: string,
  releases: readonly Release[],
  renames: readonly Rename[],
): string[] {
  const spans: Spans = new Map([[name, spansOf(name, releases)]])
  const time = spanAt(release, spans.get(name) ?? [])
  return renames
    .filter((rename) => rename.to === name && time !== null && arrivalOf(rename, spans) === time)
    .map(({ from }) => from)
    .sort(byteOrder)
}

const isSince = ({ release }: Release, id: string): boolean => releaseOrder(release.id, id) >= 0

const isThere = (release: Release, name: string): boolean => sightingIn(release, name).presence === 'there'

/**
 * What is wrong with the renames: an end that no release has, a date that a release contradicts, a proposal that no
 * one answered, an answer to a pair that is not proposed, a pair that stands there twice.
 */
export function renameProblems(releases: readonly Release[], known: Renames): Complaint[] {
  const names = kfuncNames(releases)
  const proposals = proposeRenames(releases)
  const isPair = (a: Pair, b: Pair): boolean => a.from === b.from && a.to === b.to
  const answers = [...placed(known, 'renames'), ...placed(known, 'declined')]
  const ends = answers.flatMap(({ pair, keys }) =>
    (['from', 'to'] as const)
      .filter((end) => !names.has(pair[end]))
      .map((end) => ({
        rule: 'rename-name',
        message: `no release has a kfunc ${pair[end]}; correct the name, or take the pair out`,
        keys: [...keys, end],
      })),
  )
  const dates = known.renames.flatMap((rename, i) =>
    names.has(rename.from) && names.has(rename.to)
      ? complaintsOf(rename, releases).map((what) => ({
          rule: 'rename-date',
          message: `${rename.from} → ${rename.to}: ${what}`,
          keys: ['renames', i, 'in'],
        }))
      : [],
  )
  const idle = placed(known, 'declined')
    .filter(({ pair }) => !proposals.some((proposal) => isPair(pair, proposal)))
    .map(({ pair: { from, to }, keys }) => ({
      rule: 'rename-idle',
      message: `${from} → ${to} is not proposed; take it out of "declined"`,
      keys,
    }))
  const twice = answers
    .filter(({ pair }, i) =>
      answers
        .slice(0, i)
        .some(({ pair: other }) => isPair(other, pair) && (!pair.in || !other.in || pair.in === other.in)),
    )
    .map(({ pair: { from, to }, keys }) => ({
      rule: 'rename-twice',
      message: `${from} → ${to} stands here twice; leave one`,
      keys,
    }))
  const open = proposals
    .filter((proposal) => !answers.some(({ pair }) => isPair(pair, proposal)))
    .map(({ from, to, releases }) => ({
      rule: 'rename-open',
      message: `${from} may have become ${to} between ${releases.join(' and ')}; read the sources, then add the pair to "renames" or "declined"`,
      keys: [],
    }))
  return [...ends, ...dates, ...idle, ...twice, ...open]
}

/** Two kfuncs of which one may stand for the other; `in` is there where it does. */
interface Pair {
  readonly from: string
  readonly to: string
  readonly in?: string
}

/** The pairs of a list, each with the keys that lead to it. */
function placed(known: Renames, list: 'renames' | 'declined'): { pair: Pair; keys: (string | number)[] }[] {
  const pairs: readonly Pair[] = known[list]
  return pairs.map((pair, i) => ({ pair, keys: [list, i] }))
}

/** What the releases say against the date of a rename. */
function complaintsOf(rename: Rename, releases: readonly Release[]): string[] {
  const spans: Spans = new Map([rename.from, rename.to].map((name) => [name, spansOf(name, releases)]))
  const old: Span | null = departureOf(rename, spans)
  const fresh: Span | null = arrivalOf(rename, spans)
  const complaints: string[] = []
  if (!old) complaints.push(`no release before ${rename.in} has ${rename.from}; correct "in"`)
  if (old?.goneIn && releaseOrder(old.goneIn, rename.in) < 0)
    complaints.push(`${rename.from} is gone in ${old.goneIn}, before ${rename.in}; correct "in"`)
  if (!fresh) complaints.push(`no release from ${rename.in} on has ${rename.to}; the rename has no effect`)
  if (fresh && releaseOrder(fresh.first, rename.in) < 0)
    complaints.push(`${fresh.first} has ${rename.to} already; correct "in"`)
  return complaints
}
