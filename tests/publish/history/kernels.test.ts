/** Histories of the kernels that were read, as a person found them in their sources. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import { Renames } from '#lib/model/knowledge.ts'
import { Event } from '#lib/model/published.ts'
import { historyOf } from '#lib/publish/history/history.ts'
import { kfuncNames } from '#lib/publish/history/presence.ts'
import { trustedStory } from '#lib/publish/history/trusted.ts'
import { printEvent } from '#lib/publish/history/words.ts'

const releases = loadReleases()
const { renames } = Renames.parse(JSON.parse(readFileSync('content/renames.json', 'utf8')))
const history = historyOf(releases, renames)
const ids = releases.map(({ release }) => release.id)

/** "from > to kind", an exact one with "!", of the kinds that are asked for. */
const steps = (name: string, ...kinds: string[]): string[] =>
  (history.get(name) ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ from, to, kind, exact }) => `${from} > ${to}${exact ? '!' : ''} ${kind}`)

const details = (name: string, kind: string): string[] =>
  (history.get(name) ?? [])
    .filter((event) => event.kind === kind)
    .map((event) => `${event.to}: ${printEvent(event).detail}`)

const LIFE = ['first-seen', 'added', 'removed', 'came-back', 'renamed', 'replaced']

describe('every history', () => {
  const events = [...history.values()].flat()

  test('is there for each kfunc of any release', () => {
    expect([...history.keys()]).toEqual([...kfuncNames(releases)].sort())
    expect([...history].filter(([, events]) => events.length === 0)).toEqual([])
  })

  test('begins with the coming of the kfunc', () => {
    for (const [name, [first]] of history)
      expect([name, first?.kind]).toEqual([name, expect.stringMatching(/^(?:first-seen|added)$/)])
  })

  test('tells of releases that were read, the older first, oldest event first', () => {
    for (const { from, to } of events) expect(ids.indexOf(from ?? '')).toBeLessThan(ids.indexOf(to))
    for (const own of history.values()) {
      const places = own.map(({ to }) => ids.indexOf(to))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
  })

  test('has its events in the shape that is promised', () => {
    for (const event of events) expect(Event.parse(printEvent(event)).detail).not.toBe('')
  })

  test('says nothing of a fact that only source tells, from or to a release without source', () => {
    const bare = new Set(
      releases.filter(({ release }) => release.coverage === 'btf-only').map(({ release }) => release.id),
    )
    const ofSource = ['callable', 'registrations', 'kernel-prototype', 'config', 'file']
    const wrong = events.filter(
      ({ kind, from, to }) => ofSource.includes(kind) && (bare.has(from ?? '') || bare.has(to)),
    )
    expect(wrong).toEqual([])
  })

  test('never has KF_TRUSTED_ARGS taken away by the release that gave the flag up', () => {
    const taken = events.filter(
      (event) => event.kind === 'flags' && event.removed.includes('KF_TRUSTED_ARGS') && event.to === '7.0',
    )
    expect(taken).toEqual([])
  })
})

test('bpf_stream_vprintk went and came back', () => {
  expect(steps('bpf_stream_vprintk', ...LIFE)).toEqual([
    '6.16 > 6.17! added',
    '6.17 > 6.18! removed',
    '6.17 > 6.18! renamed',
    '6.19 > 7.0! came-back',
    '6.19 > 7.0! renamed',
  ])
})

test('bpf_obj_new came beside bpf_obj_new_impl, which stays', () => {
  expect(steps('bpf_obj_new', ...LIFE)).toEqual(['7.0 > 7.1! added'])
  expect(steps('bpf_obj_new_impl', ...LIFE)).toEqual(['6.1 > 6.2! added', '7.0 > 7.1! replaced'])
})

test('scx_bpf_dispatch was replaced, and went later', () => {
  expect(steps('scx_bpf_dispatch', ...LIFE)).toEqual([
    '6.11 > 6.12! added',
    '6.12 > 6.13! replaced',
    '6.16 > 6.17! removed',
  ])
  expect(details('scx_bpf_dispatch', 'removed')).toEqual(['6.17: removed; use scx_bpf_dsq_insert'])
})

test('bpf_wq_set_callback is bpf_wq_set_callback_impl until 6.19', () => {
  expect(steps('bpf_wq_set_callback', ...LIFE)).toEqual(['6.19 > 7.0! added', '6.19 > 7.0! renamed'])
  expect(steps('bpf_wq_set_callback_impl', 'prototype')).toEqual([
    '6.10 > 6.11! prototype',
    '6.15 > 6.16! prototype',
  ])
  expect(details('bpf_wq_set_callback', 'prototype')).toEqual([])
})

test('bpf_dynptr_slice: wider numbers, then another suffix', () => {
  expect(details('bpf_dynptr_slice', 'prototype').map((detail) => detail.split(': void')[0])).toEqual([
    '6.5: parameter buffer is buffer__opt (no suffix → __opt)',
    '6.11: parameter ptr renamed to p; parameter p is const struct bpf_dynptr *, was const struct bpf_dynptr_kern *',
    '6.19: parameter offset is u64, was u32; parameter buffer__szk is u64, was u32',
    '7.0: parameter buffer__opt is buffer__nullable (__opt → __nullable)',
  ])
})

test('bpf_task_work_schedule_signal takes a constant map since 7.3', () => {
  expect(steps('bpf_task_work_schedule_signal', 'prototype')).toEqual(['7.2 > 7.3! prototype'])
})

test('bpf_task_acquire has one event of its flags', () => {
  expect(steps('bpf_task_acquire', 'flags')).toEqual(['6.3 > 6.4! flags'])
  expect(details('bpf_task_acquire', 'flags')).toEqual([
    '6.4: KF_RET_NULL, KF_RCU added; KF_TRUSTED_ARGS removed',
  ])
})

test.each(['bpf_get_task_exe_file', 'bpf_iter_task_new'])('%s has no event of its flags', (name) => {
  expect(steps(name, 'flags')).toEqual([])
})

test('bpf_get_task_exe_file asks for trusted pointers by its flag, then by the rule for all', () => {
  expect(
    trustedStory('bpf_get_task_exe_file', releases).map(({ release, by }) => `${release} ${by}`),
  ).toEqual([
    '6.12 flag',
    '6.13 flag',
    '6.14 flag',
    '6.15 flag',
    '6.16 flag',
    '6.17 flag',
    '6.18 flag',
    '6.19 flag',
    '7.0 default',
    '7.1 default',
    '7.2 default',
    '7.3 default',
  ])
})

test('bpf_lookup_user_key is for more program types since 6.18', () => {
  expect(steps('bpf_lookup_user_key', 'callable', 'registrations', 'file')).toEqual([
    '6.17 > 6.18! callable',
    '6.17 > 6.18! registrations',
    '6.17 > 6.18! file',
    '7.0 > 7.1! callable',
  ])
  expect(details('bpf_lookup_user_key', 'registrations')[0]).toMatch(
    'moved TRACING from key_sig_kfunc_set to generic_btf_ids',
  )
})

test('bpf_session_cookie takes the context since 7.0', () => {
  expect(details('bpf_session_cookie', 'prototype')).toEqual([
    '7.0: parameter ctx added (void *): __u64 *bpf_session_cookie(void) → __u64 *bpf_session_cookie(void *ctx)',
  ])
})

test('crash_kexec went from tracing to all of the generic set', () => {
  expect(details('crash_kexec', 'file')).toEqual([
    '6.9: definition moved from kernel/kexec_core.c to kernel/crash_core.c',
  ])
  expect(details('crash_kexec', 'registrations')[0]).toMatch(
    'moved TRACING from tracing_btf_ids to generic_btf_ids',
  )
})

test('cgroup_rstat_flush was renamed by 6.16, and is proven gone in 6.17', () => {
  expect(steps('cgroup_rstat_flush', ...LIFE)).toEqual([
    '6.0 > 6.1! added',
    '6.15 > 6.16! renamed',
    '6.15 > 6.17 removed',
  ])
})
