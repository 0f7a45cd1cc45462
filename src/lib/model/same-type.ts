/** When two spellings of a C type say the same. */

/**
 * Whether two types are one: BTF has no names for the parameters inside a callback's type, source has.
 * "int (*)(void *, int *)" is "int (*)(void *map, int *key)".
 */
export function isSameType(a: string, b: string): boolean {
  if (a === b) return true
  const left = a.split(/([(),])/)
  const right = b.split(/([(),])/)
  return (
    left.length > 1 &&
    left.length === right.length &&
    left.every((piece, i) => isSameButName(piece, right[i] ?? ''))
  )
}

/** Whether two lists of types are one, type by type. */
export const areSameTypes = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((type, i) => isSameType(type, b[i] ?? ''))

/** Whether two pieces are equal, or one is the other and a name: "void *" and "void *map", "u32" and "u32 key". */
function isSameButName(a: string, b: string): boolean {
  const [short, long] = a.trim().length < b.trim().length ? [a.trim(), b.trim()] : [b.trim(), a.trim()]
  if (short === long) return true
  const rest = long.startsWith(short) ? long.slice(short.length) : ''
  return short.endsWith('*') ? /^\w+$/.test(rest) : /^ (?!(?:int|long|char)$)\w+$/.test(rest) && short !== ''
}
