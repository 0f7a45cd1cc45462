/** What happened between releases, and what is not said to have happened. */
import { describe, expect, test } from 'vitest'
import type { Rename } from '#lib/model/knowledge.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { changesIn, historyOf } from '#lib/publish/history/history.ts'
import { spansOf } from '#lib/publish/history/presence.ts'
import { trustedStory } from '#lib/publish/history/trusted.ts'
import { printEvent } from '#lib/publish/history/words.ts'
import { answer, btfOnly, kfunc, prototypeOf, registered, release } from './history-fixture.ts'

/** Events as "from > to kind: detail", an exact one with "!". */
const lines = (events: readonly HistoryEvent[] | undefined): string[] =>
  (events ?? []).map((event) => {
    const { kind, from, to, detail } = printEvent(event)
    return `${from ?? '-'} > ${to}${event.exact ? '!' : ''} ${kind}: ${detail}`
  })

const historyIn = (releases: readonly Release[], name = 'bpf_a', renames: readonly Rename[] = []): string[] =>
  lines(historyOf(releases, renames).get(name))

/** The events of one kfunc but its coming. */
const changes = (...states: readonly (readonly [id: string, given: Partial<Kfunc>, 'btf'?])[]): string[] =>
  historyIn(states.map(([id, given, btf]) => (btf ? btfOnly : release)(id, [kfunc('bpf_a', given)]))).slice(1)

describe('coming and going', () => {
  const have = (id: string): Release => release(id, [kfunc('bpf_a')])
  const haveNot = (id: string): Release => release(id, [])

  test.each<[string, Release[], string[]]>([
    [
      'what the oldest release has is first read there',
      [have('6.18'), have('6.19')],
      ['- > 6.18 first-seen: first read here'],
    ],
    [
      'two releases in a row prove when it came',
      [haveNot('6.18'), have('6.19')],
      ['6.18 > 6.19! added: added'],
    ],
    [
      'a gap between releases leaves it open',
      [haveNot('6.12'), have('6.16')],
      ['6.12 > 6.16 added: first seen in 6.16, not there in 6.12'],
    ],
    [
      'two releases in a row prove when it went',
      [have('6.18'), haveNot('6.19')],
      ['- > 6.18 first-seen: first read here', '6.18 > 6.19! removed: removed'],
    ],
    [
      'an image proves by having it',
      [haveNot('6.19'), btfOnly('7.0', [kfunc('bpf_a')])],
      ['6.19 > 7.0! added: added'],
    ],
    [
      'an image proves nothing by silence when it came',
      [haveNot('6.19'), btfOnly('7.0', []), have('7.1')],
      ['6.19 > 7.1 added: first seen in 7.1, not there in 6.19'],
    ],
    [
      'an image proves nothing by silence when it went',
      [have('6.19'), btfOnly('7.0', []), haveNot('7.1')],
      ['- > 6.19 first-seen: first read here', '6.19 > 7.1 removed: gone by 7.1'],
    ],
    [
      'silence of an image between two releases is no event',
      [have('6.19'), btfOnly('7.0', []), have('7.1')],
      ['- > 6.19 first-seen: first read here'],
    ],
    [
      'after images alone, nothing is said of before',
      [btfOnly('6.16', []), have('6.17')],
      ['- > 6.17 first-seen: first read here'],
    ],
    [
      'what went can come back',
      [have('6.17'), haveNot('6.18'), haveNot('6.19'), have('7.0')],
      [
        '- > 6.17 first-seen: first read here',
        '6.17 > 6.18! removed: removed',
        '6.19 > 7.0! came-back: back, last seen in 6.17',
      ],
    ],
    [
      'a generated twin is not the kfunc, even in an image alone',
      [have('6.19'), btfOnly('7.0', [kfunc('bpf_a', { kind: 'generated' })])],
      ['- > 6.19 first-seen: first read here', '6.19 > 7.0! removed: removed'],
    ],
  ])('%s', (_, releases, events) => {
    expect(historyIn(releases)).toEqual(events)
  })

  test('a name that is only ever generated has no history', () => {
    const twin = kfunc('bpf_a_impl', { kind: 'generated' })
    expect(historyOf([release('7.1', [twin])]).has('bpf_a_impl')).toBe(false)
  })

  test('the events of kfuncs for tests are marked', () => {
    const history = historyOf([release('6.1', [kfunc('bpf_a', { kind: 'test-only' }), kfunc('bpf_b')])])
    expect([...history.values()].flat().map(({ kfunc, testOnly }) => [kfunc, testOnly])).toEqual([
      ['bpf_a', true],
      ['bpf_b', false],
    ])
  })

  test('the times of a kfunc end where a release proves it gone', () => {
    const releases = [haveNot('6.1'), have('6.12'), btfOnly('6.16', []), have('6.17'), haveNot('6.18')]
    expect(spansOf('bpf_a', releases)).toEqual([
      { first: '6.12', last: '6.17', absentIn: '6.1', goneIn: '6.18' },
    ])
  })
})

describe('prototypes', () => {
  const takes = (text: string): Partial<Kfunc> => ({ prototype: prototypeOf(`int bpf_a(${text})`) })

  test('a change says what, and both texts', () => {
    expect(changes(['6.18', takes('u32 off')], ['6.19', takes('u64 off')])).toEqual([
      '6.18 > 6.19! prototype: parameter off is u64, was u32: int bpf_a(u32 off) → int bpf_a(u64 off)',
    ])
  })

  test('an image between two releases counts', () => {
    expect(
      changes(['6.19', takes('')], ['7.0', takes('void *ctx'), 'btf'], ['7.1', takes('void *ctx')]),
    ).toEqual(['6.19 > 7.0! prototype: parameter ctx added (void *): int bpf_a() → int bpf_a(void *ctx)'])
  })

  test('an unknown one between two is stepped over', () => {
    expect(changes(['6.17', takes('')], ['6.18', { prototype: null }], ['6.19', takes('u32 a')])).toEqual([
      '6.17 > 6.19 prototype: parameter a added (u32): int bpf_a() → int bpf_a(u32 a)',
    ])
  })

  test('a hidden parameter of the C function is a change of that function only', () => {
    const kernel = prototypeOf('int bpf_a(u32 cpu, struct bpf_prog_aux *aux)')
    expect(
      changes(['6.19', takes('u32 cpu')], ['7.0', { ...takes('u32 cpu'), kernelPrototype: kernel }]),
    ).toEqual([
      '6.19 > 7.0! kernel-prototype: C function only: parameter aux added (struct bpf_prog_aux *): int bpf_a(u32 cpu) → int bpf_a(u32 cpu, struct bpf_prog_aux *aux)',
    ])
  })

  test('names that BTF lost inside a callback are no change', () => {
    const named = takes('int (*cb)(void *map, int *key)')
    expect(
      changes(['6.19', named], ['7.0', takes('int (*cb)(void *, int *)'), 'btf'], ['7.1', named]),
    ).toEqual([])
  })

  test('it is compared across a time in which the kfunc was gone', () => {
    const releases = [
      release('6.17', [kfunc('bpf_a', takes('u32 a, void *aux__prog'))]),
      release('6.18', []),
      release('6.19', [kfunc('bpf_a', takes('u32 a'))]),
    ]
    expect(historyIn(releases).at(-1)).toMatch('6.18 > 6.19! prototype: parameter aux__prog removed (void *)')
  })
})

describe('flags', () => {
  const has = (...flags: string[]): Partial<Kfunc> => ({ flags })
  const row = (before: Partial<Kfunc>, after: Partial<Kfunc>, ...defined: string[]): string[] =>
    historyIn([
      release('6.19', [kfunc('bpf_a', before)], ['KF_TRUSTED_ARGS']),
      release('7.0', [kfunc('bpf_a', after)], defined),
    ]).slice(1)

  test('one that the newer kernel defines and the kfunc has not any more was taken away', () => {
    expect(row(has('KF_ACQUIRE'), has('KF_RCU'))).toEqual([
      '6.19 > 7.0! flags: KF_RCU added; KF_ACQUIRE removed',
    ])
  })

  test('one that the newer kernel does not define any more was not taken from the kfunc', () => {
    expect(row(has('KF_TRUSTED_ARGS', 'KF_ACQUIRE'), has('KF_ACQUIRE'))).toEqual([])
    expect(row(has('KF_TRUSTED_ARGS'), has(), 'KF_TRUSTED_ARGS')).toHaveLength(1)
  })

  test('one that the newer kernel is the first to define is a change of those that have it', () => {
    expect(row(has(), has('KF_PERFMON'), 'KF_PERFMON')).toEqual(['6.19 > 7.0! flags: KF_PERFMON added'])
  })

  test('an image does not list what it defines: the releases on both sides do', () => {
    const old = release('6.19', [kfunc('bpf_a', has('KF_TRUSTED_ARGS', 'KF_ACQUIRE'))], ['KF_TRUSTED_ARGS'])
    const releases = [old, btfOnly('7.0', [kfunc('bpf_a')]), release('7.1', [kfunc('bpf_a')])]
    expect(historyIn(releases).slice(1)).toEqual(['6.19 > 7.0! flags: KF_ACQUIRE removed'])
  })

  test('those of one registration can change alone', () => {
    const sets = (...flags: string[]): Partial<Kfunc> => ({
      flags: ['KF_SLEEPABLE'],
      registrations: [registered('a_ids', 'XDP', 'KF_SLEEPABLE'), registered('b_ids', 'SYSCALL', ...flags)],
    })
    expect(row(sets(), sets('KF_SLEEPABLE'), 'KF_SLEEPABLE')).toEqual([
      '6.19 > 7.0! flags: KF_SLEEPABLE added for SYSCALL',
    ])
  })

  test('KF_TRUSTED_ARGS: asked by a flag, then of every kfunc; never before there was the flag', () => {
    const releases = [
      release('5.18', [kfunc('bpf_a')]),
      release('6.19', [kfunc('bpf_a', has('KF_TRUSTED_ARGS'))], ['KF_TRUSTED_ARGS']),
      btfOnly('7.0', [kfunc('bpf_a')]),
      release('7.1', [kfunc('bpf_a', has('KF_RCU'))]),
    ]
    expect(trustedStory('bpf_a', releases)).toEqual([
      { release: '5.18', by: 'none', flags: [] },
      { release: '6.19', by: 'flag', flags: ['KF_TRUSTED_ARGS'] },
      { release: '7.0', by: 'default', flags: [] },
      { release: '7.1', by: 'default', flags: ['KF_RCU'] },
    ])
  })
})

describe('who may call', () => {
  const answers = (...programTypes: NonNullable<Kfunc['programTypes']>): Partial<Kfunc> => ({ programTypes })
  const inIter = answer('TRACING', 'sometimes', {
    conditions: ['only in iterators'],
    when: [{ attach: ['ITER'] }],
  })

  test('types that changed alike are said together', () => {
    const before = answers(answer('LSM', 'never'), answer('XDP', 'never'), answer('TRACING', 'always'))
    const after = answers(answer('LSM', 'always'), answer('XDP', 'always'), inIter)
    expect(changes(['6.18', before], ['6.19', after])).toEqual([
      '6.18 > 6.19! callable: LSM, XDP: always, was never; TRACING: sometimes (only in iterators), was always',
    ])
  })

  test('the newest answer that is known is compared, over an image', () => {
    expect(
      changes(
        ['6.19', answers(answer('XDP', 'never'))],
        ['7.0', {}, 'btf'],
        ['7.1', answers(answer('XDP', 'always'))],
      ),
    ).toEqual(['6.19 > 7.1 callable: XDP: always, was never'])
  })

  test('conditions that changed are a change; other words for the same, or another order, are none', () => {
    const both = (conditions: string[], attach: string[]): Partial<Kfunc> =>
      answers(answer('TRACING', 'sometimes', { conditions, when: [{ attach }] }))
    expect(changes(['6.18', both(['a'], ['X', 'Y'])], ['6.19', both(['b'], ['Y', 'X'])])).toEqual([])
    expect(changes(['6.18', both(['a'], ['X'])], ['6.19', both(['b'], ['X', 'Y'])])).toHaveLength(1)
  })

  test('an answer that hangs on an unread filter is none', () => {
    const unread = answer('XDP', 'sometimes', { when: [{ unread: 'a_filter' }] })
    expect(
      changes(
        ['6.17', answers(answer('XDP', 'never'))],
        ['6.18', answers(unread)],
        ['6.19', answers(answer('XDP', 'always'))],
      ),
    ).toEqual(['6.17 > 6.19 callable: XDP: always, was never'])
  })

  test('a program type that comes and may not call is no change', () => {
    expect(changes(['6.18', answers()], ['6.19', answers(answer('NETFILTER', 'never'))])).toEqual([])
    expect(changes(['6.18', answers()], ['6.19', answers(answer('NETFILTER', 'always'))])).toEqual([
      '6.18 > 6.19! callable: NETFILTER: always, a program type new to the row',
    ])
  })
})

describe('registrations', () => {
  const sets = (...registrations: ReturnType<typeof registered>[]): Partial<Kfunc> => ({ registrations })

  test('another set for the same program type is a move', () => {
    const after = sets(registered('b_ids', 'XDP'), registered('b_ids', 'SYSCALL'))
    expect(changes(['6.18', sets(registered('a_ids', 'XDP'))], ['6.19', after])).toEqual([
      '6.18 > 6.19! registrations: moved XDP from a_ids to b_ids; b_ids for SYSCALL added',
    ])
  })

  test('two sets in place of one are no move', () => {
    const after = sets(registered('b_ids', 'XDP'), registered('c_ids', 'XDP'))
    expect(changes(['6.18', sets(registered('a_ids', 'XDP'))], ['6.19', after])).toEqual([
      '6.18 > 6.19! registrations: b_ids for XDP, c_ids for XDP added; a_ids for XDP removed',
    ])
  })
})

describe('where it is', () => {
  const file = (path: string, line = 1): Partial<Kfunc> => ({ definition: { path, line } })

  test('another file is a change, another line is none', () => {
    expect(changes(['6.18', file('a.c')], ['6.19', file('a.c', 9)])).toEqual([])
    expect(changes(['6.18', file('a.c')], ['6.19', file('b.c')])).toEqual([
      '6.18 > 6.19! file: definition moved from a.c to b.c',
    ])
  })

  test('an object that was not read makes no event', () => {
    const object = (name: string | null): Partial<Kfunc> => ({ object: name })
    expect(changes(['6.17', object('nf_nat')], ['6.18', object(null)], ['6.19', object('nf_nat')])).toEqual(
      [],
    )
    expect(changes(['6.17', object('nf_nat')], ['6.18', object(null)], ['6.19', object('vmlinux')])).toEqual([
      '6.17 > 6.19 object: moved from nf_nat to vmlinux',
    ])
  })

  test('symbols that are asked for come and go', () => {
    const config = (...symbols: string[]): Partial<Kfunc> => ({ config: symbols })
    expect(
      changes(['6.18', config('CONFIG_A', 'CONFIG_B')], ['6.19', config('CONFIG_B', 'CONFIG_C')]),
    ).toEqual(['6.18 > 6.19! config: CONFIG_C added; CONFIG_A removed'])
    expect(changes(['6.18', { config: null }], ['6.19', config('CONFIG_B')])).toEqual([])
    // BPF_EVENTS depends on BPF_SYSCALL, which every kfunc needs, and which selects BPF
    expect(
      changes(
        ['6.17', config('CONFIG_BPF_EVENTS')],
        ['6.18', config('CONFIG_BPF', 'CONFIG_BPF_SYSCALL', 'CONFIG_KEYS')],
      ),
    ).toEqual(['6.17 > 6.18! config: CONFIG_KEYS added; CONFIG_BPF_EVENTS removed'])
  })
})

describe('renames', () => {
  const rename = { from: 'bpf_a', to: 'bpf_b', in: '6.19', because: 'it is' }
  const with_ = (id: string, ...names: string[]): Release =>
    release(
      id,
      names.map((name) => kfunc(name)),
    )

  test('one went as the other came: both histories say so', () => {
    const releases = [with_('6.18', 'bpf_a'), with_('6.19', 'bpf_b')]
    expect(historyIn(releases, 'bpf_a', [rename]).slice(1)).toEqual([
      '6.18 > 6.19! removed: removed; use bpf_b',
      '6.18 > 6.19! renamed: bpf_a was renamed to bpf_b',
    ])
    expect(historyIn(releases, 'bpf_b', [rename])).toEqual([
      '6.18 > 6.19! added: added; replaces bpf_a',
      '6.18 > 6.19! renamed: bpf_a was renamed to bpf_b',
    ])
  })

  test('the narrower of both times is when it happened', () => {
    const releases = [with_('6.12', 'bpf_a'), btfOnly('6.16', [kfunc('bpf_b')]), with_('6.17', 'bpf_b')]
    expect(historyIn(releases, 'bpf_a', [{ ...rename, in: '6.14' }])).toContain(
      '6.12 > 6.16 renamed: bpf_a was renamed to bpf_b',
    )
  })

  test('a successor beside the old name replaces it; the old name may go later', () => {
    const releases = [with_('6.18', 'bpf_a'), with_('6.19', 'bpf_a', 'bpf_b'), with_('7.0', 'bpf_b')]
    expect(historyIn(releases, 'bpf_a', [rename]).slice(1)).toEqual([
      '6.18 > 6.19! replaced: replaced by bpf_b',
      '6.19 > 7.0! removed: removed; use bpf_b',
    ])
  })
})

test('the changes of a release are the events that end in it, whatever release they are counted from', () => {
  const history = historyOf([
    release('6.18', [kfunc('bpf_a')]),
    btfOnly('6.19', [kfunc('bpf_a'), kfunc('bpf_b')]),
    release('7.0', [
      kfunc('bpf_a', { definition: { path: 'b.c', line: 1 } }),
      kfunc('bpf_b'),
      kfunc('bpf_c'),
    ]),
  ])
  expect(changesIn(history, '7.0').map(({ kfunc, kind, from }) => [kfunc, kind, from])).toEqual([
    ['bpf_a', 'file', '6.18'],
    ['bpf_c', 'added', '6.18'],
  ])
})

test('any two releases can be compared by giving just those', () => {
  const history = historyOf([release('6.12', [kfunc('bpf_a')]), release('7.3', [kfunc('bpf_b')])])
  expect(changesIn(history, '7.3').map(({ kfunc, kind }) => `${kind} ${kfunc}`)).toEqual([
    'removed bpf_a',
    'added bpf_b',
  ])
})
