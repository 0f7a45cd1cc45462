/**
 * Where a release has what our texts refer to: `content/data/places/<id>.json`. What is not in the release is absent.
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

/** The places of one release: places by `of`, messages by message and `of`, in byte order. */
export const StoredPlaces = z.strictObject({
  format: z.literal(1),
  release: z.string(),
  places: z.array(StoredPlace),
  messages: z.array(StoredMessage),
})

export type StoredPlace = z.infer<typeof StoredPlace>
export type StoredMessage = z.infer<typeof StoredMessage>
export type StoredPlaces = z.infer<typeof StoredPlaces>

/** A place of the kernel's source as a text names it: a file, a definition in it, a line at or after that. */
export interface KernelPlace {
  readonly path: string
  /** null: the file as a whole, or its first line with `text`. */
  readonly name: string | null
  /** What the line contains; null: the line of the definition. */
  readonly text: string | null
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
