/** What flows between kfuncs: which give a type that one takes, and which take or release what it gives. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { type ArgumentKind, argumentsOf, structOf } from '#lib/publish/arguments/kinds.ts'
import { acquirersOf, hasDestructor, releasersOf, withoutConst } from '#lib/publish/relations/pairs.ts'

/** A kfunc at the other end, and the type that it shares with the one in the middle. */
export interface FlowEnd {
  readonly name: string
  /** "struct task_struct *", without `const`. */
  readonly type: string
}

/** The kfuncs around one, the closest first, each once on a side. */
export interface TypeFlow {
  /** They give what it takes: what acquires what it releases comes first. */
  readonly givers: readonly FlowEnd[]
  /** They release or take what it gives: those that release come first. */
  readonly takers: readonly FlowEnd[]
}

/** How many neighbours are shown on a side. */
export const NEIGHBOURS = 5

/**
 * Arguments that take a pointer which some kfunc may have given. One that is released is matched by `pairs.ts`. Nodes of lists
 * and trees are not among them but where any will do: whether a node must be owned does not show in its type.
 */
const TAKEN: readonly ArgumentKind[] = ['object', 'dynptr', 'iterator', 'any-list-node']
/** Arguments in which the kfunc puts what it gives. */
const GIVEN: readonly ArgumentKind[] = ['new-dynptr', 'new-iterator']

interface Ends {
  readonly kfunc: Kfunc
  readonly words: ReadonlySet<string>
  readonly gives: ReadonlySet<string>
  readonly takes: ReadonlySet<string>
  /** The type of the argument that it releases; empty where it releases none. */
  readonly released: string
  /** The program types that may call it; null: not known. */
  readonly callers: ReadonlySet<string> | null
}

interface Index {
  readonly ends: ReadonlyMap<string, Ends>
  readonly givers: ReadonlyMap<string, readonly Ends[]>
  readonly takers: ReadonlyMap<string, readonly Ends[]>
  /** What was asked before, by name. */
  readonly flows: Map<string, TypeFlow>
}

/**
 * The flow around a kfunc of a release, by types alone: what a call asks for beside the type is not looked at, but that
 * some program type may call both, or a map may keep what the one gives for the other. Kfuncs of the kernel's tests
 * stand among their like.
 */
export function typeFlow(kfunc: Kfunc, release: Release): TypeFlow {
  const index = indexOf(release)
  const flow = index.flows.get(kfunc.name) ?? flowAround(kfunc, release, index)
  index.flows.set(kfunc.name, flow)
  return flow
}

function flowAround(kfunc: Kfunc, release: Release, index: Index): TypeFlow {
  const own = index.ends.get(kfunc.name)
  if (!own) return { givers: [], takers: [] }
  // the lists are in byte order, which the sort keeps among equals
  const near = (lists: Index['givers'], types: ReadonlySet<string>): FlowEnd[] =>
    [...types]
      .flatMap((type) =>
        (lists.get(type) ?? [])
          .filter((ends) => isLike(own, ends) && (hasDestructor(type, release) || shareCaller(own, ends)))
          .map((ends) => ({ name: ends.kfunc.name, type, shared: shared(own, ends) })),
      )
      .sort((a, b) => b.shared - a.shared)
      .map(({ name, type }) => ({ name, type }))
  return {
    givers: once(kfunc.name, [
      ...acquirersOf(kfunc, release).map((name) => ({ name, type: own.released })),
      ...near(index.givers, own.takes),
    ]),
    takers: once(kfunc.name, [
      ...releasersOf(kfunc, release).map((name) => ({
        name,
        type: withoutConst(kfunc.prototype?.returns ?? ''),
      })),
      ...near(index.takers, own.gives),
    ]),
  }
}

function once(own: string, ends: readonly FlowEnd[]): FlowEnd[] {
  const seen = new Set([own])
  return ends.filter(({ name }) => !seen.has(name) && seen.add(name))
}

const indexOf = memoisePerObject((release: Release): Index => {
  const all = release.kfuncs.filter(({ kind }) => kind !== 'generated').map(endsOf)
  return {
    ends: new Map(all.map((ends) => [ends.kfunc.name, ends])),
    givers: byType(all, ({ gives }) => gives),
    takers: byType(all, ({ takes }) => takes),
    flows: new Map<string, TypeFlow>(),
  }
})

function endsOf(kfunc: Kfunc): Ends {
  const given = argumentsOf(kfunc)
  const types = (kinds: readonly ArgumentKind[]): string[] =>
    given.filter(({ kind }) => kinds.includes(kind)).map(({ parameter }) => parameter.type)
  const pointers = (some: readonly string[]): Set<string> =>
    new Set(some.filter((type) => structOf(type) !== null).map(withoutConst))
  return {
    kfunc,
    words: new Set(kfunc.name.split('_')),
    gives: pointers([kfunc.prototype?.returns ?? '', ...types(GIVEN)]),
    takes: pointers(types(TAKEN)),
    released: withoutConst(types(['released', 'owned'])[0] ?? ''),
    callers:
      kfunc.programTypes &&
      new Set(kfunc.programTypes.flatMap((one) => (one.callable === 'never' ? [] : [one.programType]))),
  }
}

function byType(all: readonly Ends[], types: (ends: Ends) => ReadonlySet<string>): Map<string, Ends[]> {
  const lists = new Map<string, Ends[]>()
  for (const ends of all)
    for (const type of types(ends)) {
      const list = lists.get(type) ?? []
      list.push(ends)
      lists.set(type, list)
    }
  return lists
}

const isLike = (own: Ends, { kfunc }: Ends): boolean => kfunc.kind === own.kfunc.kind

function shareCaller(a: Ends, b: Ends): boolean {
  if (a.callers === null || b.callers === null) return true
  for (const type of a.callers) if (b.callers.has(type)) return true
  return false
}

/** How many words two names share. */
function shared(a: Ends, b: Ends): number {
  let count = 0
  for (const word of a.words) if (b.words.has(word)) count++
  return count
}
