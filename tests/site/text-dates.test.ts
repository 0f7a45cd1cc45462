import { expect, test } from 'vitest'
import { lifespanText } from '#lib/model/lifespan.ts'
import type { Release } from '#lib/model/published.ts'
import { readSubject } from '#lib/model/subject.ts'
import type { DatedFacts } from '#lib/prose/library.ts'
import { textDates } from '#lib/site/text-dates.ts'
import { kfunc, release } from './sample.ts'

const AT = { path: 'kernel/bpf/btf.c', line: 1 }
const filter: Release['filters'][number] = {
  name: 'a_filter',
  kind: 'filter',
  sets: [],
  hooks: [],
  sentence: null,
  at: AT,
}
const support = (programType: string) => ({
  programType,
  callable: 'always' as const,
  how: 'registered' as const,
  config: [],
  conditions: [],
  when: null,
})

/** 7.0 has none of it, 7.1 was read from an image alone, 7.2 has all of it. */
const RELEASES = [
  release('7.0', [kfunc('bpf_a', { programTypes: [support('BPF_PROG_TYPE_XDP')] })], {
    hooks: [{ name: 'HOOK', programTypes: ['BPF_PROG_TYPE_XDP'], at: AT }],
  }),
  release('7.1', [kfunc('bpf_a', { flags: ['KF_A'], programTypes: null }), kfunc('bpf_b')], {
    coverage: 'btf-only',
  }),
  release(
    '7.2',
    [
      kfunc('bpf_a', {
        flags: ['KF_A'],
        programTypes: [support('BPF_PROG_TYPE_NETFILTER'), support('BPF_PROG_TYPE_XDP')],
      }),
      kfunc('bpf_b'),
      kfunc('bpf_twin', { kind: 'generated' }),
    ],
    {
      flags: [{ name: 'KF_A', bit: 0, comment: null, at: AT }],
      suffixes: [{ name: '__a', test: 'is_a', at: AT }],
      hooks: [{ name: 'HOOK', programTypes: ['BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_CGROUP_SKB'], at: AT }],
      filters: [filter],
    },
  ),
]
const facts = (id: string, has: boolean): DatedFacts => ({
  release: id,
  vocabulary: {
    attachTypes: has ? ['BPF_TCX_INGRESS'] : [],
    structOps: [
      { name: 'old_ops', members: has ? ['init', 'exit'] : ['init'] },
      ...(has ? [{ name: 'new_ops', members: [] }] : []),
    ],
    lsmHooks: [],
  },
  sleepability: {
    may: has ? ['BPF_PROG_TYPE_STRUCT_OPS'] : [],
    always: ['BPF_PROG_TYPE_SYSCALL'],
    at: AT,
  },
})
const PLACES = [
  { format: 1 as const, release: '7.0', places: [], absent: ['a.c#f'], messages: [], rules: [] },
  {
    format: 1 as const,
    release: '7.2',
    places: [
      { of: 'a.c#f', line: 1 },
      { of: 'b.c', line: null },
    ],
    absent: [],
    messages: [],
    rules: [],
  },
]
const none: DatedFacts = { release: '7.1', vocabulary: null, sleepability: null }
const dates = textDates(RELEASES, { places: PLACES, facts: [facts('7.0', false), none, facts('7.2', true)] })

const said = (written: string): string[] => {
  const subject = readSubject(`when:${written}`)
  return subject ? dates.lifespans(subject).map(lifespanText) : ['no subject']
}

test.each([
  'flag:KF_A',
  'suffix:__a',
  'type:netfilter',
  'sleepable:struct_ops',
  'attach:BPF_TCX_INGRESS',
  'filter:a_filter',
  'hook:HOOK/cgroup_skb',
  'struct_ops:new_ops',
  'struct_ops:old_ops/exit',
  'kfunc:bpf_a/KF_A',
  'kernel:a.c#f',
])('an image does not tell of %s', (written) => {
  expect(said(written)).toEqual(['since 7.2 or earlier'])
})

test.each(['hook:HOOK', 'hook:HOOK/xdp', 'type:xdp', 'struct_ops:old_ops/init', 'sleepable:syscall'])(
  '%s was there before',
  (written) => {
    expect(said(written)).toEqual(['since 7.0 or earlier'])
  },
)

test('an image tells of kfuncs', () => {
  expect(said('kfunc:bpf_b')).toEqual(['since 7.1'])
})

test.each([
  'kfunc:bpf_twin',
  'kfunc:bpf_none',
  'kfunc:bpf_b/KF_A',
  'type:sk_skb',
  'sleepable:xdp',
  'hook:HOOK/sk_skb',
  'struct_ops:none/init',
  'struct_ops:new_ops/init',
  'kernel:c.c',
])('%s is nowhere', (written) => {
  expect(said(written)).toEqual([])
})

test('a place that was not looked up in a release may be there', () => {
  expect(said('kernel:b.c')).toEqual(['since 7.2 or earlier'])
})
