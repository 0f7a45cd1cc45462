/**
 * The published data: what `/data/` serves, as schemas and the types inferred from them. The one truth of
 * its shape; the JSON Schema that is served beside the data is made from it. Promises: names and meanings
 * stay, additions are free, anything that could break a reader raises FORMAT.
 *
 * Everywhere: `[]` means "there are none", `null` means "no answer" and each field says why that can be. But for the lists
 * of a release that was read from an image alone: its coverage "btf-only" says that they were not read.
 */
import { z } from 'zod'
import { HIGHEST_BIT } from '#lib/model/flag-bits.ts'
import type { StoredRule } from '#lib/model/places.ts'

/** Raised with every change that could break a reader of the data. */
export const FORMAT = 1

/** A place in the tree that was read: path without a leading slash, line counted from 1. */
export const SourceRef = z
  .strictObject({ path: z.string().regex(/^[^/]/), line: z.int().min(1) })
  .meta({ id: 'SourceRef', description: 'A place in the kernel tree that was read; lines count from 1.' })

/** One file that was given to the extractor. */
export const Input = z
  .strictObject({
    name: z.string().describe('"vmlinux", a module\'s name, or a file name'),
    origin: z
      .string()
      .describe(
        'where it came from: a package and its version, a git tag, or "copy of Linux 6.8.0, owner/name@commit"',
      ),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(1),
  })
  .meta({ id: 'Input' })

export const ReleaseHead = z
  .strictObject({
    id: z.string().regex(/^\d+\.\d+$/),
    series: z.string().describe('"6.x"'),
    longTerm: z.boolean().describe('is it a long-term release of kernel.org?'),
    version: z.string().describe('the exact point release that was read: "6.11.11", "5.17.0-rc5"'),
    tag: z.string().describe('where source links point'),
    texts: z
      .enum(['own', 'facts'])
      .describe(
        '"facts": comments and examples of this release were not taken. One that another release has with the same sha256 is the ' +
          'same text, and is given with its place in this release',
      ),
    files: z
      .string()
      .nullable()
      .describe(
        'the list of the source files that facts came from, "/data/6.6.files.txt": a line a file, its git object id, two spaces, its ' +
          'path; sorted by path; null: no source was read',
      ),
    sources: z.array(Input).describe('empty when there was no source for this release'),
    images: z
      .array(Input)
      .describe('BTF images: vmlinux first, then, by name, the modules that carry kfuncs'),
    otherModules: z
      .strictObject({ count: z.int().min(0), sha256: z.string() })
      .nullable()
      .describe('modules that were looked at and carry no kfunc; null: none were at hand'),
    coverage: z.enum(['full', 'source-only', 'btf-only']),
    counts: z.strictObject({
      kfuncs: z.int().min(0),
      testOnly: z.int().min(0),
      generated: z.int().min(0),
      gaps: z.int().min(0),
    }),
    follows: z
      .array(z.string())
      .describe(
        'the mainline releases before it, newest first, back to the one before it in this data: the first is the one that ' +
          'it follows. [] where that is not known, of a .0 whose major release before has no known end',
      ),
  })
  .meta({ id: 'ReleaseHead' })

export const Parameter = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    suffix: z.string().nullable().describe('"__sz"; null: the name carries none that the verifier tests for'),
    implicit: z.boolean().describe('given by the verifier, not by the program'),
    fixed: z.string().nullable().describe('what the caller must pass ("NULL"); null: the caller decides'),
    doc: z.string().nullable().describe("the kernel's text on it; null: it has none"),
  })
  .meta({ id: 'Parameter' })

export const Prototype = z
  .strictObject({
    text: z.string().describe('one line of C, no trailing semicolon'),
    returns: z.string(),
    parameters: z.array(Parameter),
    typedefs: z.array(z.string()).describe('callback typedefs it uses, in full'),
    from: z.enum(['btf', 'source']),
  })
  .meta({ id: 'Prototype' })

/** What gives a kfunc a flag where entries of sets have none. */
export const FlagSet = z
  .strictObject({
    flag: z.string().describe('by the name that 6.0 gave it: "KF_ACQUIRE"'),
    member: z.string().describe('of struct btf_kfunc_id_set: "acquire_set"'),
    set: z.string().describe('the id set that the member names, an alias followed'),
    at: SourceRef.describe('where that set lists the kfunc'),
  })
  .meta({ id: 'FlagSet', description: 'An id set that stands for a flag: each kfunc in it has the flag.' })

export const Registration = z
  .strictObject({
    set: z.string().describe('the id set'),
    flags: z.array(z.string()),
    flagSets: z
      .array(FlagSet)
      .optional()
      .describe(
        '5.18 and 5.19, where sets stand for what 6.0 made flags: the source of each of `flags`, in their order; absent: ' +
          'the flags stand in `entry`, or there are none',
      ),
    programType: z
      .string()
      .describe(
        'as passed to the register call; up to 5.17, where calls name none: the first type that has the verifier operations ' +
          'through which the set is asked',
      ),
    filter: z.string().nullable().describe("the set's filter function; null: none"),
    at: SourceRef.describe(
      'the register call; up to 5.17, for a set that is not registered: where the function behind .check_kfunc_call asks it',
    ),
    entry: SourceRef.describe('where the set lists the kfunc'),
    config: z
      .array(z.string())
      .nullable()
      .describe('CONFIG_ symbols that this registration needs beyond those of the kfunc; null: not read'),
  })
  .meta({ id: 'Registration' })

export const When = z
  .strictObject({
    sleepable: z.literal(true).optional().describe('the program is loaded sleepable'),
    attach: z.array(z.string()).optional().describe('the expected attach type is one of these'),
    structOps: z
      .record(z.string(), z.union([z.literal('*'), z.array(z.string())]))
      .optional()
      .describe('struct_ops type to members; "*": all'),
    lsmHooks: z
      .strictObject({ only: z.array(z.string()).optional(), except: z.array(z.string()).optional() })
      .optional(),
    deviceBound: z.literal(true).optional().describe('an XDP program bound to a device'),
    unread: z.string().optional().describe('depends on this filter, which no one has read for this release'),
  })
  .meta({ id: 'When', description: 'All that is given must hold.' })

export const Support = z
  .strictObject({
    programType: z.string(),
    callable: z.enum(['always', 'sometimes', 'never']),
    how: z
      .enum(['registered', 'shared-hook', 'common'])
      .nullable()
      .describe('null when never and nothing registers it'),
    conditions: z.array(z.string()).describe('one sentence each'),
    when: z.array(When).nullable().describe('for "sometimes": callable when any of these holds; else null'),
    config: z
      .array(z.string())
      .describe('CONFIG_ symbols that programs of this type need beyond those of the kfunc'),
  })
  .meta({ id: 'Support' })

export const Doc = z
  .strictObject({
    summary: z.string(),
    body: z.string(),
    parameters: z.record(z.string(), z.string()),
    returns: z.string().nullable().describe('null: the comment does not say'),
    at: SourceRef,
    license: z.string().nullable().describe('the SPDX line of its file; null: the file has none'),
  })
  .meta({ id: 'Doc', description: "The kernel's own comment, its comment marks taken off." })

export const Remark = z
  .strictObject({
    text: z.string(),
    at: SourceRef,
    license: z.string().nullable().describe('the SPDX line of its file; null: the file has none'),
  })
  .meta({
    id: 'Remark',
    description:
      'A comment right above a definition that is no documentation: a remark on the code below it.',
  })

export const Example = z
  .strictObject({
    function: z.string(),
    section: z.string().nullable(),
    programType: z.string().nullable(),
    code: z.string(),
    at: SourceRef,
    endLine: z.int().min(1),
    license: z.string().nullable(),
    via: z
      .string()
      .nullable()
      .describe('what hides the call: "bpf_obj_new()"; null: it is called by its name'),
    isChoice: z.boolean().describe('what hides the call asks what the kernel has, and calls that'),
    callLines: z.array(z.int().min(1)).describe('lines of the code, from 1, that call the kfunc'),
    isFailing: z.boolean().describe('the verifier is meant to refuse it; there is no other example then'),
    isShortened: z
      .boolean()
      .describe('comments above items are left out, and what a comment in the code says is left out'),
    compiled: z
      .boolean()
      .nullable()
      .describe('did it compile for BPF, before it was shortened; null: not tried'),
    compileError: z
      .string()
      .nullable()
      .describe('the first error; null: there was none, or it was not tried'),
  })
  .meta({ id: 'Example', description: "A program of the kernel's own, cut so that it stands alone." })

const Coming = z.strictObject({
  release: z.string(),
  exact: z.boolean().describe('known to be the first; else first seen here'),
  after: z.string().nullable().describe('not in this release; null: not known'),
  commit: z.string().nullable(),
})

export const Introduced = Coming.extend({
  earlier: Coming.nullable().describe(
    'when it came for the first time, where it went and came back: `release` is then that of its return; null: it was never gone, as far as is known',
  ),
}).meta({
  id: 'Introduced',
  description: 'Since when the release has the kfunc, without a break.',
})

/** A parameter that takes the context of a program, so that a permitted call may still be impossible. */
export const ContextArgument = z
  .strictObject({
    parameter: z.string(),
    type: z.string().describe('the context struct'),
    programTypes: z.array(z.string()).describe('the program types that have this context'),
    by: z
      .enum(['context', 'cast', 'castable'])
      .describe(
        '"context": the program passes its context; "cast": what bpf_cast_to_kern_ctx() makes of it; "castable": a context of which it can make something, any whose kernel form is a struct',
      ),
    alsoTakes: z
      .string()
      .nullable()
      .describe('a kernel struct of which a trusted pointer will do in other program types'),
  })
  .meta({ id: 'ContextArgument' })

/** What a kfunc needs of a configuration beyond the plain list of symbols. */
export const Gating = z
  .strictObject({
    off: z.array(z.string()).describe('CONFIG_ symbols that must be off'),
    alternatives: z
      .array(z.array(z.string()))
      .describe('one of these lists must hold, all of its symbols; "CONFIG_X=m" where the form matters'),
    other: z.array(z.string()).describe('preprocessor conditions about other things, as text'),
    architectures: z
      .array(z.string())
      .nullable()
      .describe('the architectures that alone have it; null: no such limit'),
    tristate: z
      .enum(['bool', 'tristate'])
      .nullable()
      .describe('may it be in a module; null: Kconfig does not say'),
    module: z.string().nullable().describe('the module it is in when it is in one'),
    at: z.array(SourceRef).describe('the lines that say all this'),
  })
  .meta({ id: 'Gating' })

export const Kfunc = z
  .strictObject({
    name: z.string(),
    object: z.string().nullable().describe('"vmlinux" or a module\'s name; null: in no image that was read'),
    kind: z.enum(['callable', 'generated', 'test-only']),
    prototype: Prototype.nullable().describe('what a BPF program declares; null: a gap says why'),
    kernelPrototype: Prototype.nullable().describe(
      "what the kernel's C function takes; null where only BTF was read",
    ),
    flags: z
      .array(z.string())
      .describe(
        'KF_* in bit order; the union over its registrations; [] where raw BTF alone was read, which a gap no-id-sets says',
      ),
    registrations: z.array(Registration).nullable().describe('null in a btf-only release'),
    programTypes: z.array(Support).nullable().describe('null in a btf-only release'),
    contextArguments: z
      .array(ContextArgument)
      .nullable()
      .describe("parameters that take a program's context; null: no source was read"),
    config: z
      .array(z.string())
      .nullable()
      .describe(
        'CONFIG_ symbols that must be on, outermost first; null: not read. What every kfunc needs stands here only where ' +
          'the source asks for it beside the kfunc: CONFIG_BPF_SYSCALL, which selects CONFIG_BPF, and ' +
          'CONFIG_DEBUG_INFO_BTF; to call it, CONFIG_BPF_JIT',
      ),
    gating: Gating.nullable().describe('what else of the configuration decides; null: not read'),
    definition: SourceRef.nullable().describe('null: btf-only, or a gap'),
    doc: Doc.nullable().describe('null: it has none, or its text was not taken: see docAt'),
    docAt: SourceRef.nullable().describe(
      'where this release has its comment, also where the text was not taken and is not known; null: it has none',
    ),
    remark: Remark.nullable().describe(
      'the comment above the definition, where that is no documentation; null: none, or none that is known in a release of texts "facts"',
    ),
    examples: z
      .array(Example)
      .describe('best first; of a release of texts "facts" those that another release has to the letter'),
    introduced: Introduced.nullable().describe('null: not known'),
    replacedBy: z.string().nullable().describe('null: the kernel did not rename or replace it'),
  })
  .meta({ id: 'Kfunc' })

export const Event = z
  .strictObject({
    kind: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    detail: z.string(),
    exact: z.boolean().describe('between two consecutive mainline releases; else somewhere between the two'),
  })
  .meta({ id: 'Event', description: 'What changed between two releases.' })

export const Flag = z
  .strictObject({
    name: z.string(),
    bit: z.int().min(0).max(HIGHEST_BIT),
    comment: z
      .string()
      .nullable()
      .describe('null: none, or none that is known in a release of texts "facts"'),
    at: SourceRef,
  })
  .meta({ id: 'Flag' })

export const Destructor = z
  .strictObject({
    type: z.string().describe('"struct task_struct"'),
    at: SourceRef.describe('what registers it'),
  })
  .meta({
    id: 'Destructor',
    description: 'A type that the kernel has a destructor for: maps may keep references to it.',
  })

export const Suffix = z
  .strictObject({ name: z.string(), test: z.string().describe("the verifier's function"), at: SourceRef })
  .meta({ id: 'Suffix' })

export const Hook = z
  .strictObject({
    name: z
      .string()
      .describe('"BTF_KFUNC_HOOK_XDP"; up to 5.17, the verifier operations: "tc_cls_act_verifier_ops"'),
    programTypes: z.array(z.string()),
    structOps: z
      .array(z.string())
      .optional()
      .describe('the struct_ops types whose programs alone it is for; absent: it is not limited to any'),
    at: SourceRef,
  })
  .meta({ id: 'Hook' })

export const Filter = z
  .strictObject({
    name: z.string(),
    kind: z
      .enum(['filter', 'check'])
      .describe('"check": it stands in the verifier, and looks at every call of a kfunc in its sets'),
    sets: z.array(z.string()),
    hooks: z.array(z.string()),
    sentence: z.string().nullable().describe('null: not read yet'),
    at: SourceRef,
  })
  .meta({ id: 'Filter' })

export const Demand = z
  .strictObject({
    flag: z.string().nullable().describe('of kfuncs with this flag; null: of every kfunc'),
    condition: z.string().describe("when the verifier refuses, in the source's own words"),
    message: z.string().describe('what it says then, as the source spells it'),
    at: SourceRef,
  })
  .meta({ id: 'Demand', description: 'What a program needs to call a kfunc, whatever its type.' })

export const Gap = z
  .strictObject({
    rule: z.string(),
    message: z.string(),
    kfunc: z.string().nullable(),
    at: SourceRef.nullable(),
  })
  .meta({ id: 'Gap', description: 'What could not be read, or where source and BTF disagree.' })

const NOT_IN_IMAGES = 'of a btf-only release: [], since only source has them'

/** `/data/<id>.json`: one release. */
export const Release = z
  .strictObject({
    format: z.literal(FORMAT),
    release: ReleaseHead,
    flags: z.array(Flag).describe(NOT_IN_IMAGES),
    suffixes: z.array(Suffix).describe(NOT_IN_IMAGES),
    hooks: z.array(Hook).describe(NOT_IN_IMAGES),
    filters: z.array(Filter).describe(NOT_IN_IMAGES),
    compiler: z.string().nullable().describe('what compiled the examples; null: nothing did'),
    demands: z
      .array(Demand)
      .nullable()
      .describe('licence and capabilities that calls need; null: no source was read'),
    destructors: z
      .array(Destructor)
      .nullable()
      .describe('types that maps may keep references to, by name; null: no source was read'),
    kfuncs: z.array(Kfunc).describe('sorted by name, byte order'),
    absent: z
      .array(z.string())
      .describe(
        'kfuncs of other releases that a btf-only release is proven not to have, sorted by name; what neither this ' +
          'nor kfuncs names is not known there. [] where source was read: what kfuncs does not name is absent',
      ),
    gaps: z.array(Gap),
  })
  .meta({ id: 'Release' })

/** `/data/index.json`: the releases, oldest first. */
export const Index = z
  .strictObject({ format: z.literal(FORMAT), releases: z.array(ReleaseHead) })
  .meta({ id: 'Index' })

/** `/data/kfuncs/<name>.json`: one kfunc through all releases. */
export const KfuncHistory = z
  .strictObject({
    format: z.literal(FORMAT),
    name: z.string(),
    releases: z.record(z.string(), Kfunc),
    history: z.array(Event),
  })
  .meta({ id: 'KfuncHistory' })

export type SourceRef = z.infer<typeof SourceRef>
export type Input = z.infer<typeof Input>
export type ReleaseHead = z.infer<typeof ReleaseHead>
export type Parameter = z.infer<typeof Parameter>
export type Prototype = z.infer<typeof Prototype>
export type Registration = z.infer<typeof Registration>
export type When = z.infer<typeof When>
export type Support = z.infer<typeof Support>
export type Doc = z.infer<typeof Doc>
export type Remark = z.infer<typeof Remark>
export type Example = z.infer<typeof Example>
export type Introduced = z.infer<typeof Introduced>
export type Kfunc = z.infer<typeof Kfunc>
export type ContextArgument = z.infer<typeof ContextArgument>
export type Gating = z.infer<typeof Gating>
export type Event = z.infer<typeof Event>
export type Flag = z.infer<typeof Flag>
export type Destructor = z.infer<typeof Destructor>
export type Suffix = z.infer<typeof Suffix>
export type Hook = z.infer<typeof Hook>
export type Filter = z.infer<typeof Filter>
export type Demand = z.infer<typeof Demand>
export type Gap = z.infer<typeof Gap>

/** A release as pages are made of it: what is served, and where its kernel has the rules that our sentences rest on. */
export type Release = z.infer<typeof Release> & {
  /**
   * What extraction looked up, by the place that a rule names. One table where source was read; else those of the nearest
   * source before and after, which must agree; none where one of them is missing.
   */
  readonly rules: readonly ReadonlyMap<string, StoredRule>[]
}

/** What of a release is served. */
export const servedOf = ({ rules: _, ...served }: Release): z.infer<typeof Release> => served
export type Index = z.infer<typeof Index>
export type KfuncHistory = z.infer<typeof KfuncHistory>
