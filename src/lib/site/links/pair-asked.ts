import { releaseOrder } from '#lib/model/order.ts'

/** Two releases that a reader asked for, the older first; null where the address names none, one, or one twice. */
export function pairAsked(query: URLSearchParams): readonly [older: string, newer: string] | null {
  const from = query.get('from')
  const to = query.get('to')
  if (!from || !to || from === to) return null
  return releaseOrder(from, to) < 0 ? [from, to] : [to, from]
}
