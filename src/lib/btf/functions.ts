/** Questions about a BTF table: its functions, their tags, the values of an enum. */
import type { Btf } from './types.ts'

const byName = new WeakMap<Btf, ReadonlyMap<string, readonly number[]>>()

/** The ids of the FUNCs of that name among a table's own types (not its base's); there may be several. */
export function functionNamed(btf: Btf, name: string): readonly number[] {
  return functionsByName(btf).get(name) ?? []
}

/** All FUNCs of a table's own types by name, each name with its ids in ascending order. */
function functionsByName(btf: Btf): ReadonlyMap<string, readonly number[]> {
  const known = byName.get(btf)
  if (known) return known
  const found = new Map<string, number[]>()
  for (let id = btf.firstId; id < btf.endId; id++) {
    if (btf.kind(id) !== 'FUNC') continue
    const name = btf.name(id)
    const ids = found.get(name)
    if (ids) ids.push(id)
    else found.set(name, [id])
  }
  byName.set(btf, found)
  return found
}

/** The ids of the FUNCs that a table's own DECL_TAGs mark, as a whole, with `tag`. */
export function taggedFunctions(btf: Btf, tag = 'bpf_kfunc'): Set<number> {
  const found = new Set<number>()
  for (let id = btf.firstId; id < btf.endId; id++) {
    if (btf.kind(id) !== 'DECL_TAG') continue
    const type = btf.type(id)
    if (type.kind !== 'DECL_TAG' || type.name !== tag || type.component !== -1) continue
    if (btf.kind(type.type) === 'FUNC') found.add(type.type)
  }
  return found
}

/**
 * The values of the first enum of that name among a table's own types, in the order of the source;
 * null: there is no such enum. Values of more than 53 bits lose their last ones.
 */
export function btfEnumerators(btf: Btf, enumName: string): { name: string; value: number }[] | null {
  for (let id = btf.firstId; id < btf.endId; id++) {
    const kind = btf.kind(id)
    if ((kind !== 'ENUM' && kind !== 'ENUM64') || btf.name(id) !== enumName) continue
    const type = btf.type(id)
    if (type.kind !== 'ENUM' && type.kind !== 'ENUM64') continue
    return type.values.map(({ name, value }) => ({ name, value: Number(value) }))
  }
  return null
}
