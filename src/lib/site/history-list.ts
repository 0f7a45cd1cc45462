import type { Introduced } from '#lib/model/published.ts'
import type { HistoryEvent } from '#lib/publish/history-events.ts'
import { happened, type Moment } from './between.ts'

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
): readonly HistoryStep[] {
  const steps: { when: string; events: HistoryEvent[] }[] = []
  for (const [i, event] of events.entries()) {
    const isComing = i === 0 && (event.kind === 'added' || event.kind === 'first-seen')
    const when = happened(isComing && introduced ? momentOf(introduced) : event)
    const told: HistoryEvent =
      event.kind === 'first-seen' && introduced?.exact ? { ...event, kind: 'added', replaces: [] } : event
    const known = steps.find((step) => step.when === when)
    if (known) known.events.push(told)
    else steps.push({ when, events: [told] })
  }
  return steps.reverse()
}

/** When a kfunc came, as a moment between two releases. */
export function momentOf({ release, after, exact }: Introduced): Moment {
  return { from: after, to: release, exact }
}
