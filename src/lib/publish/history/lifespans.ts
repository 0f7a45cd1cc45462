/** When releases had something, of what each of them shows by itself. */
import type { Lifespan } from '#lib/model/lifespan.ts'
import { releaseOrder } from '#lib/model/order.ts'
import type { Introduced } from '#lib/model/published.ts'
import type { ReleaseRow } from '#lib/model/release-row.ts'
import type { Presence } from '#lib/publish/history/presence.ts'

/** What one release shows of something. */
export interface Shown {
  readonly release: string
  readonly presence: Presence
}

/** The times at which something was there, oldest first. `shown` is oldest first, and of the releases of `row`. */
export function lifespansOf(shown: readonly Shown[], row: ReleaseRow): Lifespan[] {
  const spans: Lifespan[] = []
  let absentIn: string | null = null
  for (const { release, presence } of shown) {
    const open = spans.at(-1)?.last === null ? spans.pop() : undefined
    if (presence === 'there') spans.push(open ?? beginning(release, absentIn, row))
    else if (open && presence === 'absent') spans.push(ended(open, shown, release, row))
    else if (open) spans.push(open)
    if (presence === 'absent') absentIn = release
  }
  return spans
}

const beginning = (first: string, absentIn: string | null, row: ReleaseRow): Lifespan => ({
  first,
  isFirst: absentIn !== null && row.isNext(absentIn, first),
  absentIn,
  last: null,
  isLast: false,
  goneIn: null,
})

/** A time that was over in `goneIn`. */
function ended(open: Lifespan, shown: readonly Shown[], goneIn: string, row: ReleaseRow): Lifespan {
  const before = shown.slice(
    0,
    shown.findIndex(({ release }) => release === goneIn),
  )
  const last = before.findLast(({ presence }) => presence === 'there')?.release ?? open.first
  return { ...open, last, isLast: row.isNext(last, goneIn), goneIn }
}

/** The times after each of these went: of something that came back, those until it did. */
export function absencesAfter(spans: readonly Lifespan[]): Lifespan[] {
  return spans.flatMap((span, i): Lifespan[] => {
    const { last, goneIn: first, isLast: isFirst } = span
    if (last === null || first === null) return []
    const next = spans[i + 1]
    const end = next
      ? { last: next.absentIn, isLast: next.isFirst, goneIn: next.first }
      : { last: null, isLast: false, goneIn: null }
    return [{ first, isFirst, absentIn: last, ...end }]
  })
}

/**
 * The times of a kfunc, by what people found in trees between those that were read too: `came` gives what is known of when
 * it came, by a release that has it.
 */
export function withIntroduced(
  spans: readonly Lifespan[],
  shown: readonly Shown[],
  row: ReleaseRow,
  came: (release: string) => Introduced | null,
): Lifespan[] {
  const known = spans.map((span): Lifespan => {
    const one = came(span.first)
    return one ? { ...span, first: one.release, isFirst: one.exact, absentIn: one.after } : span
  })
  const earlier = spans[0] && came(spans[0].first)?.earlier
  // it came and went where no one read, and was there again when it was first seen
  const goneIn = shown.find(
    ({ release, presence }) => earlier && presence === 'absent' && releaseOrder(earlier.release, release) < 0,
  )?.release
  if (!earlier || goneIn === undefined) return known
  const { release: first, exact: isFirst, after: absentIn } = earlier
  return [{ first, isFirst, absentIn, last: first, isLast: row.isNext(first, goneIn), goneIn }, ...known]
}
