/**
 * What extraction stores, one file a release in `content/data`: what was read, with its place, and nothing
 * that follows from it. Program types, whole flag names and history are derived from it (src/lib/publish).
 */
import { z } from 'zod'
import {
  Demand,
  Destructor,
  Doc,
  Flag,
  Gap,
  Gating,
  Hook,
  Prototype,
  Registration,
  ReleaseHead,
  Remark,
  SourceRef,
  Suffix,
} from '#lib/model/published.ts'

/** The sha256 of a text as it is published, in hex: of a comment the JSON of its parts, see `textOfDoc`. */
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A comment of which the text was not taken: where it stands, and the sha256 by which the same text is known. */
export const CommentMark = z.strictObject({
  at: SourceRef,
  license: z.string().nullable(),
  sha256: Sha256,
})

/** A flag; `sha256` is that of its comment, null where it has none. Where texts were not taken, `comment` is null. */
export const StoredFlag = Flag.extend({ sha256: Sha256.nullable() })

/** One id set of a binary: its kfuncs' names. In a release without source, sets are told apart only by this. */
export const BinarySet = z.strictObject({ object: z.string(), names: z.array(z.string()) })

/** Which program types may be loaded sleepable, and which always are. */
export const Sleepability = z.strictObject({
  may: z.array(z.string()),
  always: z.array(z.string()),
  at: SourceRef,
})

/** A function that narrows who may call: the filter of id sets, or a check that stands in the verifier. */
export const FilterFunction = z.strictObject({
  name: z.string(),
  kind: z.enum(['filter', 'check']),
  /** The sets that are registered with it; none for a check. */
  sets: z.array(z.string()),
  /** The id tables that it asks, by name. */
  asks: z.array(z.string()),
  /** Of the tokens of the function and of what it reads: an interpretation is pinned to it. null: not to be found. */
  sha256: z.string().nullable(),
  at: SourceRef,
})

/** An id set, of kfuncs or plain, that a filter asks. */
export const IdTable = z.strictObject({ name: z.string(), kfuncs: z.array(z.string()), at: SourceRef })

/** The struct that a program type has as its context, for programs and inside the kernel; null: no struct. */
export const ContextType = z.strictObject({
  programType: z.string(),
  user: z.string().nullable(),
  kernel: z.string().nullable(),
})

/** Where a kfunc takes `context`, a trusted pointer to `kernel` will do as well. */
export const Projection = z.strictObject({ context: z.string(), kernel: z.string() })

/** The words that conditions on a call are said in. */
export const Vocabulary = z.strictObject({
  attachTypes: z.array(z.string()),
  structOps: z.array(z.strictObject({ name: z.string(), members: z.array(z.string()) })),
  lsmHooks: z.array(z.string()),
})

/** Functions that a set marks as fmod_ret attach points; they are no kfuncs. */
export const FmodRetSet = z.strictObject({ set: z.string(), names: z.array(z.string()), at: SourceRef })

export const ExtractedKfunc = z.strictObject({
  name: z.string(),
  object: z.string().nullable(),
  kind: z.enum(['callable', 'generated', 'test-only']),
  /** The numbers of the binary's id sets, or-ed; null when no image holds it. */
  bits: z.int().min(0).nullable(),
  prototype: Prototype.nullable(),
  /** null: the same as `prototype`, or not known where only BTF was read. */
  kernelPrototype: Prototype.nullable(),
  /** null: no source was read. */
  registrations: z.array(Registration).nullable(),
  definition: SourceRef.nullable(),
  doc: z.union([Doc.extend({ sha256: Sha256 }), CommentMark]).nullable(),
  remark: z.union([Remark.extend({ sha256: Sha256 }), CommentMark]).nullable(),
  /** null: no source was read, or its rules were not found. */
  gating: Gating.extend({ config: z.array(z.string()) }).nullable(),
})

export const Extracted = z.strictObject({
  format: z.literal(1),
  release: ReleaseHead.omit({ series: true, longTerm: true, files: true, counts: true, follows: true }),
  flags: z.array(StoredFlag),
  suffixes: z.array(Suffix),
  /** Structs whose pointers are implicit arguments, as resolve_btfids of the release tests them. */
  implicitTypes: z.array(z.strictObject({ name: z.string(), at: SourceRef })),
  /** All of `enum bpf_prog_type`, in its order. */
  programTypes: z.array(z.string()),
  hooks: z.array(Hook),
  /** null: no source was read. */
  sleepability: Sleepability.nullable(),
  filters: z.array(FilterFunction),
  /** null: no source was read. */
  demands: z.array(Demand).nullable(),
  tables: z.array(IdTable),
  /** null: no source was read. */
  vocabulary: Vocabulary.nullable(),
  contexts: z.array(ContextType),
  projections: z.array(Projection),
  /** null: no source was read. */
  destructors: z.array(Destructor).nullable(),
  fmodRetSets: z.array(FmodRetSet),
  binarySets: z.array(BinarySet),
  kfuncs: z.array(ExtractedKfunc),
  gaps: z.array(Gap),
})

export type CommentMark = z.infer<typeof CommentMark>
export type StoredFlag = z.infer<typeof StoredFlag>
export type BinarySet = z.infer<typeof BinarySet>
export type Sleepability = z.infer<typeof Sleepability>
export type IdTable = z.infer<typeof IdTable>
export type ContextType = z.infer<typeof ContextType>
export type Projection = z.infer<typeof Projection>
export type Vocabulary = z.infer<typeof Vocabulary>
export type FilterFunction = z.infer<typeof FilterFunction>
export type FmodRetSet = z.infer<typeof FmodRetSet>
export type ExtractedKfunc = z.infer<typeof ExtractedKfunc>
export type Extracted = z.infer<typeof Extracted>
