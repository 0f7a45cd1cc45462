/**
 * What a date in a text is about, as the text writes it: "flag:KF_RCU", "kernel:kernel/bpf/verifier.c#is_kfunc_rcu",
 * "gone:flag:KF_KPTR_GET", "kfunc:a or kfunc:b".
 */
import { type KernelPlace, printPlace, readPlace } from '#lib/model/places.ts'

/** The scheme of an address that says what a date is about: `[since](when:flag:KF_RCU)`. */
const SCHEME = 'when:'

/** One thing that a release has or has not. */
export type Thing =
  /** A kfunc, or that it has a flag; flag null: the kfunc as such. */
  | { readonly is: 'kfunc'; readonly name: string; readonly flag: string | null }
  | { readonly is: 'flag' | 'suffix' | 'filter' | 'attach'; readonly name: string }
  /** A program type as addresses spell it, "cgroup_skb"; `sleepable`: one that may be loaded sleepable. */
  | { readonly is: 'type' | 'sleepable'; readonly name: string }
  /** A hook of kfuncs, or that a program type shares it; type null: the hook as such. */
  | { readonly is: 'hook'; readonly name: string; readonly type: string | null }
  /** A type of struct_ops, or one of its members; member null: the type as such. */
  | { readonly is: 'struct_ops'; readonly name: string; readonly member: string | null }
  /** A definition, or a text in it, in the kernel's source. */
  | { readonly is: 'kernel'; readonly place: KernelPlace }

/** What a date is about: a release has it when it has one of `things`. */
export interface Subject {
  readonly things: readonly Thing[]
  /** The date is about the time after it went. */
  readonly isGone: boolean
}

/** The forms of a thing, as a complaint names them. */
export const THING_FORMS =
  'kfunc:NAME, kfunc:NAME/KF_X, flag:KF_X, suffix:__x, type:xdp, sleepable:xdp, attach:BPF_X, filter:NAME, hook:NAME/type, struct_ops:NAME/member, kernel:path#name or kernel:path#name~text'

/** Is the address of a link one that says what a date is about? */
export const isSubjectUrl = (url: string): boolean => url.startsWith(SCHEME)

/** Reads such an address, without escapes; null: it is of no form that is known. */
export function readSubject(url: string): Subject | null {
  const [, gone, written = ''] = /^when:(gone:)?(.+)$/s.exec(url) ?? []
  // a text in the source may hold the word: " or " parts things only before the next scheme
  const things = written.split(/ or (?=[a-z_]+:)/).map(readThing)
  const known = things.filter((thing) => thing !== null)
  return known.length === things.length ? { things: known, isGone: gone !== undefined } : null
}

function readThing(written: string): Thing | null {
  const [, is = '', rest = ''] = /^([a-z_]+):(.+)$/s.exec(written) ?? []
  const [, name = '', part = null] = /^(\w+)(?:\/(\w+))?$/.exec(rest) ?? []
  switch (is) {
    case 'kernel': {
      const place = readPlace(rest)
      return place && { is, place }
    }
    case 'kfunc':
      return name === '' ? null : { is, name, flag: part }
    case 'hook':
      return name === '' ? null : { is, name, type: part }
    case 'struct_ops':
      return name === '' ? null : { is, name, member: part }
    case 'flag':
    case 'suffix':
    case 'filter':
    case 'attach':
    case 'type':
    case 'sleepable':
      return name === '' || part !== null ? null : { is, name }
    default:
      return null
  }
}

/** A thing as texts write it. */
export function printThing(thing: Thing): string {
  switch (thing.is) {
    case 'kernel':
      return `kernel:${printPlace(thing.place)}`
    case 'kfunc':
      return `kfunc:${thing.name}${thing.flag === null ? '' : `/${thing.flag}`}`
    case 'hook':
      return `hook:${thing.name}${thing.type === null ? '' : `/${thing.type}`}`
    case 'struct_ops':
      return `struct_ops:${thing.name}${thing.member === null ? '' : `/${thing.member}`}`
    default:
      return `${thing.is}:${thing.name}`
  }
}
