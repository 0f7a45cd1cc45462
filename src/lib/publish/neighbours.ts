/** What a release without source borrows from those that have it: names of flags, suffixes, attach points. */
import { describePrototype } from '#lib/kfunc/prototypes.ts'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import { bitsIn } from '#lib/model/flag-bits.ts'
import { releaseOrder } from '#lib/model/order.ts'
import type { Prototype } from '#lib/model/published.ts'

/**
 * The other releases with source, nearest first in the row of releases; of two as near, the newer one first,
 * since what a release adds is there in the next.
 */
export function neighboursOf(release: Extracted, sorted: readonly Extracted[]): Extracted[] {
  const at = sorted.indexOf(release)
  const distance = (other: Extracted): number => Math.abs(sorted.indexOf(other) - at)
  return sorted
    .filter((other) => other !== release && other.release.coverage !== 'btf-only')
    .sort((a, b) => distance(a) - distance(b) || releaseOrder(b.release.id, a.release.id))
}

/** The names of the bits set in `bits`, in bit order, each as the first of `releases` that names it does. */
export function flagNames(
  bits: number,
  releases: readonly Extracted[],
): { names: string[]; unnamed: number[] } {
  const names: string[] = []
  const unnamed: number[] = []
  for (const bit of bitsIn(bits)) {
    const flag = releases.flatMap((release) => release.flags).find((candidate) => candidate.bit === bit)
    if (flag) names.push(flag.name)
    else unnamed.push(bit)
  }
  return { names, unnamed }
}

/**
 * The names that are in no id set of the binary but one whose names the nearest release with source knows as
 * attach points of fmod_ret programs: a binary alone does not tell such a set from one of kfuncs.
 */
export function fmodRetNames(extracted: Extracted, neighbours: readonly Extracted[]): Set<string> {
  const known = new Set(neighbours[0]?.fmodRetSets.flatMap(({ names }) => names))
  const isAttachSet = (names: readonly string[]): boolean => names.every((name) => known.has(name))
  const callable = new Set(
    extracted.binarySets.filter(({ names }) => !isAttachSet(names)).flatMap(({ names }) => names),
  )
  return new Set([...known].filter((name) => !callable.has(name)))
}

/** A prototype of a release without source, its suffixes and place holders as the nearest release's rules have them. */
export function describeByNeighbours(
  kfunc: ExtractedKfunc,
  prototype: Prototype,
  flags: readonly string[],
  neighbours: readonly Extracted[],
): Prototype {
  const nearest = neighbours[0]
  if (!nearest) return prototype
  const plain = {
    ...prototype,
    parameters: prototype.parameters.map(({ name, type }) => ({ name, type, text: '' })),
  }
  // what BTF shows of a kfunc with implicit arguments is already without them
  const shown =
    kfunc.kind === 'generated' ? ['KF_IMPLICIT_ARGS'] : flags.filter((flag) => flag !== 'KF_IMPLICIT_ARGS')
  return describePrototype(kfunc.name, plain, shown, nearest, null, 'btf')
}
