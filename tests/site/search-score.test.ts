import { describe, expect, it } from 'vitest'
import { editDistance, searchNames } from '#lib/site/search-score.ts'

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
const search = (query: string) => searchNames(query, names, 10).map(({ index }) => names[index])

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
    ['rx timestamp', ['bpf_xdp_metadata_rx_timestamp']],
  ])('%s finds its kfunc first', (query, first) => {
    expect(search(query).slice(0, first.length)).toEqual(first)
  })

  it('finds nothing for nothing', () => expect(search(' _ ')).toEqual([]))
  it('finds nothing for what is like no name', () => expect(search('qqqq')).toEqual([]))
  it('gives no more than asked for', () => expect(searchNames('bpf', names, 3)).toHaveLength(3))

  const without = (name: string) => name.replace(/^_*(?:scx_bpf_|bpf_)/, '')
  const middle = (name: string) => Math.floor(name.length * 0.6)
  it.each<[string, number, (name: string) => string]>([
    ['the whole name', 1, (name) => name],
    ['its words', 0.97, (name) => without(name).replaceAll('_', ' ')],
    ['its words in reverse', 0.97, (name) => without(name).split('_').reverse().join(' ')],
    ['the name but its last two letters', 0.93, (name) => name.slice(0, -2)],
    [
      'the name with a letter dropped',
      0.95,
      (name) => name.slice(0, middle(name)) + name.slice(middle(name) + 1),
    ],
  ])('ranks every name high for %s', (_, least, query) => {
    const ranks = names.map((name) => 1 / (search(query(name)).indexOf(name) + 1 || Number.POSITIVE_INFINITY))
    expect(ranks.reduce((sum, rank) => sum + rank, 0) / names.length).toBeGreaterThanOrEqual(least)
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
  ])('from %s to %s is %i, counted up to two', (a, b, steps) => {
    expect(editDistance(a, b, 2)).toBe(steps)
  })
})
