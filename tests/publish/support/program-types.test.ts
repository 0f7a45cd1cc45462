/** May a program of this type call it? Registrations, hooks and sleepability decide; filters narrow it. */
import { describe, expect, test } from 'vitest'
import type { Registration } from '#lib/model/published.ts'
import { kfunc, published, registered, release } from '../extracted-fixture.ts'

/** The answers for a kfunc with these registrations: "XDP always registered", those without any left out. */
function answers(...registrations: readonly Registration[]): string[] {
  const [found] = published([
    release('9.2', { kfuncs: [kfunc('bpf_a', { registrations: [...registrations] })] }),
  ])
  const supports = found?.kfuncs[0]?.programTypes ?? []
  return supports
    .filter(({ how }) => how !== null)
    .map(
      ({ programType, callable, how }) => `${programType.replace('BPF_PROG_TYPE_', '')} ${callable} ${how}`,
    )
}

/** All that is said of one program type. */
function answerFor(programType: string, ...registrations: readonly Registration[]) {
  const [found] = published([
    release('9.2', { kfuncs: [kfunc('bpf_a', { registrations: [...registrations] })] }),
  ])
  const supports = found?.kfuncs[0]?.programTypes ?? []
  const { callable, conditions, when } =
    supports.find((one) => one.programType === `BPF_PROG_TYPE_${programType}`) ?? {}
  return { callable, conditions, when }
}

const everyType = ['LSM', 'SK_MSG', 'STRUCT_OPS', 'SYSCALL', 'TRACING', 'XDP']

describe('a set registered for', () => {
  const cases: [what: string, registrations: string[], expected: string[]][] = [
    ['a type with a hook of its own reaches that type', ['XDP'], ['XDP always registered']],
    [
      'a type that shares its hook reaches all types of the hook',
      ['LSM'],
      ['LSM always registered', 'TRACING always shared-hook'],
    ],
    [
      'two types of one hook is registered for both',
      ['LSM', 'TRACING'],
      ['LSM always registered', 'TRACING always registered'],
    ],
    [
      'UNSPEC reaches every type, even those without a hook',
      ['UNSPEC'],
      everyType.map((type) => `${type} always common`),
    ],
    ['a type without a hook reaches nothing: the kernel refuses it', ['SK_MSG'], []],
    ['nothing reaches nothing', [], []],
  ]
  test.each(cases)('%s', (_, registrations, expected) => {
    expect(answers(...registrations.map((words) => registered(words)))).toEqual(expected)
  })

  test('two types of one hook asks for sleep where one of them does', () => {
    expect(answers(registered('LSM SLEEPABLE'), registered('TRACING'))).toEqual([
      'LSM sometimes registered',
      'TRACING sometimes registered',
    ])
  })

  test('UNSPEC and a type is said to be registered for that type, common for the rest', () => {
    const both = answers(registered('UNSPEC'), registered('XDP'))
    expect(both).toContain('XDP always registered')
    expect(both).toContain('SK_MSG always common')
  })

  test('UNSPEC and a sibling of a type is said to reach it by the hook they share', () => {
    expect(answers(registered('UNSPEC'), registered('LSM'))).toContain('TRACING always shared-hook')
  })
})

describe('a hook that is for one struct_ops alone, up to 5.17', () => {
  const hook = (structOps: string[]) => ({
    name: 'ca_verifier_ops',
    programTypes: ['BPF_PROG_TYPE_STRUCT_OPS'],
    structOps,
    at: { path: 'net/ipv4/bpf_ca.c', line: 7 },
  })
  const supportWith = (structOps: string[], ...registrations: string[]) => {
    const [found] = published([
      release('9.2', {
        hooks: [hook(structOps)],
        kfuncs: [kfunc('ca_init', { registrations: registrations.map((words) => registered(words)) })],
      }),
    ])
    return found?.kfuncs[0]?.programTypes?.filter(({ how }) => how !== null)
  }

  test('lets its programs call, and no other struct_ops', () => {
    expect(supportWith(['ca_ops'], 'STRUCT_OPS')).toEqual([
      {
        programType: 'BPF_PROG_TYPE_STRUCT_OPS',
        callable: 'sometimes',
        how: 'registered',
        conditions: ['only in struct_ops ca_ops'],
        when: [{ structOps: { ca_ops: '*' } }],
        config: [],
      },
    ])
  })

  test('asks for sleep besides where the kfunc may sleep', () => {
    const [support] = supportWith(['ca_ops'], 'STRUCT_OPS SLEEPABLE') ?? []
    expect(support?.when).toEqual([{ sleepable: true, structOps: { ca_ops: '*' } }])
  })
})

test('every type of the release has an answer but UNSPEC, and EXT, which answers as its target', () => {
  const [found] = published([release('9.2', { kfuncs: [kfunc('bpf_a', { registrations: [] })] })])
  expect(found?.kfuncs[0]?.programTypes).toEqual(
    everyType.map((type) => ({
      programType: `BPF_PROG_TYPE_${type}`,
      callable: 'never',
      how: null,
      conditions: [],
      when: null,
      config: [],
    })),
  )
})

describe('a kfunc that may sleep', () => {
  const sleepable = 'only when the program is sleepable'
  test('is for sleepable programs of types that have both', () => {
    expect(answerFor('LSM', registered('LSM SLEEPABLE'))).toEqual({
      callable: 'sometimes',
      conditions: [sleepable],
      when: [{ sleepable: true }],
    })
  })
  test('is for all programs of a type that is always sleepable', () => {
    expect(answerFor('SYSCALL', registered('SYSCALL SLEEPABLE'))).toEqual({
      callable: 'always',
      conditions: [],
      when: null,
    })
  })
  test('is for no program of a type that never is, and the reason is given', () => {
    expect(answerFor('XDP', registered('XDP SLEEPABLE'))).toEqual({
      callable: 'never',
      conditions: ['it may sleep, and programs of this type are never sleepable'],
      when: null,
    })
  })
  test('hangs on the function that says which types may sleep where that was not read', () => {
    const kfuncs = [kfunc('bpf_a', { registrations: [registered('XDP SLEEPABLE')] })]
    const [found] = published([release('9.2', { kfuncs, sleepability: null })])
    const xdp = found?.kfuncs[0]?.programTypes?.find(({ programType }) => programType === 'BPF_PROG_TYPE_XDP')
    expect(xdp).toMatchObject({ callable: 'sometimes', when: [{ unread: 'can_be_sleepable' }] })
  })
  test('and any other hangs on the switch of the hooks where that was not read', () => {
    const kfuncs = [kfunc('bpf_a', { registrations: [registered('XDP')] })]
    const [found] = published([release('9.2', { kfuncs, hooks: [] })])
    for (const { callable, when } of found?.kfuncs[0]?.programTypes ?? [])
      expect([callable, when]).toEqual(['sometimes', [{ unread: 'bpf_prog_type_to_kfunc_hook' }]])
  })
  test('may sleep for one type and not for another: flags are those of the registration', () => {
    const both = [
      registered('STRUCT_OPS SLEEPABLE', null, 'hid_ids'),
      registered('SYSCALL', null, 'hid_syscall_ids'),
    ]
    expect(answers(...both)).toEqual(['STRUCT_OPS sometimes registered', 'SYSCALL always registered'])
    expect(answers(registered('STRUCT_OPS'), registered('XDP SLEEPABLE'))).toEqual([
      'STRUCT_OPS always registered',
      'XDP never registered',
    ])
  })
})

test('what exists in BTF only can be called from nowhere, and the reason is given', () => {
  const generated = kfunc('bpf_a_impl', { kind: 'generated', registrations: [] })
  const [found] = published([release('9.2', { kfuncs: [generated] })])
  const supports = found?.kfuncs[0]?.programTypes ?? []
  expect(supports.map(({ callable }) => callable)).toEqual(everyType.map(() => 'never'))
  expect(supports[0]?.conditions).toEqual(['exists in BTF only: no kernel function has this name'])
})

test('what every registration that reaches a type needs of the configuration is said of that type', () => {
  const plain = registered('LSM')
  const behind = { ...registered('STRUCT_OPS'), config: ['CONFIG_X'] }
  const [found] = published([
    release('9.2', { kfuncs: [kfunc('bpf_a', { registrations: [plain, behind] })] }),
  ])
  const configOf = (type: string) =>
    found?.kfuncs[0]?.programTypes?.find(({ programType }) => programType === `BPF_PROG_TYPE_${type}`)?.config
  expect([configOf('STRUCT_OPS'), configOf('LSM')]).toEqual([['CONFIG_X'], []])
})
