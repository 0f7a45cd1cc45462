import { describe, expect, it, test } from 'vitest'
import type { Matrix } from '#lib/model/matrix.ts'
import { followsOf } from '#lib/model/release-row.ts'
import { declarationsFor } from '#lib/site/query/declarations.ts'
import {
  answerQuery,
  conditionsNamed,
  OTHER_CONDITION,
  printQuery,
  readQuery,
} from '#lib/site/query/query.ts'
import { MAINLINE } from '../../support/mainline.ts'

const prototype = (declared: string, returns: string, parameters: [string, string, string?][]) => ({
  declared,
  returns,
  parameters: parameters.map(([type, name, fixed]) => ({ type, name, fixed: fixed ?? null })),
  typedefs: [],
})
const cell = (proto: number | null, answers: number | null) => ({ prototype: proto, answers, flags: [] })
const XDP = 'BPF_PROG_TYPE_XDP'
const TRACING = 'BPF_PROG_TYPE_TRACING'
const OPS = 'BPF_PROG_TYPE_STRUCT_OPS'

const matrix: Matrix = {
  format: 1,
  releases: [
    {
      id: '6.12',
      coverage: 'full',
      follows: ['6.11'],
      programTypes: [OPS, TRACING, XDP],
      alwaysSleepable: [],
      absent: [],
    },
    {
      id: '6.16',
      coverage: 'btf-only',
      follows: ['6.15', '6.14', '6.13', '6.12'],
      programTypes: [],
      alwaysSleepable: [],
      absent: [],
    },
    {
      id: '7.1',
      coverage: 'full',
      follows: ['7.0', '6.19', '6.18', '6.17', '6.16'],
      programTypes: [OPS, TRACING, XDP],
      alwaysSleepable: [],
      absent: [],
    },
  ],
  prototypes: [
    prototype('int bpf_a(u32 x, void *aux__ign)', 'int', [
      ['u32', 'x'],
      ['void *', 'aux__ign', 'NULL'],
    ]),
    prototype('int bpf_a(u32 x)', 'int', [['u32', 'x']]),
    prototype('void bpf_b(u32 y)', 'void', [['u32', 'y']]),
    prototype('void bpf_c(u32 y)', 'void', [['u32', 'y']]),
  ],
  answers: [
    { [XDP]: 'always' },
    {
      [TRACING]: [{ sleepable: true, attach: ['BPF_TRACE_ITER'] }],
      [OPS]: [{ structOps: { sched_ext_ops: ['enqueue'], Qdisc_ops: '*' } }],
    },
    {},
  ],
  kfuncs: [
    {
      name: 'bpf_a',
      replacedBy: null,
      releases: { '6.12': cell(0, 0), '6.16': cell(1, null), '7.1': cell(1, 0) },
    },
    { name: 'bpf_b', replacedBy: null, releases: { '7.1': cell(2, 0) } },
    { name: 'bpf_c', replacedBy: 'bpf_b', releases: { '6.12': cell(3, 1), '7.1': cell(3, 1) } },
    { name: 'bpf_d', replacedBy: null, releases: { '7.1': cell(null, 2) } },
  ],
}
const lonely: Matrix = { ...matrix, kfuncs: matrix.kfuncs.filter(({ name }) => name === 'bpf_b') }
const renamed: Matrix = {
  ...matrix,
  kfuncs: [
    { name: 'bpf_b', replacedBy: null, releases: { '7.1': cell(2, 0) } },
    { name: 'bpf_c', replacedBy: 'bpf_b', releases: { '6.12': cell(3, 0) } },
  ],
}
const ask = (text: string) => readQuery(new URLSearchParams(text), matrix)
const answers = (text: string) => {
  const { all, some } = answerQuery(matrix, ask(text))
  const lines = (rows: typeof all) => rows.map((row) => `${row.name} ${row.answers.join(' ')}`)
  return { all: lines(all), some: lines(some) }
}

test('an image alone refuses nothing, unless it is proven not to have the kfunc', () => {
  const image = { ...matrix.releases[1], absent: ['bpf_c'] } as Matrix['releases'][number]
  const proven = { ...matrix, releases: [matrix.releases[0], image, matrix.releases[2]] } as Matrix
  const asked = ask('in=6.12,6.16,7.1&type=tracing')
  expect(answerQuery(matrix, asked).all.map((row) => `${row.name} ${row.answers.join(' ')}`)).toEqual([
    'bpf_c if unknown if',
  ])
  expect(answerQuery(proven, asked).all).toEqual([])
  expect(answerQuery(proven, asked).some.map((row) => `${row.name} ${row.answers.join(' ')}`)).toEqual([
    'bpf_c if absent if',
  ])
})

describe('a query', () => {
  it('is the same after it was printed and read', () => {
    const text = 'in=6.12,7.1&type=tracing&attach=BPF_TRACE_ITER&sleepable=yes&k=bpf_a,bpf_c'
    expect(printQuery(ask(text))).toBe(text)
  })

  it('may name the first and the last release', () => {
    expect(ask('from=6.12&to=7.0').releases).toEqual(['6.12', '6.16'])
  })

  it('forgets what the matrix does not know', () => {
    expect(printQuery(ask('in=5.1,7.1&type=nope&sleepable=maybe&k=bpf_zzz'))).toBe('in=7.1')
  })
})

describe('the answer', () => {
  it('puts what no release refuses first, though one is not known', () => {
    expect(answers('in=6.12,6.16,7.1&type=xdp')).toEqual({
      all: ['bpf_a yes unknown yes'],
      some: ['bpf_b absent unknown yes'],
    })
  })

  it.each([
    ['type=tracing', 'if'],
    ['type=tracing&sleepable=yes', 'if'],
    ['type=tracing&sleepable=yes&attach=BPF_TRACE_ITER', 'yes'],
    ['type=struct_ops', 'if'],
    ['type=struct_ops&struct_ops=Qdisc_ops', 'yes'],
    ['type=struct_ops&struct_ops=sched_ext_ops', 'if'],
  ])('to %s is %s', (text, answer) => {
    expect(answers(`in=7.1&${text}`).all).toEqual([`bpf_c ${answer}`])
  })

  it.each([
    'type=tracing&sleepable=no',
    `type=tracing&attach=${OTHER_CONDITION}`,
    `type=struct_ops&struct_ops=${OTHER_CONDITION}`,
  ])('to %s is no', (text) => {
    expect(answers(`in=7.1&${text}`)).toEqual({ all: [], some: [] })
  })

  it.each([
    ['in=7.1', ['bpf_a yes', 'bpf_b yes', 'bpf_c if']],
    ['in=7.1&sleepable=yes', ['bpf_a yes', 'bpf_b yes', 'bpf_c if']],
    ['in=7.1&sleepable=no', ['bpf_a yes', 'bpf_b yes', 'bpf_c if']],
    ['in=7.1&sleepable=no&struct_ops=other', ['bpf_a yes', 'bpf_b yes']],
    ['in=7.1&struct_ops=Qdisc_ops', ['bpf_a yes', 'bpf_b yes', 'bpf_c yes']],
  ])('to %s, where the program type is open, is the best that a type gives', (text, rows) => {
    expect(answers(text).all).toEqual(rows)
  })

  it('leaves out, where a program does not sleep, the types whose programs always do', () => {
    const [old, image, fresh] = matrix.releases
    const sleeping = { ...matrix, releases: [old, image, { ...fresh, alwaysSleepable: [XDP] }] } as Matrix
    expect(answerQuery(sleeping, ask('in=7.1&sleepable=no')).all.map(({ name }) => name)).toEqual(['bpf_c'])
    expect(answerQuery(sleeping, ask('in=7.1')).all.map(({ name }) => name)).toEqual([
      'bpf_a',
      'bpf_b',
      'bpf_c',
    ])
  })

  it.each([[{ unread: 'a_filter' }], [{ deviceBound: true as const }], [{ lsmHooks: { only: ['x'] } }]])(
    'to a condition that cannot be asked for, %o, is if',
    (when) => {
      const guarded = { ...matrix, answers: [...matrix.answers.slice(0, 2), { [XDP]: [when] }] }
      expect(
        answerQuery(guarded, ask('in=7.1&type=xdp')).all.map((row) => `${row.name} ${row.answers}`),
      ).toContain('bpf_d if')
    },
  )

  it('names the conditions of a type, each once, in byte order', () => {
    expect(conditionsNamed(matrix, OPS)).toEqual({ attach: [], structOps: ['Qdisc_ops', 'sched_ext_ops'] })
    expect(conditionsNamed(matrix, TRACING)).toEqual({ attach: ['BPF_TRACE_ITER'], structOps: [] })
    expect(conditionsNamed(matrix, XDP)).toEqual({ attach: [], structOps: [] })
  })

  it('walks on into a major release of which the one before is not known to have ended', () => {
    const [old] = matrix.releases
    const ids = ['7.1', '8.0', '8.2']
    const releases = ids.map((id, i) => ({
      ...old,
      id,
      follows: followsOf(id, ids[i - 1] ?? null, MAINLINE),
    }))
    const later = { ...matrix, releases } as Matrix
    const asked = readQuery(new URLSearchParams(`in=${ids}`), later)
    expect(answerQuery(later, asked).unread).toEqual(['8.1'])
  })

  it('names the mainline releases that were not read', () => {
    expect(answerQuery(matrix, ask('in=6.12,7.1')).unread).toEqual(
      '6.13 6.14 6.15 6.17 6.18 6.19 7.0'.split(' '),
    )
  })

  it('counts prototypes that differ in types', () => {
    const { all } = answerQuery(matrix, ask('in=6.12,7.1&type=xdp'))
    expect(all.map(({ prototypes }) => prototypes)).toEqual([2])
  })
})

describe('the declarations', () => {
  it('of a kfunc that every release has in one form are plain', () => {
    expect(declarationsFor(matrix, ['7.1'], ['bpf_b'])).toBe(
      '/* For 7.1. Include it after vmlinux.h, before which BPF_NO_KFUNC_PROTOTYPES is defined, and <bpf/bpf_helpers.h>. */\n\nextern void bpf_b(u32 y) __ksym;\n',
    )
  })

  it('of a kfunc that one lacks are weak', () => {
    expect(declarationsFor(lonely, ['6.12', '7.1'], ['bpf_b']).split('\n').slice(2, 4)).toEqual([
      '/* Not in 6.12: ask bpf_ksym_exists(bpf_b) before the call. */',
      'extern void bpf_b(u32 y) __weak __ksym;',
    ])
  })

  it('tell a release that lacks a kfunc from one of which that is not known', () => {
    expect(declarationsFor(lonely, ['6.12', '6.16', '7.1'], ['bpf_b'])).toContain(
      '/* Not in 6.12; not known whether in 6.16: ask bpf_ksym_exists(bpf_b) before the call. */',
    )
  })

  it('name a kfunc as it is declared', () => {
    const [entry] = lonely.kfuncs
    const own = prototype('void bpf_b___v2___kfunc(u32 y)', 'void', [['u32', 'y']])
    const flavoured = {
      ...lonely,
      prototypes: lonely.prototypes.map(() => own),
      kfuncs: [{ ...entry, name: 'bpf_b___v2' }],
    }
    expect(declarationsFor(flavoured as Matrix, ['6.12', '7.1'], ['bpf_b___v2'])).toContain(
      'ask bpf_ksym_exists(bpf_b___v2___kfunc) before',
    )
  })

  it('of a kfunc whose callback has names for its parameters in source alone are of one form', () => {
    const [entry] = lonely.kfuncs
    const named = (callback: string) =>
      prototype(`int bpf_b(int (*cb)(${callback}))`, 'int', [[`int (*)(${callback})`, 'cb']])
    const alike = {
      ...lonely,
      prototypes: [named('void *map, u32 key, struct x *x'), named('void *, u32, struct x *')],
      kfuncs: [{ ...entry, releases: { '6.12': cell(0, 0), '7.1': cell(1, 0) } }],
    } as Matrix
    expect(declarationsFor(alike, ['6.12', '7.1'], ['bpf_b'])).toContain(
      'extern int bpf_b(int (*cb)(void *, u32, struct x *)) __ksym;',
    )
    const asked = readQuery(new URLSearchParams('in=6.12,7.1&type=xdp'), alike)
    expect(answerQuery(alike, asked).all.map(({ prototypes }) => prototypes)).toEqual([1])
  })

  it.each([
    ['returns something else', prototype('int bpf_b(u32 y)', 'int', [['u32', 'y']])],
    ['takes what the newest does not', prototype('void bpf_b(u64 z)', 'void', [['struct x *', 'z']])],
    ['takes it out of an arena', prototype('void bpf_b(u32 __arena *y)', 'void', [['u32 *', 'y']])],
  ])('leave to the program a form that %s', (_, older) => {
    const [entry] = lonely.kfuncs
    const newest =
      older.returns === 'void' && older.parameters[0]?.name === 'y' ? [['u32 *', 'y']] : [['u32', 'y']]
    const fresh = prototype(`void bpf_b(${newest[0]?.join(' ')}, u64 flags)`, 'void', [
      ...(newest as [string, string][]),
      ['u64', 'flags'],
    ])
    const split = {
      ...lonely,
      prototypes: [older, fresh],
      kfuncs: [{ ...entry, releases: { '6.12': cell(0, 0), '7.1': cell(1, 0) } }],
    } as Matrix
    const text = declarationsFor(split, ['6.12', '7.1'], ['bpf_b'])
    expect(text).toContain('since it takes or returns something else: bpf_b___v6_12(). */')
    expect(text).not.toContain('bpf_b_any')
  })

  it('of a kfunc that took the place of another name both, each where it is', () => {
    expect(declarationsFor(renamed, ['6.12', '7.1'], ['bpf_b']).split('\n').slice(2, 9)).toEqual([
      'extern void bpf_c___v6_12(u32 y) __weak __ksym; /* 6.12 */',
      'extern void bpf_b___v7_1(u32 y) __weak __ksym; /* 7.1 */',
      'static __always_inline void bpf_b_any(u32 y)',
      '{',
      '\tif (bpf_ksym_exists(bpf_b___v7_1))',
      '\t\t{ bpf_b___v7_1(y); return; }',
      '\tif (bpf_ksym_exists(bpf_c___v6_12))',
    ])
  })

  it('of a kfunc with several forms are flavours, and a function that calls the one at hand', () => {
    expect(declarationsFor(matrix, ['6.12', '7.1'], ['bpf_a']).split('\n').slice(2, -1)).toEqual([
      'extern int bpf_a___v6_12(u32 x, void *aux__ign) __weak __ksym; /* 6.12 */',
      'extern int bpf_a___v7_1(u32 x) __weak __ksym; /* 7.1 */',
      'static __always_inline int bpf_a_any(u32 x)',
      '{',
      '\tif (bpf_ksym_exists(bpf_a___v7_1))',
      '\t\treturn bpf_a___v7_1(x);',
      '\tif (bpf_ksym_exists(bpf_a___v6_12))',
      '\t\treturn bpf_a___v6_12(x, NULL);',
      '\treturn -95 /* EOPNOTSUPP */;',
      '}',
    ])
  })
})
