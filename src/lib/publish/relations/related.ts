/** Kfuncs that belong together: by the types they hand each other, by their names, by the id set that lists them. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { acquirersOf, counterpartsOf, releasersOf } from '#lib/publish/relations/pairs.ts'
import { NEIGHBOURS, typeFlow } from '#lib/publish/relations/type-flow.ts'

/** A kfunc that a reader of another one may look for, and why: a phrase that follows its name. */
export interface Related {
  readonly name: string
  readonly why: string
}

/** How many of one kind are named at most. */
const MANY = 12

const isPublic = ({ kind }: Kfunc): boolean => kind !== 'generated'

/** What relations are looked up in: made once for each release, since every kfunc asks. */
interface Index {
  /** All but those that exist in BTF only. */
  readonly kfuncs: readonly Kfunc[]
  readonly names: ReadonlySet<string>
  /** For each name that has any: its special forms and what it is a form of, in byte order. */
  readonly variants: ReadonlyMap<string, readonly string[]>
  /** By id set and the file that lists it, and by these and a family of names. */
  readonly members: ReadonlyMap<string, readonly Member[]>
}

/** A kfunc that a set lists, and the line of its entry. */
interface Member {
  readonly name: string
  readonly set: string
  readonly line: number
}

const indexOf = memoisePerObject((release: Release): Index => {
  const kfuncs = release.kfuncs.filter(isPublic)
  const names = new Set(kfuncs.map(({ name }) => name))
  const members = new Map<string, Member[]>()
  for (const kfunc of kfuncs)
    for (const [place, member] of entriesOf(kfunc)) {
      listed(members, place).push(member)
      listed(members, `${place} ${familyOf(kfunc.name)}`).push(member)
    }
  return { kfuncs, names, variants: variantsAmong(names), members }
})

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** The three kfuncs of the iterator that a kfunc is one of, as far as the release has them; null: it is of none. */
export function iteratorOf(
  kfunc: Kfunc,
  release: Release,
): { of: string; new: string; next: string; destroy: string } | null {
  const of = /^bpf_iter_(\w+)_(?:new|next|destroy)$/.exec(kfunc.name)?.[1]
  if (of === undefined || !kfunc.flags.some((flag) => flag.startsWith('KF_ITER_'))) return null
  const three = {
    of,
    new: `bpf_iter_${of}_new`,
    next: `bpf_iter_${of}_next`,
    destroy: `bpf_iter_${of}_destroy`,
  }
  const { names } = indexOf(release)
  return [three.new, three.next, three.destroy].every((name) => names.has(name)) ? three : null
}

/** The kfuncs of a release that belong to this one, the closest first, each once; never itself. */
export function relatedOf(kfunc: Kfunc, release: Release): Related[] {
  const index = indexOf(release)
  const { kfuncs } = index
  const three = iteratorOf(kfunc, release)
  const flow = typeFlow(kfunc, release)
  const counterparts = counterpartsOf(kfunc.name)
  const replaced = kfuncs.filter(({ replacedBy }) => replacedBy === kfunc.name)
  const found: Related[] = [
    ...(kfunc.replacedBy ? [{ name: kfunc.replacedBy, why: 'stands in its place' }] : []),
    ...replaced.map(({ name }) => ({ name, why: 'had its place before' })),
    ...releasersOf(kfunc, release).map((name) => ({ name, why: 'releases what it acquires' })),
    ...acquirersOf(kfunc, release)
      .slice(0, MANY)
      .map((name) => ({ name, why: 'acquires what it releases' })),
    ...(three
      ? [
          { name: three.new, why: `begins the iteration` },
          { name: three.next, why: 'gives the next element' },
          { name: three.destroy, why: 'ends the iteration' },
        ]
      : []),
    ...[...counterparts].sort(byteOrder).map((name) => ({ name, why: 'its counterpart' })),
    ...(index.variants.get(kfunc.name) ?? []).map((name) => ({ name, why: 'a variant of it' })),
    ...flow.givers
      .slice(0, NEIGHBOURS)
      .map(({ name, type }) => ({ name, why: `gives the \`${type}\` that it takes` })),
    ...flow.takers
      .slice(0, MANY)
      .map(({ name, type }) => ({ name, why: `takes the \`${type}\` that it gives` })),
    ...sameSet(kfunc, index),
  ]
  const seen = new Set([kfunc.name])
  return found.filter(({ name }) => index.names.has(name) && !seen.has(name) && seen.add(name))
}

/** For each name that has any: its special forms and what it is a form of. */
function variantsAmong(names: ReadonlySet<string>): Map<string, string[]> {
  const variants = new Map<string, string[]>()
  for (const longer of names)
    for (const name of formsOf(longer))
      if (names.has(name)) {
        listed(variants, name).push(longer)
        listed(variants, longer).push(name)
      }
  for (const found of variants.values()) found.sort(byteOrder)
  return variants
}

/** The names that this one may be a special form of: the same with a word less, or without two underscores in front. */
function formsOf(name: string): string[] {
  const word = /_+[a-z0-9]+$/.exec(name)?.[0] ?? ''
  const shorter = [...word].flatMap((sign, i) =>
    sign === '_' ? [name.slice(0, name.length - word.length + i)] : [],
  )
  return name.startsWith('__') ? [name.slice(2), ...shorter] : shorter
}

/** The entries of a kfunc in id sets, by set and file. */
function entriesOf({ name, registrations }: Kfunc): Map<string, Member> {
  return new Map(
    (registrations ?? []).map(({ set, entry }) => [`${set} ${entry.path}`, { name, set, line: entry.line }]),
  )
}

/**
 * Kfuncs of an id set that this one is in, those listed nearest first: all of a small set, of a large one those whose names
 * begin alike. None where only an image was read.
 */
function sameSet(kfunc: Kfunc, { members }: Index): Related[] {
  const family = familyOf(kfunc.name)
  const own = entriesOf(kfunc)
  const near = [...own].flatMap(([place, { line }]) => {
    const all = members.get(place) ?? []
    // the kfunc itself is one of them
    const listed = all.length > MANY + 1 ? (members.get(`${place} ${family}`) ?? []) : all
    return listed
      .filter(({ name }) => name !== kfunc.name)
      .map((one) => ({ ...one, distance: Math.abs(one.line - line) }))
  })
  return near
    .sort((a, b) => a.distance - b.distance || byteOrder(a.name, b.name))
    .filter(({ name }, i, all) => all.findIndex((one) => one.name === name) === i)
    .slice(0, MANY)
    .map(({ name, set }) => ({ name, why: `is in the same set, ${set}` }))
}

/** The first two words of a name, "bpf_task_acquire" → "bpf_task"; of a second word that is the last, its root:
 *  "bpf_strchr" → "bpf_str". */
function familyOf(name: string): string {
  const [first = '', second = '', ...rest] = name.split('_')
  return `${first}_${rest.length > 0 ? second : second.slice(0, ROOT)}`
}

/** How many letters of a word make its root: "str" of "strchr", "strnlen". */
const ROOT = 3
