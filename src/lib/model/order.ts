/** The orders that the data promises. */

/** Orders strings by their UTF-16 code units, which for kernel names is byte order; never by locale. */
export function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders release ids by number: "6.9" before "6.12". */
export function releaseOrder(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number)
  const [majorB = 0, minorB = 0] = b.split('.').map(Number)
  return majorA - majorB || minorA - minorB
}
