/** Published releases of a made-up row, to be changed where a test is about it. */
import type { Kfunc, Parameter, Prototype, Registration, Release, Support } from '#lib/model/published.ts'
import { follows } from '../../support/mainline.ts'

const at = { path: 'kernel/bpf/helpers.c', line: 1 }

/** A release with source: "6.18". It defines KF_ACQUIRE and KF_RCU, and what `defined` adds. */
export function release(id: string, kfuncs: readonly Kfunc[], defined: readonly string[] = []): Release {
  const names = ['KF_ACQUIRE', 'KF_RCU', ...defined]
  return {
    format: 1,
    release: {
      id,
      series: 'x',
      longTerm: false,
      version: `${id}.1`,
      tag: `v${id}.1`,
      texts: 'own',
      files: null,
      sources: [],
      images: [],
      otherModules: null,
      coverage: 'full',
      counts: { kfuncs: kfuncs.length, testOnly: 0, generated: 0, gaps: 0 },
      follows: follows(id),
    },
    flags: names.map((name, bit) => ({ name, bit, comment: null, at })),
    suffixes: [],
    hooks: [],
    filters: [],
    compiler: null,
    demands: [],
    destructors: [],
    kfuncs: [...kfuncs],
    absent: [],
    gaps: [],
    rules: [],
  }
}

/** A release of which only an image was read: no flags, registrations, program types, files. */
export function btfOnly(id: string, kfuncs: readonly Kfunc[]): Release {
  const bare = kfuncs.map((kfunc) => ({
    ...kfunc,
    kernelPrototype: null,
    registrations: null,
    programTypes: null,
    config: null,
    definition: null,
  }))
  const whole = release(id, bare)
  return { ...whole, flags: [], release: { ...whole.release, coverage: 'btf-only' } }
}

/** A kfunc in vmlinux, of `int name(void)`, registered for XDP. What no history reads is left out. */
export function kfunc(name: string, given: Partial<Kfunc> = {}): Kfunc {
  const prototype = given.prototype === undefined ? prototypeOf(`int ${name}()`) : given.prototype
  return {
    name,
    object: 'vmlinux',
    kind: 'callable',
    prototype,
    kernelPrototype: prototype,
    flags: [],
    registrations: [registered('a_ids', 'XDP')],
    programTypes: [],
    config: [],
    definition: at,
    doc: null,
    remark: null,
    examples: [],
    introduced: null,
    replacedBy: null,
    ...given,
  } as Kfunc
}

/** One registration: the id set, the program type without its prefix, flags. */
export function registered(set: string, type: string, ...flags: readonly string[]): Registration {
  return {
    set,
    flags: [...flags],
    programType: `BPF_PROG_TYPE_${type}`,
    filter: null,
    at,
    entry: at,
  } as Registration
}

/** One answer: the program type without its prefix. */
export function answer(type: string, callable: Support['callable'], given: Partial<Support> = {}): Support {
  return {
    programType: `BPF_PROG_TYPE_${type}`,
    callable,
    how: callable === 'never' ? null : 'registered',
    conditions: [],
    when: null,
    ...given,
  } as Support
}

const SUFFIX = /__(?:sz|szk|map|const_map|opt|nullable|ign|prog)$/

/** A prototype of C text: the types of parameters are one word, or end in `*`. Those named `aux`, `…__ign`, `…__prog` are implicit. */
export function prototypeOf(text: string): Prototype {
  const [, returns = '', inner = ''] = /^(.*?)\w+\((.*)\)$/.exec(text) ?? []
  const parameters = inner === '' ? [] : splitParameters(inner).map(parameterOf)
  return { text, returns: returns.trim(), parameters, typedefs: [], from: 'btf' }
}

/** At the commas that stand in no parentheses. */
const splitParameters = (inner: string): string[] => inner.split(/, (?![^()]*\))/)

function parameterOf(text: string): Parameter {
  const callback = /^(.*\(\*)(\w+)(\).*)$/.exec(text)
  const [, before = '', name = '', after = ''] = callback ?? /^(.*?)(\w+)()$/.exec(text) ?? []
  return {
    name,
    type: (before + after).trim(),
    suffix: SUFFIX.exec(name)?.[0] ?? null,
    implicit: /^aux$|__(?:ign|prog)$/.test(name),
    fixed: /__(?:ign|prog)$/.test(name) ? 'NULL' : null,
    doc: null,
  }
}
