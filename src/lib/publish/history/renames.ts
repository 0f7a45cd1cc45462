/** Which time of a name a rename is about: names can come, go and come again. */
import type { Rename } from '#lib/model/knowledge.ts'
import { releaseOrder } from '#lib/model/order.ts'
import type { Span } from '#lib/publish/history/presence.ts'

/** The times of kfuncs by name. */
export type Spans = ReadonlyMap<string, readonly Span[]>

/** The time of the old name that a rename ends or outdates: the last that began before the rename. */
export function departureOf(rename: Rename, spans: Spans): Span | null {
  return spans.get(rename.from)?.findLast(({ first }) => releaseOrder(first, rename.in) < 0) ?? null
}

/** The time of the new name that a rename began: the first that was not over before it. */
export function arrivalOf(rename: Rename, spans: Spans): Span | null {
  return spans.get(rename.to)?.find(({ last }) => releaseOrder(last, rename.in) >= 0) ?? null
}
