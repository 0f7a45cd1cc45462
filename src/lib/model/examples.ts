/**
 * Examples as extraction stores them: `content/data/examples/<id>.json` says what is shown of which kfunc, and
 * `content/data/snippets/<id>.txt` holds each text once, however many releases and kfuncs it serves.
 */
import { z } from 'zod'
import { Gap, SourceRef } from '#lib/model/published.ts'

/** One example of a kfunc. */
export const StoredExample = z.strictObject({
  /** The file of the text: the first 16 hex digits of its sha256. Of a release whose texts are not taken, no file may be there. */
  snippet: z.string().regex(/^[0-9a-f]{16}$/),
  /** The text that it was shortened from, likewise; null: nothing was left out. */
  whole: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  function: z.string(),
  section: z.string(),
  /** null: libbpf's table of the release has no such section. */
  programType: z.string().nullable(),
  /** What hides the call, as "bpf_obj_new()"; null: the program calls it by its name. */
  via: z.string().nullable(),
  /** Does what hides the call ask what the kernel has, and call that? */
  isChoice: z.boolean(),
  at: SourceRef,
  endLine: z.int().min(1),
  license: z.string().nullable(),
  /** Lines of the snippet, from 1, that call the kfunc. */
  callLines: z.array(z.int().min(1)),
  /** Is the program meant to be refused? Shown only where nothing else is. */
  isFailing: z.boolean(),
  /** Did it, or what it was shortened from, compile? null: not tried. */
  compiled: z.boolean().nullable(),
  /** The first error of the compiler; null: there was none, or it was not tried. */
  compileError: z.string().nullable(),
})

/** The examples of one release, kfuncs by name in byte order, examples best first. */
export const StoredExamples = z.strictObject({
  format: z.literal(1),
  release: z.string(),
  /** "facts": the texts were not taken; those that a release with "own" texts names as well are known. */
  texts: z.enum(['own', 'facts']),
  /** What compiled them: "clang 19.1.7"; null: nothing did. */
  compiler: z.string().nullable(),
  kfuncs: z.array(z.strictObject({ name: z.string(), examples: z.array(StoredExample).min(1) })),
  gaps: z.array(Gap),
})

export type StoredExample = z.infer<typeof StoredExample>
export type StoredExamples = z.infer<typeof StoredExamples>

/** An example with its text, before it has a file of its own. */
export type FoundExample = Omit<StoredExample, 'snippet' | 'whole'> & {
  readonly code: string
  readonly whole: string | null
}

/** The examples that were found, by kfunc. */
export type FoundExamples = readonly { readonly name: string; readonly examples: readonly FoundExample[] }[]
