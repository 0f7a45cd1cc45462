/** What a filter lets through, as people read it; a filter runs on every call by way of its hook. */
import { describe, expect, test } from 'vitest'
import type { Extracted } from '#lib/model/extracted.ts'
import type { Allow } from '#lib/model/filter-reading.ts'
import type { Registration } from '#lib/model/published.ts'
import { FILTER_SHA256, filterOf, kfunc, published, registered, release } from '../extracted-fixture.ts'

const reading = (allows: readonly Allow[], sha256 = FILTER_SHA256) => ({
  name: 'a_filter',
  readings: [
    { pins: { '7.1': sha256 }, sentence: 'lets some through', governs: ['a_ids'], allows: [...allows] },
  ],
})

/** What is said of bpf_a and a program type where a_filter, of the set a_ids, was read so, or not at all. */
function answerFor(
  programType: string,
  registrations: readonly Registration[],
  readings: Parameters<typeof published>[1],
  given: Partial<Omit<Extracted, 'release'>> = {},
) {
  const kfuncs = [
    kfunc('bpf_a', { registrations: [...registrations] }),
    kfunc('bpf_filtered', {
      registrations: [registered('TRACING', 'a_filter'), registered('XDP', 'a_filter')],
    }),
  ]
  const [found] = published(
    [release('7.1', { filters: [filterOf('a_filter', 'a_ids')], ...given, kfuncs })],
    readings,
  )
  const supports = found?.kfuncs[0]?.programTypes ?? []
  const { callable, conditions, when } =
    supports.find((one) => one.programType === `BPF_PROG_TYPE_${programType}`) ?? {}
  return { callable, conditions, when }
}

const always = { callable: 'always', conditions: [], when: null }

describe('a filter that no one has read', () => {
  const unread = {
    callable: 'sometimes',
    conditions: ['depends on `a_filter` (not yet read)'],
    when: [{ unread: 'a_filter' }],
  }

  test('makes the answers of its set depend on it', () => {
    expect(answerFor('TRACING', [registered('LSM', 'a_filter')], [])).toEqual(unread)
  })
  test('is unread again when its source changes', () => {
    const old = reading([{ programTypes: ['BPF_PROG_TYPE_LSM'] }], 'f'.repeat(64))
    expect(answerFor('TRACING', [registered('LSM', 'a_filter')], [old])).toEqual(unread)
  })
  test('is a condition beside sleepability', () => {
    expect(answerFor('LSM', [registered('LSM SLEEPABLE', 'a_filter')], [])).toEqual({
      callable: 'sometimes',
      conditions: ['only when the program is sleepable', 'depends on `a_filter` (not yet read)'],
      when: [{ sleepable: true, unread: 'a_filter' }],
    })
  })
  test('cannot let through what never may', () => {
    expect(answerFor('XDP', [registered('XDP SLEEPABLE', 'a_filter')], []).callable).toBe('never')
  })
  test('is a gap', () => {
    const [found] = published([release('7.1', { filters: [filterOf('a_filter', 'a_ids')] })])
    expect(found?.gaps).toMatchObject([{ rule: 'filter-unread', kfunc: null }])
    expect(found?.filters).toMatchObject([{ name: 'a_filter', sentence: null }])
  })
})

describe('a filter that was read', () => {
  const byType = reading([{ programTypes: ['BPF_PROG_TYPE_LSM'] }])

  test('lets a program type through', () => {
    expect(answerFor('LSM', [registered('LSM', 'a_filter')], [byType])).toEqual(always)
  })
  test('refuses another that shares the hook, and is named', () => {
    expect(answerFor('TRACING', [registered('LSM', 'a_filter')], [byType])).toEqual({
      callable: 'never',
      conditions: ['refused: `a_filter` lets some through'],
      when: null,
    })
  })
  test('may let through on a condition', () => {
    const attach = ['BPF_TRACE_ITER']
    expect(answerFor('TRACING', [registered('LSM', 'a_filter')], [reading([{ when: { attach } }])])).toEqual({
      callable: 'sometimes',
      conditions: ['only with attach type BPF_TRACE_ITER'],
      when: [{ attach }],
    })
  })
  test('may have several ways through', () => {
    const ways = reading([{ programTypes: ['BPF_PROG_TYPE_LSM'] }, { when: { attach: ['BPF_TRACE_ITER'] } }])
    expect(answerFor('LSM', [registered('LSM', 'a_filter')], [ways])).toEqual(always)
    expect(answerFor('TRACING', [registered('LSM', 'a_filter')], [ways]).callable).toBe('sometimes')
  })
  test('may tell by the id tables that a kfunc is in, and by the program types that it is not for', () => {
    const tables = [{ name: 'lsm_only_ids', kfuncs: ['bpf_a'], at: { path: 'fs/a.c', line: 1 } }]
    const cases: [allow: Allow, expected: string][] = [
      [{ sets: ['lsm_only_ids'] }, 'always'],
      [{ sets: ['other_ids'] }, 'never'],
      [{ notIn: ['lsm_only_ids'] }, 'never'],
      [{ notIn: ['other_ids'] }, 'always'],
      [{ exceptProgramTypes: ['BPF_PROG_TYPE_LSM'] }, 'never'],
      [{ exceptProgramTypes: ['BPF_PROG_TYPE_TRACING'] }, 'always'],
    ]
    for (const [allow, expected] of cases) {
      const { callable } = answerFor('LSM', [registered('LSM', 'a_filter')], [reading([allow])], { tables })
      expect([allow, callable]).toEqual([allow, expected])
    }
  })
  test('is asked on every hook where it is a check of the verifier itself', () => {
    const filters = [{ ...filterOf('a_filter'), kind: 'check' as const, asks: ['a_ids'] }]
    const bound = reading([{ when: { deviceBound: true } }])
    expect(answerFor('SYSCALL', [registered('SYSCALL')], [bound], { filters }).when).toEqual([
      { deviceBound: true },
    ])
  })
  test('passes what it does not govern', () => {
    expect(answerFor('TRACING', [registered('LSM', null, 'b_ids')], [byType])).toEqual(always)
  })
  test('narrows what it governs though the set names no filter, on its own hook alone', () => {
    const tables = [{ name: 'a_ids', kfuncs: ['bpf_a'], at: { path: 'kernel/sched/ext.c', line: 1 } }]
    const sibling = [registered('TRACING', null, 'b_ids'), registered('SYSCALL', null, 'b_ids')]
    expect(answerFor('TRACING', sibling, [byType], { tables }).callable).toBe('never')
    expect(answerFor('SYSCALL', sibling, [byType], { tables })).toEqual(always)
  })
  test('cannot take away what the common hook gives', () => {
    const both = [registered('UNSPEC', null, 'b_ids'), registered('TRACING', 'a_filter')]
    expect(answerFor('TRACING', both, [byType])).toEqual(always)
  })
})
