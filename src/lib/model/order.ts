/** The orders that the data promises. */

/** Orders strings by their UTF-16 code units, which for kernel names is byte order; never by locale. */
export function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders release ids by number: "6.9" before "6.12". */
export function releaseOrder(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || minorOf(a) - minorOf(b)
}

/** The later of two releases. */
export const laterOf = (a: string, b: string): string => (releaseOrder(a, b) < 0 ? b : a)

/** The earlier of two releases. */
export const earlierOf = (a: string, b: string): string => (releaseOrder(a, b) < 0 ? a : b)

/** Whether a release is one of those from `first` to `last`, both included. */
export const isFromTo = (id: string, first: string, last: string): boolean =>
  releaseOrder(first, id) <= 0 && releaseOrder(id, last) <= 0

/** Found without cutting the id in pieces: every page compares thousands. */
const minorOf = (id: string): number => Number.parseInt(id.slice(id.indexOf('.') + 1), 10)
