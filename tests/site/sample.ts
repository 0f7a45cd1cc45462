import type { Kfunc, Prototype, Registration, Release, Support } from '#lib/model/published.ts'
import { follows } from '../support/mainline.ts'

const HASH = 'a'.repeat(64)

/** A prototype with the parameters given as [type, name] and, for implicit ones, a third `true`. */
export function prototype(
  returns: string,
  name: string,
  parameters: readonly (readonly [type: string, name: string, implicit?: boolean])[] = [],
): Prototype {
  const inner =
    parameters.map(([type, one]) => `${type}${type.endsWith('*') ? '' : ' '}${one}`).join(', ') || 'void'
  return {
    text: `${returns}${returns.endsWith('*') ? '' : ' '}${name}(${inner})`,
    returns,
    parameters: parameters.map(([type, one, implicit = false]) => ({
      name: one,
      type,
      suffix: /__(?:sz|map|ign)$/.exec(one)?.[0] ?? null,
      implicit,
      fixed: null,
      doc: null,
    })),
    typedefs: [],
    from: 'btf',
  }
}

/** An answer for a program type, given without its prefix. */
export function support(type: string, callable: Support['callable'], more: Partial<Support> = {}): Support {
  return {
    programType: `BPF_PROG_TYPE_${type}`,
    callable,
    how: callable === 'never' ? null : 'registered',
    conditions: [],
    when: callable === 'sometimes' ? [{ sleepable: true }] : null,
    config: [],
    ...more,
  }
}

/** A registration of `sample_set` for a program type, given without its prefix. */
export function registration(type: string, more: Partial<Registration> = {}): Registration {
  return {
    set: 'sample_set',
    flags: [],
    programType: `BPF_PROG_TYPE_${type}`,
    filter: null,
    at: { path: 'kernel/bpf/helpers.c', line: 900 },
    entry: { path: 'kernel/bpf/helpers.c', line: 800 },
    config: [],
    ...more,
  }
}

/** A callable kfunc in vmlinux, plain but for what is given. */
export function kfunc(name: string, more: Partial<Kfunc> = {}): Kfunc {
  const plain = more.prototype === undefined ? prototype('void', name) : more.prototype
  return {
    name,
    object: 'vmlinux',
    kind: 'callable',
    prototype: plain,
    kernelPrototype: plain,
    flags: [],
    registrations: [registration('XDP')],
    programTypes: [support('TRACING', 'never'), support('XDP', 'always')],
    config: null,
    gating: null,
    contextArguments: [],
    definition: { path: 'kernel/bpf/helpers.c', line: 100 },
    doc: null,
    docAt: more.doc?.at ?? null,
    remark: null,
    examples: [],
    introduced: null,
    replacedBy: null,
    ...more,
  }
}

/** A kfunc as a release without source knows it. */
export function bareKfunc(name: string, more: Partial<Kfunc> = {}): Kfunc {
  return kfunc(name, {
    kernelPrototype: null,
    registrations: null,
    programTypes: null,
    definition: null,
    ...more,
  })
}

/** A release that holds the kfuncs given, which come in byte order. */
export function release(
  id: string,
  kfuncs: readonly Kfunc[],
  more: Partial<Release> & { coverage?: Release['release']['coverage'] } = {},
): Release {
  const { coverage = 'full', ...rest } = more
  const input = { name: 'vmlinux', origin: 'made by hand', sha256: HASH, bytes: 1 }
  return {
    format: 1,
    release: {
      id,
      series: `${id.split('.')[0]}.x`,
      longTerm: false,
      version: `${id}.1`,
      tag: `v${id}.1`,
      texts: 'own',
      files: coverage === 'btf-only' ? null : `/data/${id}.files.txt`,
      sources: coverage === 'btf-only' ? [] : [{ ...input, name: 'linux.tar.xz' }],
      images: [input],
      otherModules: null,
      coverage,
      counts: {
        kfuncs: kfuncs.filter((one) => one.kind === 'callable').length,
        testOnly: kfuncs.filter((one) => one.kind === 'test-only').length,
        generated: kfuncs.filter((one) => one.kind === 'generated').length,
        gaps: 0,
      },
      follows: follows(id),
    },
    flags: [
      {
        name: 'KF_ACQUIRE',
        bit: 0,
        comment: 'kfunc is an acquire function',
        at: { path: 'include/linux/btf.h', line: 20 },
      },
    ],
    suffixes: [],
    hooks: [],
    filters: [],
    compiler: null,
    demands: coverage === 'btf-only' ? null : [],
    destructors: coverage === 'btf-only' ? null : [],
    kfuncs: [...kfuncs],
    absent: [],
    gaps: [],
    rules: [],
    ...rest,
  }
}
