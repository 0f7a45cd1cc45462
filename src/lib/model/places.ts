/**
 * Where a release has what our texts refer to and our rules rest on: `content/data/places/<id>.json`. A place of a text that
 * is neither in `places` nor in `absent` was not looked up.
 */
import { z } from 'zod'

/** One place that a text refers to. */
export const StoredPlace = z.strictObject({
  /** As the texts write it, without a release: "kernel/bpf/verifier.c#check_kfunc_args~is_kfunc_rcu(". */
  of: z.string().regex(/^[^/]/),
  /** null: it is a file as a whole. */
  line: z.int().min(1).nullable(),
})

/** One message of `content/messages.json`. */
export const StoredMessage = z.strictObject({
  /** The literal as the source spells it, adjacent literals joined. */
  message: z.string(),
  /** The function that `content/messages.json` names: "kernel/bpf/verifier.c#check_kfunc_call". */
  of: z.string(),
  /** Where another file says it than the one that is named. */
  path: z.string().optional(),
  /** The function of its file that it stands in; null: none. */
  function: z.string().nullable(),
  line: z.int().min(1),
})

/** One place that a rule of ours rests on. */
export const StoredRule = z.strictObject({
  /** "kernel/bpf/verifier.c#check_kfunc_args~process_iter_arg(": a definition, and words of C in it. */
  of: z.string().regex(/^[^/]/),
  /** Where another file of the folder has it than the one that is named. */
  path: z.string().optional(),
  /** null: the release has no such place. */
  line: z.int().min(1).nullable(),
  /** The kfuncs that it is about, by name; left out: any. */
  kfuncs: z.array(z.string()).optional(),
})

/** The places of one release: places and rules by `of`, messages by message and `of`, in byte order. */
export const StoredPlaces = z.strictObject({
  format: z.literal(1),
  release: z.string(),
  places: z.array(StoredPlace),
  /** What texts refer to and the release lacks, in byte order. */
  absent: z.array(z.string()),
  messages: z.array(StoredMessage),
  rules: z.array(StoredRule),
})

export type StoredPlace = z.infer<typeof StoredPlace>
export type StoredMessage = z.infer<typeof StoredMessage>
export type StoredRule = z.infer<typeof StoredRule>
export type StoredPlaces = z.infer<typeof StoredPlaces>

/** A place of the kernel's source as a text names it: a file, a definition in it, a line at or after that. */
export interface KernelPlace {
  readonly path: string
  /** null: the file as a whole, or its first line with `text`. */
  readonly name: string | null
  /** What the line contains; null: the line of the definition. */
  readonly text: string | null
}

/** A place that a rule rests on. */
export interface RuleToFind {
  /** "path#name", or "path#name~words": in that definition the first of these words of C, however they are spaced. */
  readonly of: string
  /** Is it about the kfuncs that call that function? Else about those that the verifier asks for by name on the way there. */
  readonly isCalled: boolean
}

/** A place as it is written and stored: "path", "path#name", "path#name~text". */
export function printPlace({ path, name, text }: KernelPlace): string {
  return `${path}${name === null ? '' : `#${name}`}${text === null ? '' : `~${text}`}`
}

/** Reads what `printPlace` prints; null: it names no file. */
export function readPlace(written: string): KernelPlace | null {
  const [, path, name = null, text = null] =
    /^([^#~\s/][^#~\s]*)(?:#([^~]+))?(?:~(.+))?$/s.exec(written) ?? []
  return path === undefined ? null : { path, name, text }
}

/** Reads the address of a link into the kernel, "kernel:path#name" or "kernel:7.3/path"; null: it is none. */
export function readKernelLink(url: string): { release: string | null; place: KernelPlace } | null {
  const [, release = null, written] = /^kernel:(?:(\d+\.\d+)\/)?(.+)$/s.exec(url) ?? []
  const place = written === undefined ? null : readPlace(written)
  return place && { release, place }
}
