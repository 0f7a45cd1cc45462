/** What is said of kfuncs by rule, one made-up kfunc a rule; and what must hold of all real ones. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc } from '#lib/model/published.ts'
import { usageOf } from '#lib/publish/usage/usage.ts'
import { answer, registered, release } from '../history/history-fixture.ts'
import { withRules } from '../rules/rules-fixture.ts'
import { made, parameter, prototype } from './usage-fixture.ts'

/** The sentences on the first of these kfuncs, all of one release. */
const said = (kfuncs: readonly [Kfunc, ...Kfunc[]], id = '7.3', defined: readonly string[] = []): string[] =>
  usageOf(kfuncs[0], withRules(release(id, kfuncs, defined))).map(({ text }) => text)

const RULES: readonly [string, string[], RegExp][] = [
  [
    'what it takes and returns',
    said([made('f', 'int', ['u32 a', 'u64 b'])]),
    /^Takes `a` and `b` and returns `int`\.$/,
  ],
  [
    'that it takes and returns nothing',
    said([made('f', 'void')]),
    /^Takes no arguments and returns nothing\.$/,
  ],
  [
    'which program types may call it',
    said([made('f', 'void', [], '', { programTypes: [answer('XDP', 'always'), answer('LSM', 'never')] })]),
    /^Programs of type XDP may call it\.$/,
  ],
  [
    'that program types may call it on conditions',
    said([made('f', 'void', [], '', { programTypes: [answer('XDP', 'sometimes')] })]),
    /^Programs of every type may call it, on conditions\.$/,
  ],
  [
    'that no program may call it',
    said([made('f', 'void', [], '', { programTypes: [answer('XDP', 'never')] })]),
    /^No program may call it\.$/,
  ],
  [
    'what releases the reference that it returns, by type',
    said([
      made('a', 'struct x *', [], 'ACQUIRE'),
      made('b', 'void', ['struct x *p'], 'RELEASE'),
      made('c', 'void', ['struct y *p'], 'RELEASE'),
    ]),
    /is a reference: the program must release it, or hand it on, on every path; b\(\) releases it\.$/,
  ],
  [
    'that a node it returns belongs to an object which is then owned',
    said([
      made('pop', 'struct bpf_list_node *', ['struct bpf_list_head *head'], 'ACQUIRE RET_NULL'),
      made('drop', 'void', ['void *p__alloc'], 'RELEASE'),
    ]),
    /owns from then on: .*; drop\(\) releases it\.$/,
  ],
  [
    'that a node it returns is only lent',
    said([made('first', 'struct bpf_rb_node *', ['struct bpf_rb_root *root'], 'RET_NULL')]),
    /only while the lock is held\.$/,
  ],
  ['that the result may be NULL', said([made('f', 'struct x *', [], 'RET_NULL')]), /^It may return NULL: /],
  [
    'that a lock may not be had',
    said([made('f', 'int', ['struct bpf_res_spin_lock *lock'], 'RET_NULL')]),
    /the lock is held only where the program has seen that the result is 0\.$/,
  ],
  [
    'that it releases its argument, with what acquires such',
    said([made('b', 'void', ['struct x *p'], 'RELEASE'), made('a', 'struct x *', [], 'ACQUIRE')]),
    /^It releases the reference in `p`, such as a\(\) returns; /,
  ],
  [
    'that it ends a dynptr',
    said([made('f', 'int', ['struct bpf_dynptr *d'], 'RELEASE')]),
    /^It ends the dynptr in `d`; /,
  ],
  [
    'that it needs the RCU read lock',
    said([made('f', 'void', [], 'RCU_PROTECTED')]),
    /RCU read section around the call; preemption or interrupts disabled will do as well\.$/,
  ],
  [
    'that it may sleep',
    said([made('f', 'void', [], 'SLEEPABLE')]),
    /^It may sleep: only sleepable programs, and callbacks of a `bpf_wq` or a `bpf_task_work`, may call it, and not/,
  ],
  [
    'that it may be called under a spin lock',
    said([made('f', 'void', [], 'SPINLOCK_SAFE')]),
    /while a `bpf_spin_lock` or a `bpf_res_spin_lock` is held\.$/,
  ],
  [
    'what the verifier asks of it by its name',
    said([made('bpf_iter_css_task_new', 'int', [], '')]),
    /^Of these, only LSM programs, iterators \(`BPF_TRACE_ITER`\) and sleepable programs may begin it\.$/,
  ],
  [
    'which types may not use the maps that hold a list',
    said([made('f', 'void', ['struct bpf_list_head *head'], '')]),
    /^KPROBE, .* may not use maps that hold a list/,
  ],
  [
    'what closes the section that it opens',
    said([made('bpf_preempt_disable', 'void', [], '')]),
    /^It opens what bpf_preempt_enable\(\) closes: /,
  ],
  [
    'what opened the section that it closes',
    said([made('bpf_preempt_enable', 'void', [], '')]),
    /^It closes what bpf_preempt_disable\(\) opened: /,
  ],
  ['that it is destructive', said([made('f', 'void', [], 'DESTRUCTIVE')]), /`CAP_SYS_BOOT`\.$/],
  [
    'that it needs a capability',
    said([made('f', 'void', [], 'PERFMON')]),
    /`CAP_PERFMON` or `CAP_SYS_ADMIN`\.$/,
  ],
  ['how registers fare', said([made('f', 'void', [], 'FASTCALL')]), /`bpf_fastcall`/],
  [
    'that the result lies in the arena',
    said([made('f', 'void *', [], 'ARENA_RET')]),
    /^What it returns is an address in the program's arena\.$/,
  ],
  [
    'that the program must be bound to a device',
    said([
      made('f', 'void', [], '', {
        programTypes: [answer('XDP', 'sometimes', { when: [{ deviceBound: true }] })],
      }),
    ]),
    /bound to a network device\.$/,
  ],
  [
    'which module has it',
    said([made('f', 'void', [], '', { object: 'nf_nat' })]),
    /part of the module `nf_nat`, which must be loaded/,
  ],
  [
    'which arguments are left out',
    said([
      made('f', 'void', ['u32 a'], 'IMPLICIT_ARGS', {
        kernelPrototype: prototype('f', 'void', [
          'u32 a',
          parameter('struct bpf_prog_aux *aux', { implicit: true }),
        ]),
      }),
    ]),
    /^The kernel's own function takes `aux` too: the verifier passes it, and the program leaves it out\.$/,
  ],
  [
    'what to pass as a place holder',
    said([made('f', 'void', [parameter('void *aux__prog', { implicit: true, fixed: 'NULL' })])], '6.18'),
    /^`aux__prog` is the place holder `NULL`: /,
  ],
  [
    'that arguments may be NULL',
    said([made('f', 'void', ['void *a__nullable', 'u32 a__sz', 'struct bpf_dynptr *b__nullable'])]),
    /^`a__nullable` and `b__nullable` may be NULL\.$/,
  ],
  [
    'that a comparing callback runs during the call',
    said([
      made('f', 'int', [
        'struct bpf_rb_root *root',
        'bool (*less)(struct bpf_rb_node *a, const struct bpf_rb_node *b)',
      ]),
    ]),
    /^`less` is called during the call, with the lock held/,
  ],
  [
    'that another callback runs later',
    said([made('f', 'int', ['struct bpf_wq *wq', 'int (*fn)(void *map, int *key, void *value)'])]),
    /^`fn` runs later, .* that hold the `struct bpf_wq`\.$/,
  ],
  [
    'arguments of a kind together',
    said([made('f', 'int', ['const char *a__str', 'const char *b__str'])]),
    /^`a__str` and `b__str` are each a constant string/,
  ],
]

describe('the usage of a kfunc says', () => {
  test.each(RULES)('%s', (_, sentences, expected) => {
    expect(sentences).toContainEqual(expect.stringMatching(expected))
  })

  test('the three of an iterator, and the macro that writes them', () => {
    const role = (name: string, flag: string): Kfunc =>
      made(`bpf_iter_x_${name}`, 'int', ['struct bpf_iter_x *it'], flag)
    const three = [
      role('new', 'ITER_NEW'),
      role('next', 'ITER_NEXT'),
      role('destroy', 'ITER_DESTROY'),
    ] as const
    expect(said([three[0], three[1], three[2]])[1]).toMatch(
      /^It begins an iteration: bpf_iter_x_next\(\).*bpf_iter_x_destroy\(\).*`bpf_for_each\(x, …\)`/,
    )
    expect(said([three[1], three[0], three[2]])[1]).toMatch(/^It gives the next element .*bpf_iter_x_new\(\)/)
    expect(said([three[2], three[1], three[0]])[1]).toMatch(
      /^It ends an iteration that bpf_iter_x_new\(\) began/,
    )
    expect(said([three[2]])[1]).toBeUndefined()
  })

  test('what a release asks of pointers, by its own flags', () => {
    const of = (flags: string, id: string, defined: string[] = []): string | undefined =>
      said([made('f', 'int', ['struct x *p'], flags), made('g', 'struct x *')], id, defined)[1]
    expect(of('TRUSTED_ARGS', '6.1', ['KF_TRUSTED_ARGS'])).toBe('`p` is a referenced pointer to `struct x`.')
    expect(of('TRUSTED_ARGS', '6.18', ['KF_TRUSTED_ARGS'])).toBe('`p` is a trusted pointer to `struct x`.')
    expect(of('', '6.18', ['KF_TRUSTED_ARGS'])).toBe('`p` is a pointer to `struct x`.')
    expect(of('', '7.3')).toBe('`p` is a trusted pointer to `struct x`.')
    expect(of('RCU', '7.3')).toBe('`p` is a pointer to `struct x` that is trusted or protected by RCU.')
  })

  test('nothing of locks where only some registrations may sleep', () => {
    const registrations = [registered('a', 'SYSCALL'), registered('b', 'STRUCT_OPS', 'KF_SLEEPABLE')]
    expect(said([made('f', 'void', [], 'SLEEPABLE', { registrations })])).toContain(
      'It may sleep: only sleepable programs, and callbacks of a `bpf_wq` or a `bpf_task_work`, may call it.',
    )
  })

  test('how many of the types that may call it have the context that it takes', () => {
    const answers = ['XDP', 'SCHED_CLS'].map((type) => ({
      programType: `BPF_PROG_TYPE_${type}`,
      callable: 'always' as const,
      conditions: [],
      when: null,
      how: 'registered' as const,
      config: [],
    }))
    const context = {
      parameter: 'x',
      type: 'struct xdp_md',
      programTypes: ['BPF_PROG_TYPE_XDP'],
      by: 'context' as const,
      alsoTakes: null,
    }
    const taking = made('f', 'void', ['struct xdp_md *x'], '', {
      programTypes: answers,
      contextArguments: [context],
    })
    expect(said([taking])).toContain(
      'Programs of every type may call it, but only XDP can: it takes a context that the others do not have.',
    )
  })

  test('nothing by a rule that the release does not have yet', () => {
    expect(said([made('f', 'void', [], 'SPINLOCK_SAFE PERFMON')], '7.2')).toEqual([
      'Takes no arguments and returns nothing.',
    ])
  })

  test('nothing where the prototype is not known', () => {
    expect(usageOf(made('f', 'int', [], '', { prototype: null }), release('7.3', []))).toEqual([])
  })
})

describe('the usage of every real kfunc', () => {
  const all = loadReleases().flatMap((one) =>
    one.kfuncs
      .filter(({ kind }) => kind === 'callable')
      .map((kfunc) => ({ one, kfunc, usage: usageOf(kfunc, one) })),
  )

  test('is not empty', () => {
    expect(all.filter(({ usage }) => usage.length === 0).map(({ kfunc }) => kfunc.name)).toEqual([])
  })

  test('has every blank filled', () => {
    const bad = all.flatMap(({ usage }) =>
      usage.filter(({ text }) =>
        /[{}]|undefined|``|`struct `| {2}|\(\)`/.test(text.replace(/`\(\w.*?\)`/g, '')),
      ),
    )
    expect(bad).toEqual([])
  })

  test('names kfuncs of its own release only', () => {
    const bad = all.flatMap(({ one, usage }) => {
      const names = new Set(one.kfuncs.filter(({ kind }) => kind !== 'generated').map(({ name }) => name))
      return usage
        .flatMap(({ text }) => text.match(/\w+(?=\(\))/g) ?? [])
        .filter((name) => name !== 'bpf_for' && !names.has(name))
    })
    expect(bad).toEqual([])
  })

  test('asks for no reference to be released but where the kernel does', () => {
    const bad = all.filter(
      ({ kfunc, usage }) =>
        !kfunc.programTypes?.every(({ callable }) => callable === 'never') &&
        usage.some(({ text }) => /must be released|must release/.test(text)) !==
          kfunc.flags.includes('KF_ACQUIRE'),
    )
    expect(bad.map(({ kfunc }) => kfunc.name)).toEqual([])
  })

  test('rests each sentence on a line of the kernel that was read, but for what its own prototype and build show', () => {
    const bad = all.flatMap(({ one, usage }) =>
      usage.filter(({ text, rests }) =>
        rests === null
          ? !/^(?:Takes|It is there only in kernels built with) /.test(text)
          : (rests.line === null) !== (one.release.coverage === 'btf-only'),
      ),
    )
    expect(bad).toEqual([])
  })
})
