/** What extraction stores of a made-up release, to be changed where a test is about it. */
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import type { FilterReadings } from '#lib/model/filter-reading.ts'
import type { Prototype, Registration, Release } from '#lib/model/published.ts'
import { publish } from '#lib/publish/release.ts'
import { MAINLINE } from '../support/mainline.ts'

/** What people know, where a test is not about it. */
export const NO_KNOWLEDGE = {
  rules: new Map(),
  renames: { about: '', renames: [], declined: [] },
  introduced: { about: '', kfuncs: {} },
  mainline: MAINLINE,
}

const at = { path: 'kernel/bpf/helpers.c', line: 1 }
const prefixed = (prefix: string, words: string): string[] =>
  words === '' ? [] : words.split(' ').map((word) => prefix + word)

/** Names of program types: "XDP LSM" → ["BPF_PROG_TYPE_XDP", "BPF_PROG_TYPE_LSM"]. */
export const types = (words: string): string[] => prefixed('BPF_PROG_TYPE_', words)

/** Hooks by name, with the program types that share each. */
const hooks = (table: Record<string, string>) =>
  Object.entries(table).map(([name, words]) => ({
    name: `BTF_KFUNC_HOOK_${name}`,
    programTypes: types(words),
    at,
  }))

/** A release with source: eight program types, of which TRACING and LSM share a hook and SK_MSG has none. */
export function release(id: string, given: Partial<Omit<Extracted, 'release'>> = {}): Extracted {
  return {
    format: 1,
    release: {
      id,
      version: `${id}.0`,
      tag: `v${id}`,
      texts: 'own',
      sources: [],
      images: [],
      otherModules: null,
      coverage: 'full',
    },
    flags: [
      { name: 'KF_ACQUIRE', bit: 0, comment: null, at, sha256: null },
      { name: 'KF_SLEEPABLE', bit: 5, comment: null, at, sha256: null },
    ],
    suffixes: [{ name: '__sz', test: 'is_kfunc_arg_mem_size', at }],
    implicitTypes: [{ name: 'bpf_prog_aux', at }],
    programTypes: types('UNSPEC XDP SK_MSG TRACING STRUCT_OPS EXT LSM SYSCALL'),
    hooks: hooks({
      COMMON: 'UNSPEC',
      STRUCT_OPS: 'STRUCT_OPS',
      SYSCALL: 'SYSCALL',
      TRACING: 'TRACING LSM',
      XDP: 'XDP',
    }),
    sleepability: { may: types('LSM STRUCT_OPS TRACING'), always: types('SYSCALL'), at },
    filters: [],
    demands: [],
    destructors: [],
    tables: [],
    contexts: [],
    projections: [],
    vocabulary: null,
    fmodRetSets: [],
    binarySets: [],
    kfuncs: [],
    gaps: [],
    ...given,
  }
}

/** A release of which only an image was read. */
export function btfOnly(id: string, given: Partial<Omit<Extracted, 'release'>> = {}): Extracted {
  const none = { flags: [], suffixes: [], implicitTypes: [], hooks: [], sleepability: null }
  const whole = release(id, { ...none, ...given })
  return { ...whole, release: { ...whole.release, coverage: 'btf-only' } }
}

/** A kfunc in an image and, with registrations, in source. */
export function kfunc(name: string, given: Partial<ExtractedKfunc> = {}): ExtractedKfunc {
  return {
    name,
    object: 'vmlinux',
    kind: 'callable',
    bits: 0,
    prototype: null,
    kernelPrototype: null,
    registrations: null,
    definition: null,
    doc: null,
    remark: null,
    gating: null,
    ...given,
  }
}

/** Publishes releases, with what people read of their filters. */
export function published(
  extracted: readonly Extracted[],
  filters: readonly FilterReadings[] = [],
): Release[] {
  return publish(extracted, { filters, ...NO_KNOWLEDGE })
}

/** The sha256 of every filter below. */
export const FILTER_SHA256 = '0'.repeat(64)

/** A filter of these sets, which asks them whether it is concerned. */
export function filterOf(name: string, ...sets: readonly string[]): Extracted['filters'][number] {
  return { name, kind: 'filter', sets: [...sets], asks: [...sets], sha256: FILTER_SHA256, at }
}

/** One registration: "XDP", "XDP SLEEPABLE", with flags after the program type. */
export function registered(words: string, filter: string | null = null, set = 'a_ids'): Registration {
  const [programType = '', ...flags] = words.split(' ')
  return {
    set,
    flags: flags.map((flag) => `KF_${flag}`),
    programType: `BPF_PROG_TYPE_${programType}`,
    filter,
    at,
    entry: at,
    config: [],
  }
}

/** A prototype of BTF whose parameters are not yet told apart: "task", "len__sz", all of one type. */
export function prototypeOf(name: string, type: string, ...parameters: readonly string[]): Prototype {
  return {
    text: `int ${name}(…)`,
    returns: 'int',
    parameters: parameters.map((parameter) => ({
      name: parameter,
      type,
      suffix: null,
      implicit: false,
      fixed: null,
      doc: null,
    })),
    typedefs: [],
    from: 'btf',
  }
}
