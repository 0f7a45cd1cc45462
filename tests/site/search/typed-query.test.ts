import { describe, expect, it } from 'vitest'
import { siteUrls } from '#lib/site/links/urls.ts'
import { keyCompletions, valueCompletions } from '#lib/site/search/complete.ts'
import { type SearchData, typeName } from '#lib/site/search/data.ts'
import { searchEngine } from '#lib/site/search/engine.ts'
import { makeSearch } from '#lib/site/search/options.ts'
import { parseQuery } from '#lib/site/search/typed-query.ts'

/** Three releases; what each row means is said by the tests. */
const data: SearchData = {
  releases: ['6.12', '7.0', '7.3'],
  introduced: ['6.12', '7.1', '7.3'],
  flags: ['KF_ACQUIRE', 'KF_RCU', 'KF_SLEEPABLE'],
  types: ['bpf_dynptr', 'int', 'task_struct'],
  suffixes: ['__sz'],
  programTypes: ['sched_cls', 'xdp'],
  callable: [[0, 1], [0]],
  kfuncs: [
    ['bpf_old', [0, 1], 0, 'Takes a task.', [[[0, 1], 1, [2], [], []]], [[[0, 1], 0]]],
    [
      'bpf_task_get',
      [0],
      0,
      '',
      [
        [[0, 2], 2, [1], [0], []],
        [[2], 2, [1], [0, 2], []],
      ],
      [
        [[0, 1], 0],
        [[2], 1],
      ],
    ],
    ['bpf_view', [2], 2, 'Looks at memory.', [[[2], 1, [0], [], [0]]], [[[2], 0]]],
  ],
  texts: [
    ['flags', 'KF_ACQUIRE', '', 'It hands out a reference.'],
    ['program-types', 'xdp', '', ''],
    ['guides', 'call-a-kfunc', 'Call a kfunc', ''],
  ],
}
const engine = searchEngine(data)
const names = (query: string, atHand: string | null = null) =>
  engine(query, atHand).kfuncs.map(({ kfunc }) => kfunc[0])

describe('a query', () => {
  it.each([
    ['task  acquire', 'task acquire', []],
    ['flag:KF_RCU task', 'task', ['flag:KF_RCU']],
    ['TYPE:xdp since:7.0', '', ['type:xdp', 'since:7.0']],
    ['flag: task', 'task', []],
    ['color:red', 'color:red', []],
    ['task_struct -> *', '', ['arg:task_struct']],
    ['* -> struct task_struct *', '', ['returns:task_struct']],
    ['bpf_dynptr, u64->int', '', ['arg:bpf_dynptr', 'arg:u64', 'returns:int']],
    ['in:7.3 cgroup ->', '', ['in:7.3', 'arg:cgroup']],
    ['a -> b -> c', 'a -> b -> c', []],
    ['', '', []],
  ])('%s is words and filters', (typed, text, filters) => {
    const query = parseQuery(typed)
    expect([query.text, query.filters.map(({ key, value }) => `${key}:${value}`)]).toEqual([text, filters])
  })

  it.each([
    ['const struct task_struct *', 'task_struct'],
    ['unsigned long', 'unsigned_long'],
    ['u8 [16]', 'u8'],
    ['enum pid_type', 'pid_type'],
    ['int (*)(void *, int *, void *)', ''],
  ])('names the type %s %s', (type, name) => expect(typeName(type)).toBe(name))
})

describe('a filter', () => {
  it.each([
    ['flag:KF_ACQUIRE', ['bpf_task_get']],
    ['flag:acquire', ['bpf_task_get']],
    ['flag:KF_SLEEPABLE', ['bpf_task_get']],
    ['flag:KF_SLEEPABLE in:7.0', []],
    ['flag:KF_NO_SUCH', []],
    ['type:xdp', ['bpf_view', 'bpf_old']],
    ['type:BPF_PROG_TYPE_XDP in:7.3', ['bpf_view']],
    ['type:xdp in:6.12', ['bpf_old', 'bpf_task_get']],
    ['type:xdp in:7.0', []],
    ['since:7.0', ['bpf_view']],
    ['since:7.3', ['bpf_view']],
    ['since:9.9', []],
    ['in:6.12', ['bpf_old', 'bpf_task_get']],
    ['in:6.12 in:7.3', ['bpf_task_get']],
    ['returns:task_struct', ['bpf_task_get']],
    ['arg:bpf_dynptr', ['bpf_view']],
    ['task_struct -> *', ['bpf_old']],
    ['* -> task_struct', ['bpf_task_get']],
    ['suffix:__sz', ['bpf_view']],
    ['suffix:__sz flag:KF_RCU', []],
    ['arg:int get', ['bpf_task_get']],
  ])('%s leaves %j', (query, found) => expect(names(query)).toEqual(found))

  it('on program types asks of the release at hand alone', () => {
    expect(names('type:xdp', '6.12')).toEqual(['bpf_old', 'bpf_task_get'])
    expect(names('type:xdp', '7.3')).toEqual(['bpf_view'])
  })
})

describe('words', () => {
  it.each([
    ['get task', 'bpf_task_get'],
    ['KF_ACQUIRE', 'bpf_task_get'],
    ['bpf_dynptr', 'bpf_view'],
    ['memory', 'bpf_view'],
    ['thread get', 'bpf_task_get'],
  ])('%s find by name, flag, type, sentence or synonym %s', (query, name) =>
    expect(names(query)[0]).toBe(name),
  )

  it('find pages too, and the very page before what only has it', () => {
    const options = makeSearch(data, siteUrls('/'), null).options('KF_ACQUIRE', 10)
    expect(options.map(({ kind, name }) => [kind, name])).toEqual([
      ['text', 'KF_ACQUIRE'],
      ['kfunc', 'bpf_task_get'],
    ])
  })
})

describe('the list', () => {
  const search = makeSearch(data, siteUrls('/atlas'), '7.0')
  const hrefs = (typed: string) =>
    search.options(typed, typed.length).map((option) => ('href' in option ? option.href : option.name))

  it('opens the release at hand, else the newest that has the kfunc', () => {
    expect(hrefs('bpf_task_get')[0]).toBe('/atlas/7.0/bpf_task_get/')
    expect(hrefs('bpf_view')[0]).toBe('/atlas/7.3/bpf_view/')
  })

  it('knows no release that is not here', () => {
    expect(search.release).toBe('7.0')
    expect(makeSearch(data, siteUrls('/'), '9.9').release).toBe(null)
  })

  it('gives the releases of a kfunc, newest first', () => {
    expect(search.releasesOf('bpf_task_get').map(({ note }) => note.trim())).toEqual(['7.3', '7.0', '6.12'])
    expect(search.releasesOf('bpf_no_such')).toEqual([])
  })

  it('knows names again, and passes over those that are gone', () => {
    expect(search.named(['bpf_gone', 'bpf_view']).map(({ name }) => name)).toEqual(['bpf_view'])
  })

  it('gives values while a filter is being typed, and hits once it is whole', () => {
    expect(search.options('flag:s', 6).map(({ kind, name }) => [kind, name])).toEqual([
      ['completion', 'flag:KF_SLEEPABLE'],
    ])
    expect(search.options('flag:KF_SLEEPABLE in:7.3', 24).map(({ name }) => name)).toEqual(['bpf_task_get'])
  })
})

describe('completion', () => {
  it.each([
    ['flag:', ['flag:KF_ACQUIRE', 'flag:KF_RCU', 'flag:KF_SLEEPABLE']],
    ['flag:kf_a', ['flag:KF_ACQUIRE']],
    ['flag:KF_RCU', []],
    ['type:cls', ['type:sched_cls']],
    ['arg:dyn', ['arg:bpf_dynptr']],
    ['in:7', ['in:7.0', 'in:7.3']],
    ['task_st -> *', []],
    ['* -> task_s', ['task_struct']],
    ['bpf_d', []],
    ['suffix:[', []],
  ])('of %s offers %j', (typed, offered) => {
    expect(valueCompletions(data, typed, typed.length).map(({ word }) => word)).toEqual(offered)
  })

  it('replaces the word at the caret alone', () => {
    const [first] = valueCompletions(data, 'flag:sl task', 7)
    expect(first).toMatchObject({ typed: 'flag:KF_SLEEPABLE task', caret: 18 })
  })

  it.each([
    ['ty', ['type:']],
    ['t', []],
    ['task fl', ['flag:']],
  ])('of %s offers the filters %j', (typed, offered) => {
    expect(keyCompletions(typed, typed.length).map(({ word }) => word)).toEqual(offered)
  })
})
