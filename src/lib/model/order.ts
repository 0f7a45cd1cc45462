/** The orders that the data promises. */

/** Orders strings by their UTF-16 code units, which for kernel names is byte order; never by locale. */
export function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders release ids by number: "6.9" before "6.12". */
export function releaseOrder(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || minorOf(a) - minorOf(b)
}

/** Found without cutting the id in pieces: every page compares thousands. */
const minorOf = (id: string): number => Number.parseInt(id.slice(id.indexOf('.') + 1), 10)
