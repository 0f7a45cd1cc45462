/** One history out of many releases: what happened to each kfunc between them. Derived, never stored. */
import type { Rename } from '#lib/model/knowledge.ts'
import { byteOrder, earlierOf, laterOf, releaseOrder } from '#lib/model/order.ts'
import type { Release } from '#lib/model/published.ts'
import { type ReleaseRow, rowOf } from '#lib/model/release-row.ts'
import { type Change, EVENT_KINDS, type HistoryEvent } from '#lib/publish/history/events.ts'
import { answerTo, FACTS, type Fact, type KnownKfunc } from '#lib/publish/history/facts.ts'
import { definedFlags } from '#lib/publish/history/flags.ts'
import { kfuncNames, type Span, sightingIn, spanAt, spansOf } from '#lib/publish/history/presence.ts'
import { arrivalOf, departureOf, type Spans } from '#lib/publish/history/renames.ts'

/** A kfunc's events, oldest first, those of one release in the order of EVENT_KINDS. */
export type History = ReadonlyMap<string, readonly HistoryEvent[]>

/**
 * The history of every kfunc that is in one of `releases` (oldest first); names in byte order. Two releases
 * give the comparison of those two.
 */
export function historyOf(releases: readonly Release[], renames: readonly Rename[] = []): History {
  const names = [...kfuncNames(releases)].sort(byteOrder)
  const row = rowOf(releases)
  const flags = definedFlags(releases)
  const spans = new Map(names.map((name) => [name, spansOf(name, releases)]))
  return new Map(
    names.map((name) => {
      const known = releases.flatMap((release): KnownKfunc[] => {
        const { kfunc } = sightingIn(release, name)
        return kfunc ? [{ release, kfunc, definedFlags: flags.get(release) ?? new Set() }] : []
      })
      const changes = [
        ...comingAndGoing(name, spans, renames),
        ...renaming(name, spans, renames, releases),
        ...FACTS.flatMap((fact) => changesOf(fact, known, spans.get(name) ?? [])),
        ...answerChanges(known, spans.get(name) ?? []),
      ]
      return [name, changes.map((change) => eventOf(name, change, known, row)).sort(eventOrder)]
    }),
  )
}

/** The events of a history that happened from an earlier release to this one, by kfunc. */
export function changesIn(history: History, release: string): HistoryEvent[] {
  return [...history.values()].flatMap((events) => events.filter(({ to }) => to === release))
}

/** A change and the two releases between which it happened. */
type Dated = Change & { readonly from: string | null; readonly to: string }

function eventOf(kfunc: string, change: Dated, known: readonly KnownKfunc[], row: ReleaseRow): HistoryEvent {
  const exact = change.from !== null && row.isNext(change.from, change.to)
  const testOnly = known.some((one) => one.kfunc.kind === 'test-only')
  return { ...change, kfunc, exact, testOnly }
}

function eventOrder(a: HistoryEvent, b: HistoryEvent): number {
  return releaseOrder(a.to, b.to) || EVENT_KINDS.indexOf(a.kind) - EVENT_KINDS.indexOf(b.kind)
}

function comingAndGoing(name: string, spans: Spans, renames: readonly Rename[]): Dated[] {
  const own = spans.get(name) ?? []
  return own.flatMap((span, i): Dated[] => {
    const before = own[i - 1]
    const replaces = renames
      .filter((rename) => rename.to === name && arrivalOf(rename, spans) === span)
      .map(({ from }) => from)
    const replacedBy = renames
      .filter((rename) => rename.from === name && departureOf(rename, spans) === span)
      .map(({ to }) => to)
    const to = span.first
    const coming: Dated =
      span.absentIn === null
        ? { kind: 'first-seen', from: null, to }
        : before
          ? { kind: 'came-back', from: span.absentIn, to, lastIn: before.last, replaces }
          : { kind: 'added', from: span.absentIn, to, replaces }
    if (span.goneIn === null) return [coming]
    return [coming, { kind: 'removed', from: span.last, to: span.goneIn, replacedBy }]
  })
}

function renaming(
  name: string,
  spans: Spans,
  renames: readonly Rename[],
  releases: readonly Release[],
): Dated[] {
  return renames
    .filter(({ from, to }) => name === from || name === to)
    .flatMap((rename): Dated[] => {
      const old = departureOf(rename, spans)
      const fresh = arrivalOf(rename, spans)
      if (!old || fresh?.absentIn == null) return []
      if (old.goneIn === null || releaseOrder(fresh.first, old.last) <= 0) {
        if (name !== rename.from || releaseOrder(fresh.absentIn, old.first) < 0) return []
        return [{ kind: 'replaced', from: fresh.absentIn, to: fresh.first, by: rename.to }]
      }
      const from = laterOf(old.last, fresh.absentIn)
      const to = earlierOf(old.goneIn, fresh.first)
      const textIn = (kfunc: string, id: string): string | null =>
        releases
          .filter(({ release }) => release.id === id)
          .map((release) => sightingIn(release, kfunc).kfunc?.prototype?.text ?? null)[0] ?? null
      const before = textIn(rename.from, old.last)
      const after = textIn(rename.to, fresh.first)
      return [{ kind: 'renamed', from, to, oldName: rename.from, newName: rename.to, before, after }]
    })
}

/**
 * Changes of one fact, each from the nearest earlier release in which it was known. Where the kfunc was gone since then, it
 * came back as it is: the change is counted from the last release that is proven not to have it.
 */
function changesOf(fact: Fact, known: readonly KnownKfunc[], spans: readonly Span[]): Dated[] {
  const telling = known.filter((one) => fact.isKnown(one))
  return telling.flatMap((after, i) => {
    const before = telling[i - 1]
    if (!before) return []
    const [from, to] = [before.release.release.id, after.release.release.id]
    const absentIn = spanAt(to, spans)?.absentIn
    const step = { from: absentIn ? laterOf(from, absentIn) : from, to }
    return fact.changes(before, after).map((change) => ({ ...change, ...step }))
  })
}

/** Changed answers, those between the same two releases in one event. */
function answerChanges(known: readonly KnownKfunc[], spans: readonly Span[]): Dated[] {
  const types = new Set(known.flatMap(({ kfunc }) => kfunc.programTypes?.map((one) => one.programType) ?? []))
  const events = new Map<string, Dated & { kind: 'callable' }>()
  for (const type of [...types].sort(byteOrder))
    for (const change of changesOf(answerTo(type), known, spans)) {
      if (change.kind !== 'callable') continue
      const key = `${change.from} ${change.to}`
      const changes = [...(events.get(key)?.changes ?? []), ...change.changes]
      events.set(key, { ...change, changes })
    }
  return [...events.values()]
}
