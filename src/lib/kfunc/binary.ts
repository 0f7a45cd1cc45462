/** The kfuncs of a kernel binary: what its id sets name, with flags as numbers, and prototypes from BTF. */

import { functionNamed, taggedFunctions } from '#lib/btf/functions.ts'
import { findBtfIdSets } from '#lib/btf/id-sets.ts'
import { parseBtf } from '#lib/btf/parse.ts'
import { printPrototype } from '#lib/btf/print.ts'
import type { Btf } from '#lib/btf/types.ts'
import type { PlainPrototype } from '#lib/kfunc/prototypes.ts'
import { bitsIn, flagsWith } from '#lib/model/flag-bits.ts'
import { byteOrder } from '#lib/model/order.ts'

/** What is read of an image: vmlinux or one module. */
export interface ImageBytes {
  readonly name: string
  readonly btf: Uint8Array | null
  /** The few types that a module built apart from its kernel has its BTF split over; null: it is split over vmlinux. */
  readonly btfBase: Uint8Array | null
  readonly btfIds: Uint8Array | null
}

/** A kfunc as a binary has it. `twin` is the prototype of an `_impl` FUNC that is in BTF only; null: none. */
export interface BinaryKfunc {
  readonly name: string
  readonly object: string
  /** The numbers of all its sets, or-ed; null: the image has no id sets. */
  readonly bits: number | null
  /** Does BTF tag it `bpf_kfunc`? Some builds lose tags, so this is no list of kfuncs. */
  readonly isTagged: boolean
  readonly prototype: PlainPrototype
  readonly twin: PlainPrototype | null
}

/** The kfuncs of one image, by name, and the names in each of its id sets. */
export interface BinaryObject {
  readonly name: string
  readonly btf: Btf
  /** Raw BTF has none: its kfuncs are those that BTF tags, and their flags are not known. */
  readonly hasIdSets: boolean
  /** Are its sets of kfuncs marked as such? */
  readonly hasMarkedSets: boolean
  readonly kfuncs: readonly BinaryKfunc[]
  readonly sets: readonly (readonly string[])[]
}

const IS_KFUNC_SET = 1 // BTF_SET8_KFUNCS, include/linux/btf_ids.h, since 6.9
const TWIN = '_impl'

/**
 * Reads the kfuncs of an image. `base` is the vmlinux that a module's BTF builds on, null for vmlinux itself.
 * An image without BTF or id sets has none. Throws FormatError for bytes that break the format.
 */
export function readBinary(image: ImageBytes, base: BinaryObject | null): BinaryObject | null {
  if (!image.btf) return null
  const btf = parseBtf(
    image.btf,
    image.name,
    image.btfBase ? parseBtf(image.btfBase, `${image.name} (.BTF.base)`) : base?.btf,
  )
  const all = image.btfIds ? findBtfIdSets(image.btfIds, btf) : []
  // since 6.9 a flag marks the sets of kfuncs; a binary without any such set is older, and all its sets count
  const isMarked = base ? base.hasMarkedSets : all.some((set) => (set.flags & IS_KFUNC_SET) !== 0)
  const sets = all.filter((set) => !isMarked || (set.flags & IS_KFUNC_SET) !== 0)
  const tagged = taggedFunctions(btf)
  const entries = image.btfIds
    ? sets.flatMap((set) => set.entries)
    : [...tagged].map((id) => ({ id, name: btf.name(id), flags: null }))
  const listed = new Set(entries.map((entry) => entry.name))
  const kfuncs = new Map<string, BinaryKfunc>()
  for (const { id, name, flags } of entries) {
    const known = kfuncs.get(name)
    const prototype = known?.prototype ?? printPrototype(btf, id)
    const twin = known?.twin ?? (listed.has(name + TWIN) ? null : findTwin(btf, name, prototype))
    kfuncs.set(name, {
      name,
      object: image.name,
      bits: flags === null ? null : flagsWith([...bitsIn(known?.bits ?? 0), ...bitsIn(flags)]),
      isTagged: tagged.has(id),
      prototype,
      twin,
    })
  }
  return {
    name: image.name,
    btf,
    hasIdSets: image.btfIds !== null,
    hasMarkedSets: isMarked,
    kfuncs: [...kfuncs.values()].sort((a, b) => byteOrder(a.name, b.name)),
    sets: sets.map((set) => set.entries.map((entry) => entry.name)),
  }
}

/** The `_impl` FUNC that resolve_btfids makes of a kfunc with implicit arguments: the same parameters, and more. */
function findTwin(btf: Btf, name: string, prototype: PlainPrototype): PlainPrototype | null {
  for (const id of functionNamed(btf, name + TWIN)) {
    const twin = printPrototype(btf, id)
    const isLonger = twin.parameters.length > prototype.parameters.length
    if (isLonger && prototype.parameters.every((parameter, i) => parameter.text === twin.parameters[i]?.text))
      return twin
  }
  return null
}
