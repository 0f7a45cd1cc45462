import { describe, expect, it } from 'vitest'
import { nameParts, nameScorer } from '#lib/site/search/score.ts'
import { editDistance, wordLikeness } from '#lib/site/search/words.ts'

const names = [
  '__scx_bpf_dsq_insert_vtime',
  'bbr_init',
  'bpf_cpumask_acquire',
  'bpf_cpumask_and',
  'bpf_cpumask_any_and_distribute',
  'bpf_cpumask_create',
  'bpf_cpumask_first_and',
  'bpf_dynptr_slice',
  'bpf_dynptr_slice_rdwr',
  'bpf_iter_task_new',
  'bpf_task_acquire',
  'bpf_task_from_pid',
  'bpf_task_release',
  'bpf_task_work_schedule_resume',
  'bpf_task_work_schedule_signal',
  'bpf_wq_init',
  'bpf_wq_set_callback',
  'bpf_wq_set_callback_impl',
  'bpf_wq_start',
  'bpf_xdp_ct_lookup',
  'bpf_xdp_metadata_rx_timestamp',
  'scx_bpf_dsq_insert',
  'scx_bpf_dsq_insert_vtime',
  'scx_bpf_task_cpu',
]
const search = (query: string): string[] => {
  const score = nameScorer(query)
  return names
    .map((name) => ({ name, score: score(nameParts(name)) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name)
}

describe('search by name', () => {
  it.each([
    ['wq_set', ['bpf_wq_set_callback', 'bpf_wq_set_callback_impl']],
    ['task work sched', ['bpf_task_work_schedule_resume', 'bpf_task_work_schedule_signal']],
    ['cpumask_and', ['bpf_cpumask_and']],
    ['dsq insret', ['scx_bpf_dsq_insert']],
    ['__scx_bpf_dsq_insert_vtime', ['__scx_bpf_dsq_insert_vtime']],
    ['scx_bpf_dsq_insert_vtime', ['scx_bpf_dsq_insert_vtime']],
    ['sched task', ['bpf_task_work_schedule_resume']],
    ['CPUMASK-CREATE', ['bpf_cpumask_create']],
    ['slice', ['bpf_dynptr_slice']],
    ['bpf_task_acqire', ['bpf_task_acquire']],
    ['bpf_task_acquuire', ['bpf_task_acquire']],
    ['pbf_wq_start', ['bpf_wq_start']],
    ['umask_create', ['bpf_cpumask_create']],
    ['rx timestamp', ['bpf_xdp_metadata_rx_timestamp']],
    ['timestamp of rx in xdp', ['bpf_xdp_metadata_rx_timestamp']],
  ])('%s finds its kfunc first', (query, first) => {
    expect(search(query).slice(0, first.length)).toEqual(first)
  })

  it('finds nothing for nothing', () => expect(search(' _ ')).toEqual([]))
  it('finds nothing for what is like no name', () => expect(search('qqqq')).toEqual([]))

  it('ranks what was typed right above every guess', () => {
    const [exact = 0, bare = 0, start = 0, word = 0, words = 0, typo = 0] = [
      'bpf_task_release',
      'task_release',
      'bpf_task_rel',
      'release',
      'release task',
      'bpf_task_relaese',
    ].map((query) => nameScorer(query)(nameParts('bpf_task_release')))
    const scores = [exact, bare, start, word, words, typo, 0]
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(new Set(scores).size).toBe(scores.length)
  })
})

describe('edit distance', () => {
  it.each([
    ['insert', 'insert', 0],
    ['insret', 'insert', 1],
    ['inert', 'insert', 1],
    ['inserts', 'insert', 1],
    ['unsert', 'insert', 1],
    ['abc', 'xyz', 3],
    ['abcdefgh', 'hgfedcba', 3],
  ])('from %s to %s is %i, counted up to two', (a, b, steps) => {
    expect(editDistance(a, b, 2)).toBe(steps)
  })
})

describe('likeness of words', () => {
  it.each([
    ['task', 'task', 1],
    ['zzz', 'task', 0],
    ['xy', 'task', 0],
  ])('of %s and %s is %d', (word, part, likeness) => expect(wordLikeness(word, part)).toBe(likeness))

  it.each([
    ['iterate', 'iter'],
    ['cgroups', 'cgroup'],
    ['scheduling', 'schedule'],
    ['insret', 'insert'],
    ['inser', 'insert'],
  ])('sees that %s is meant for %s', (word, part) =>
    expect(wordLikeness(word, part)).toBeGreaterThanOrEqual(0.5),
  )
})
