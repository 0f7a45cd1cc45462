/** What to use instead: the kfuncs that stand for others, as people confirmed them. */
import type { Rename, Renames } from '#lib/model/knowledge.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import type { Release } from '#lib/model/published.ts'
import { kfuncNames, type Span, sightingIn, spansOf } from '#lib/publish/history-presence.ts'
import { arrivalOf, departureOf, type Spans } from '#lib/publish/history-renames.ts'
import type { TableText } from '#lib/publish/introduced.ts'
import { proposeRenames } from '#lib/publish/successors-proposals.ts'

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
  const time = spans.get(name)?.find(({ first, last }) => isWithin(release, first, last))
  return renames
    .filter((rename) => rename.to === name && time !== undefined && arrivalOf(rename, spans) === time)
    .map(({ from }) => from)
    .sort(byteOrder)
}

const isWithin = (id: string, first: string, last: string): boolean =>
  releaseOrder(first, id) <= 0 && releaseOrder(id, last) <= 0

const isSince = ({ release }: Release, id: string): boolean => releaseOrder(release.id, id) >= 0

const isThere = (release: Release, name: string): boolean => sightingIn(release, name).presence === 'there'

/**
 * What is wrong with the renames, one line each, "path:line: what": an end that no release has, a date that a release
 * contradicts, a proposal that no one answered, an answer to a pair that is not proposed.
 */
export function renameProblems(releases: readonly Release[], known: Renames, source: TableText): string[] {
  const names = kfuncNames(releases)
  const proposals = proposeRenames(releases)
  const at = (from: string, to: string): string => `${source.path}:${lineOf(source.text, from, to)}`
  const isPair = (a: { from: string; to: string }, b: { from: string; to: string }): boolean =>
    a.from === b.from && a.to === b.to
  const ends = [...known.renames, ...known.declined].flatMap(({ from, to }) =>
    [from, to]
      .filter((name) => !names.has(name))
      .map(
        (name) => `${at(from, to)}: no release has a kfunc ${name}; correct the name, or take the pair out`,
      ),
  )
  const dates = known.renames
    .filter(({ from, to }) => names.has(from) && names.has(to))
    .flatMap((rename) =>
      complaintsOf(rename, releases).map(
        (what) => `${at(rename.from, rename.to)}: ${rename.from} → ${rename.to}: ${what}`,
      ),
    )
  const open = proposals
    .filter((proposal) => ![...known.renames, ...known.declined].some((pair) => isPair(pair, proposal)))
    .map(
      ({ from, to, between }) =>
        `${source.path}:1: ${from} may have become ${to} between ${between.join(' and ')}; read the sources, then add the pair to "renames" or "declined"`,
    )
  const idle = known.declined
    .filter((pair) => !proposals.some((proposal) => isPair(pair, proposal)))
    .map(({ from, to }) => `${at(from, to)}: ${from} → ${to} is not proposed; take it out of "declined"`)
  const twice = known.renames
    .filter((pair, i) =>
      [...known.renames.slice(0, i), ...known.declined].some(
        (other) => isPair(other, pair) && (!('in' in other) || other.in === pair.in),
      ),
    )
    .map(({ from, to }) => `${at(from, to)}: ${from} → ${to} stands here twice; leave one`)
  return [...ends, ...dates, ...idle, ...twice, ...open]
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

/** The line of a pair in the file, counted from 1; 1 where it cannot be found. */
function lineOf(text: string, from: string, to: string): number {
  const lines = text.split('\n')
  const at = lines.findIndex(
    (line, i) =>
      line.includes(`"from": ${JSON.stringify(from)}`) &&
      `${line}${lines[i + 1] ?? ''}`.includes(`"to": ${JSON.stringify(to)}`),
  )
  return at < 0 ? 1 : at + 1
}
