/** What differs between two prototypes of one kfunc, parameter by parameter. */
import type { Parameter, Prototype } from '#lib/model/published.ts'
import { isSameType } from '#lib/model/same-type.ts'
import type { PrototypeChange } from '#lib/publish/history/events.ts'

/** The differences from `before` to `after`; none where only the spelling of a callback's parameters differs. */
export function prototypeChanges(before: Prototype, after: Prototype): PrototypeChange[] {
  const pairs = pairParameters(before.parameters, after.parameters)
  const changes: PrototypeChange[] = []
  if (before.returns !== after.returns)
    changes.push({ kind: 'returns', before: before.returns, after: after.returns })
  for (const parameter of before.parameters)
    if (!pairs.some(([old]) => old === parameter)) changes.push(lone('parameter-removed', parameter))
  for (const parameter of after.parameters) {
    const old = pairs.find(([, fresh]) => fresh === parameter)?.[0]
    changes.push(...(old ? parameterChanges(old, parameter) : [lone('parameter-added', parameter)]))
  }
  const places = after.parameters.flatMap((fresh) => {
    const old = pairs.find((pair) => pair[1] === fresh)?.[0]
    return old ? [before.parameters.indexOf(old)] : []
  })
  if (places.some((place, i) => place < (places[i - 1] ?? 0)))
    changes.push({ kind: 'parameters-reordered', before: names(before), after: names(after) })
  if (!sameTypedefs(before.typedefs, after.typedefs))
    changes.push({ kind: 'typedef', before: before.typedefs, after: after.typedefs })
  return changes
}

/** A parameter's name without its suffix. */
export function stemOf({ name, suffix }: Parameter): string {
  return suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

const names = ({ parameters }: Prototype): string[] => parameters.map(({ name }) => name)

const lone = (kind: 'parameter-added' | 'parameter-removed', { name, type }: Parameter): PrototypeChange => ({
  kind,
  name,
  type,
})

type Pair = readonly [before: Parameter, after: Parameter]

/**
 * Which parameter became which: first by whole name, then by name without suffix, then, of those left, by place,
 * where the type is the same or the number of parameters is.
 */
function pairParameters(before: readonly Parameter[], after: readonly Parameter[]): Pair[] {
  const pairs: Pair[] = []
  const isFree = (parameter: Parameter): boolean => !pairs.some((pair) => pair.includes(parameter))
  const pair = (agree: (old: Parameter, fresh: Parameter) => boolean): void => {
    for (const old of before.filter(isFree)) {
      const fresh = after.find((candidate) => isFree(candidate) && agree(old, candidate))
      if (fresh) pairs.push([old, fresh])
    }
  }
  const isInPlace = (old: Parameter, fresh: Parameter): boolean =>
    before.indexOf(old) === after.indexOf(fresh) &&
    (before.length === after.length || isSameType(old.type, fresh.type))
  pair((old, fresh) => old.name === fresh.name)
  pair((old, fresh) => stemOf(old) === stemOf(fresh))
  pair(isInPlace)
  return pairs
}

function parameterChanges(old: Parameter, fresh: Parameter): PrototypeChange[] {
  const changes: PrototypeChange[] = []
  if (old.name !== fresh.name) {
    const names = { before: old.name, after: fresh.name }
    if (stemOf(old) !== stemOf(fresh)) changes.push({ kind: 'parameter-renamed', ...names })
    else
      changes.push({
        kind: 'parameter-suffix',
        ...names,
        suffixBefore: old.suffix,
        suffixAfter: fresh.suffix,
      })
  }
  if (!isSameType(old.type, fresh.type))
    changes.push({ kind: 'parameter-retyped', name: fresh.name, before: old.type, after: fresh.type })
  return changes
}

function sameTypedefs(before: readonly string[], after: readonly string[]): boolean {
  return (
    before.length === after.length && before.every((typedef, i) => isSameType(typedef, after[i] ?? typedef))
  )
}
