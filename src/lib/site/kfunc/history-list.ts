import { isFromTo, releaseOrder } from '#lib/model/order.ts'
import type { Introduced } from '#lib/model/published.ts'
import type { ReleaseRow } from '#lib/model/release-row.ts'
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { happened, type Moment } from '#lib/site/render/dates.ts'

/** What happened between the same two releases. */
export interface HistoryStep {
  /** "in 7.0", "between 6.12 and 6.16". */
  readonly when: string
  readonly events: readonly HistoryEvent[]
}

/**
 * The events of a kfunc by their two releases, newest first; inside, in their own order. When it came is said as
 * closely as `introduced` knows it: where that is exact, a kfunc came, even if no release before it was read.
 */
export function historySteps(
  events: readonly HistoryEvent[],
  introduced: Introduced | null,
  row: ReleaseRow,
): readonly HistoryStep[] {
  const [first, ...rest] = events
  const told = [
    ...(first ? comings(first, introduced, row) : []),
    ...rest.map((event) => ({ event, moment: renamedWithin(event, events) ?? event })),
  ]
  const steps: { when: string; events: HistoryEvent[] }[] = []
  for (const { event, moment } of told) {
    const when = happened(moment)
    const known = steps.find((step) => step.when === when)
    if (known) known.events.push(event)
    else steps.push({ when, events: [event] })
  }
  return steps.reverse()
}

/** The renaming by which a name went: it happened at once, and may be known more exactly; null: none. */
function renamedWithin(event: HistoryEvent, events: readonly HistoryEvent[]): HistoryEvent | null {
  const { kind, kfunc, from, to } = event
  if (kind !== 'removed' || from === null) return null
  const isWithin = (one: HistoryEvent): boolean =>
    one.from !== null && isFromTo(one.from, from, to) && isFromTo(one.to, from, to)
  return events.find((one) => one.kind === 'renamed' && one.oldName === kfunc && isWithin(one)) ?? null
}

/** An event, and when it is said to have happened. */
interface Told {
  readonly event: HistoryEvent
  readonly moment: Moment
}

/** The first event of a kfunc: its coming or, where it was there before the releases that were read, its return. */
function comings(event: HistoryEvent, introduced: Introduced | null, row: ReleaseRow): Told[] {
  if (!introduced || (event.kind !== 'added' && event.kind !== 'first-seen'))
    return [{ event, moment: event }]
  const first = introduced.earlier ?? introduced
  const moment = momentOf(first, row)
  const came: HistoryEvent = { ...event, kind: 'added', replaces: [] }
  if (event.kind === 'first-seen') return [{ event: first.exact ? came : event, moment }]
  const wasGone = event.from !== null && releaseOrder(first.release, event.from) <= 0
  if (!wasGone) return [{ event, moment }]
  const back: HistoryEvent = { ...event, kind: 'came-back', lastIn: null }
  return [
    { event: came, moment },
    { event: back, moment: event },
  ]
}

/** When a kfunc came, as a moment between two releases: an exact one where no release lies between. */
export function momentOf(
  { release, after, exact }: Pick<Introduced, 'release' | 'after' | 'exact'>,
  row: ReleaseRow,
): Moment {
  return { from: after, to: release, exact: exact || (after !== null && row.isNext(after, release)) }
}
