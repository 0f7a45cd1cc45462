/** When a kfunc came: what the releases themselves prove, narrowed by what people found in trees between them. */
import type { IntroducedRow, IntroducedTable } from '#lib/model/knowledge.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'
import { laterOf, releaseOrder } from '#lib/model/order.ts'
import type { Introduced, Release } from '#lib/model/published.ts'
import { rowOf } from '#lib/model/release-row.ts'
import { type Presence, type Span, sightingIn, spanAt, spansOf } from '#lib/publish/history/presence.ts'

/**
 * Since when a release has the kfunc without a break; null where it is not there. Two releases in a row decide; then the
 * table, unless a release contradicts it; then the first release of that time that was seen to have it.
 */
export function introducedOf(
  name: string,
  id: string,
  releases: readonly Release[],
  table: IntroducedTable,
): Introduced | null {
  const spans = spansOf(name, releases)
  const span = spanAt(id, spans)
  if (!span) return null
  const row = table.kfuncs[name]
  const times = row ? timesIn(name, row, releases) : []
  const came = comingOf(span, id, times, releases)
  const seen = spans[0] && comingOf(spans[0], spans[0].first, times, releases)
  // of a time that no release saw the table alone can tell
  const first = [times[0], seen].find((one) => one && releaseOrder(one.release, came.release) < 0)
  return { ...came, earlier: first ?? null }
}

/** One coming of a kfunc. */
type Coming = NonNullable<Introduced['earlier']>

const comingsIn = memoisePerObject(
  (_releases: readonly Release[]) => new Map<IntroducedRow, readonly Coming[]>(),
)

/** The comings that a row of the table tells of, oldest first; none where a release contradicts it. */
function timesIn(name: string, row: IntroducedRow, releases: readonly Release[]): readonly Coming[] {
  const known = comingsIn(releases)
  const times = known.get(row) ?? (contradictionsOf(name, row, releases).length === 0 ? timesOf(row) : [])
  known.set(row, times)
  return times
}

function timesOf({ release, absentIn, exact, commit, goneIn, again }: IntroducedRow): Coming[] {
  const first: Coming = { release, exact, after: absentIn, commit: commit ?? null }
  return goneIn && again ? [first, { release: again, exact: true, after: goneIn[1], commit: null }] : [first]
}

/** When the time began in which a release has the kfunc: as the releases saw it, narrowed by what the table tells. */
function comingOf(
  { first, absentIn }: Span,
  id: string,
  times: readonly Coming[],
  releases: readonly Release[],
): Coming {
  const told = times.findLast(({ release }) => releaseOrder(release, id) <= 0)
  // it was gone in between, in releases that no one extracted
  if (told && releaseOrder(told.release, first) > 0) return told
  if (absentIn !== null && rowOf(releases).isNext(absentIn, first)) {
    const commit = told?.release === first ? told.commit : null
    return { release: first, exact: true, after: absentIn, commit }
  }
  // what came before the kfunc was seen to be absent came another time
  if (!told || (absentIn !== null && releaseOrder(told.release, absentIn) <= 0))
    return { release: first, exact: false, after: absentIn, commit: null }
  const { after, exact } = told
  return { ...told, after: exact || absentIn === null || after === null ? after : laterOf(absentIn, after) }
}

/** A time in which a kfunc that was there before and is there again was gone. */
export interface Absence {
  /** The first release without it, and the last, as far as known. */
  readonly first: string
  readonly last: string
  /** The first release that has it again. */
  readonly again: string
}

/** When a kfunc was gone for a while, oldest first: as the releases show, or else as the table says. */
export function absencesOf(name: string, releases: readonly Release[], table: IntroducedTable): Absence[] {
  const spans = spansOf(name, releases)
  const seen = spans.flatMap(({ first, absentIn }, i): Absence[] => {
    const goneIn = spans[i - 1]?.goneIn
    return goneIn && absentIn ? [{ first: goneIn, last: absentIn, again: first }] : []
  })
  const row = table.kfuncs[name]
  const isKnown = seen.some(({ again }) => again === row?.again)
  if (!row?.goneIn || !row.again || isKnown || spans.length === 0) return seen
  return [{ first: row.goneIn[0], last: row.goneIn[1], again: row.again }, ...seen]
}

/** What is wrong with a value of a content file: what was seen, what to do, and the keys that lead to the value. */
export interface Complaint {
  readonly rule: string
  readonly message: string
  readonly keys: readonly PropertyKey[]
}

/** What is wrong with the table, a complaint a fault: rows that cannot be, and rows that a release contradicts. */
export function contradictions(releases: readonly Release[], table: IntroducedTable): Complaint[] {
  return Object.entries(table.kfuncs).flatMap(([name, row]) =>
    contradictionsOf(name, row, releases).map(({ rule, message, keys }) => ({
      rule,
      message: `${name}: ${message}`,
      keys: ['kfuncs', name, ...keys],
    })),
  )
}

/** What is wrong with one row. A kfunc that no release has may have come and gone between two that were read: its row is left alone. */
export function contradictionsOf(
  name: string,
  row: IntroducedRow,
  releases: readonly Release[],
): Complaint[] {
  const isBefore = (a: string, b: string): boolean => releaseOrder(a, b) < 0
  const { release: came, goneIn: gone } = row
  const isGone = (id: string): boolean =>
    gone !== undefined && !isBefore(id, gone[0]) && !isBefore(gone[1], id)
  const idsWith = (presence: Presence): string[] =>
    releases
      .filter((release) => sightingIn(release, name).presence === presence)
      .map(({ release }) => release.id)
  const there = idsWith('there')
  const first = there[0] ?? came
  const early = there.filter((id) => isBefore(id, came))
  const amiss = there.filter(isGone)
  const late = idsWith('absent').filter(
    (id) => id === came || (isBefore(came, id) && isBefore(id, first) && !isGone(id)),
  )
  const complaints: Complaint[] = []
  const complain = (rule: string, key: keyof IntroducedRow, message: string): void => {
    complaints.push({ rule, message, keys: row[key] === undefined ? [] : [key] })
  }
  if (!isBefore(row.absentIn, came))
    complain(
      'introduced-row',
      'absentIn',
      `"absentIn" ${row.absentIn} is not before "release" ${came}; correct the row`,
    )
  if ((gone === undefined) !== (row.again === undefined))
    complain(
      'introduced-row',
      gone === undefined ? 'again' : 'goneIn',
      '"goneIn" and "again" belong together; give both or none',
    )
  if (early.length > 0)
    complain(
      'introduced-release',
      'release',
      `came in ${came}, says the row, but ${early.join(', ')} has it; correct "release"`,
    )
  if (amiss.length > 0)
    complain(
      'introduced-release',
      'goneIn',
      `gone in ${gone?.join(' to ')}, says the row, but ${amiss.join(', ')} has it; correct "goneIn"`,
    )
  if (late.length > 0)
    complain(
      'introduced-release',
      'release',
      `came in ${came}, says the row, but the source of ${late.join(', ')} has it not; correct "release", or say "goneIn" and "again"`,
    )
  return complaints
}
