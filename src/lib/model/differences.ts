/** What differs between two values of JSON, said by name rather than by position. */

type Path = readonly string[]

/** Members of lists are told apart by this key, where all of them have it. */
const keyOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
    ? value.name
    : null

/** The members of a value by name or position; null for a scalar. */
function membersOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const keys = value.map(keyOf)
  const isNamed = keys.every((key) => key !== null) && new Set(keys).size === keys.length
  return new Map(value.map((member, i) => [isNamed ? (keys[i] ?? '') : String(i), member]))
}

const shorten = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}

/** One line for each difference from `before` to `after`: "kfuncs.bpf_x.flags.0: was "KF_RCU", is "KF_ACQUIRE"". */
export function differences(before: unknown, after: unknown, path: Path = []): string[] {
  const left = membersOf(before)
  const right = membersOf(after)
  const where = path.join('.') || 'all'
  if (!left || !right)
    return Object.is(before, after) ? [] : [`${where}: was ${shorten(before)}, is ${shorten(after)}`]
  const lines: string[] = []
  for (const [key, value] of left) {
    if (right.has(key)) lines.push(...differences(value, right.get(key), [...path, key]))
    else lines.push(`${[...path, key].join('.')}: is gone, was ${shorten(value)}`)
  }
  for (const [key, value] of right)
    if (!left.has(key)) lines.push(`${[...path, key].join('.')}: is new, ${shorten(value)}`)
  return lines
}
