/** Kfuncs that undo each other: what acquires and what releases, by type, then by the words of their names. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { type Argument, argumentsOf, structOf } from '#lib/publish/arguments/kinds.ts'

/** Words that stand for each other in the names of two kfuncs that undo or complete each other. */
const COUNTERPARTS: readonly (readonly [string, string])[] = [
  ['acquire', 'release'],
  ['alloc', 'free'],
  ['back', 'front'],
  ['create', 'release'],
  ['decrypt', 'encrypt'],
  ['disable', 'enable'],
  ['get', 'put'],
  ['get', 'set'],
  ['left', 'right'],
  ['lock', 'unlock'],
  ['new', 'drop'],
  ['pop', 'push'],
  ['save', 'restore'],
  ['add', 'remove'],
  ['first', 'last'],
  ['kernel', 'user'],
]

/** A kfunc that releases, with its arguments read. */
interface Releasing {
  readonly kfunc: Kfunc
  readonly given: readonly Argument[]
}

/** The names of the kfuncs of a release that release what this one acquires, by type; empty where it acquires nothing. */
export function releasersOf(kfunc: Kfunc, release: Release): readonly string[] {
  return pairsOf(release).get(kfunc.name) ?? []
}

/** For each name of a release that acquires: those that release it. */
const pairsOf = memoisePerObject((release: Release): ReadonlyMap<string, readonly string[]> => {
  const kfuncs = release.kfuncs.filter(({ kind }) => kind !== 'generated')
  const releasing = kfuncs
    .filter(({ flags }) => flags.includes('KF_RELEASE'))
    .map((kfunc) => ({ kfunc, given: argumentsOf(kfunc) }))
  return new Map(kfuncs.map((kfunc) => [kfunc.name, releasersAmong(kfunc, releasing)]))
})

function releasersAmong(kfunc: Kfunc, releasing: readonly Releasing[]): string[] {
  if (!kfunc.flags.includes('KF_ACQUIRE')) return []
  const returned = withoutConst(kfunc.prototype?.returns ?? '')
  const isOwned = isOfProgram(returned)
  const fitting = releasing.filter(({ given }) =>
    given.some(({ parameter, kind }) =>
      isOwned ? kind === 'owned' : kind === 'released' && withoutConst(parameter.type) === returned,
    ),
  )
  return closest(
    kfunc.name,
    fitting.map((one) => one.kfunc),
  ).map(({ name }) => name)
}

/** The names of the kfuncs of a release that acquire what this one releases; empty where it releases nothing. */
export function acquirersOf(kfunc: Kfunc, release: Release): string[] {
  if (!kfunc.flags.includes('KF_RELEASE')) return []
  return [...pairsOf(release)].filter(([, names]) => names.includes(kfunc.name)).map(([name]) => name)
}

/**
 * May a program store the reference that it gets: in a map, for which the kernel must have a destructor, or, being of
 * the program's own objects, in a list or tree too? False where that was not read.
 */
export function mayBeKept({ prototype }: Kfunc, release: Release): boolean {
  const returned = withoutConst(prototype?.returns ?? '')
  return isOfProgram(returned) || hasDestructor(returned, release)
}

/** Can a map keep a reference of this type, "struct task_struct *"? False where that was not read. */
export const hasDestructor = (type: string, { destructors }: Release): boolean =>
  (destructors ?? []).some((destructor) => `${destructor.type} *` === type)

/** Is it an object that a program allocated? */
const isOfProgram = (returned: string): boolean => returned === 'void *' || isNode(returned)

/** A type without `const`, and with one spelling for pointers. */
export const withoutConst = (type: string): string => type.replace(/\bconst /g, '').trim()

/** Does a type point to the node of a list or tree, and so into an object of the program? */
export function isNode(type: string): boolean {
  return /^bpf_(?:list|rb)_node$/.test(structOf(type) ?? '')
}

/** Of several that fit by type, those whose names share the most words with `name`; all, where none stands out. */
function closest(name: string, kfuncs: readonly Kfunc[]): Kfunc[] {
  const own = name.split('_')
  const counterparts = counterpartsOf(name)
  // an `_impl` form goes with `_impl` forms, an allocation for each CPU with its own release
  const alike = (one: Kfunc): boolean =>
    ['impl', 'percpu'].every((word) => own.includes(word) === one.name.split('_').includes(word))
  const paired = kfuncs.filter((one) => counterparts.has(one.name))
  if (paired.length > 0) return paired
  const fitting = kfuncs.filter(alike)
  if (fitting.length > 0) return fitting
  const perCpu = kfuncs.filter((one) => own.includes('percpu') === one.name.split('_').includes('percpu'))
  return perCpu.length > 0 ? perCpu : [...kfuncs]
}

/** The names that differ from `name` in one word, which is the counterpart of the word that stands there. */
export function counterpartsOf(name: string): Set<string> {
  const words = name.split('_')
  return new Set(
    words.flatMap((word, index) =>
      COUNTERPARTS.filter((pair) => pair.includes(word)).map(([one, other]) =>
        words.with(index, word === one ? other : one).join('_'),
      ),
    ),
  )
}
