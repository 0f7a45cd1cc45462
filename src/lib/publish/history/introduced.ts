/** When a kfunc came: what the releases themselves prove, narrowed by what people found in trees between them. */
import type { IntroducedRow, IntroducedTable } from '#lib/model/knowledge.ts'
import { releaseOrder } from '#lib/model/order.ts'
import type { Introduced, Release } from '#lib/model/published.ts'
import { isNextRelease, laterOf, type Presence, sightingIn, spansOf } from '#lib/publish/history/presence.ts'

/**
 * When mainline first had the kfunc; null when no release has it. Two releases in a row decide, unless the table says that it was
 * back then; then the table's row unless a release contradicts it, then the first release that was seen to have it.
 */
export function introducedOf(
  name: string,
  releases: readonly Release[],
  table: IntroducedTable,
): Introduced | null {
  const span = spansOf(name, releases)[0]
  if (!span) return null
  const row = table.kfuncs[name]
  const { first, absentIn } = span
  const isSound = row !== undefined && contradictionsOf(name, row, releases).length === 0
  // that it came then is proven, but it may have been there before, in releases that no one extracted
  const isBack = isSound && row.again === first
  const isProven = absentIn !== null && isNextRelease(absentIn, first) && !isBack
  const commit = row?.release === first ? (row.commit ?? null) : null
  if (isProven) return { release: first, exact: true, after: absentIn, commit }
  if (!isSound) return { release: first, exact: false, after: absentIn, commit: null }
  const after = row.exact || isBack || absentIn === null ? row.absentIn : laterOf(absentIn, row.absentIn)
  return { release: row.release, exact: row.exact, after, commit: row.commit ?? null }
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
