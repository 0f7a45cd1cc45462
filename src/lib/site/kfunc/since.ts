/** Since when a line of a kfunc's page has been true, where that is later than the kfunc itself. */
import { releaseOrder } from '#lib/model/order.ts'
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { sinceText } from '#lib/site/render/dates.ts'

/** Marks for the lines of one page; each gives null where the line is as old as the kfunc. */
export interface SinceMarks {
  flag(name: string): string | null
  /** By the parameter's whole name. */
  parameter(name: string): string | null
  returns(): string | null
  /** By program type in full. */
  programType(name: string): AnswerSince
}

/** Since when a type may call, or may not, and since when under the conditions of today, where that is later still. */
export interface AnswerSince {
  readonly callable: string | null
  readonly conditions: string | null
}

const ALWAYS_SO: AnswerSince = { callable: null, conditions: null }

/**
 * The marks of a kfunc in a release. What happened later does not count, nor what happened before it went and came again, nor
 * what was other when it did: no line is older than the kfunc.
 */
export function sinceMarks(events: readonly HistoryEvent[], release: string): SinceMarks {
  const past = events.filter(({ to }) => releaseOrder(to, release) <= 0)
  const again = past.findLast(({ kind }) => kind === 'came-back')
  const own = again ? past.filter(({ from }) => from !== null && releaseOrder(from, again.to) >= 0) : past
  const flags = new Map<string, string>()
  const parameters = new Map<string, string>()
  const types = new Map<string, AnswerSince>()
  let returns: string | null = null
  for (const event of own) {
    const since = sinceText(event)
    // a flag for some program types only is no news of the flag itself
    if (event.kind === 'flags' && !event.programTypes) for (const name of event.added) flags.set(name, since)
    if (event.kind === 'callable')
      for (const { programType, before, after } of event.changes) {
        const isTurn = before === null || (before.callable === 'never') !== (after.callable === 'never')
        const known = types.get(programType) ?? ALWAYS_SO
        types.set(
          programType,
          isTurn ? { callable: since, conditions: null } : { ...known, conditions: since },
        )
      }
    if (event.kind !== 'prototype') continue
    for (const change of event.changes) {
      if (change.kind === 'parameter-added') parameters.set(change.name, since)
      if (change.kind === 'parameter-retyped') parameters.set(change.name, `this type ${since}`)
      if (change.kind === 'parameter-suffix') parameters.set(change.after, `this name ${since}`)
      if (change.kind === 'parameter-renamed') {
        const known = parameters.get(change.before)
        if (known) parameters.set(change.after, known)
      }
      if (change.kind === 'returns') returns = since
    }
  }
  return {
    flag: (name) => flags.get(name) ?? null,
    parameter: (name) => parameters.get(name) ?? null,
    returns: () => returns,
    programType: (name) => types.get(name) ?? ALWAYS_SO,
  }
}
