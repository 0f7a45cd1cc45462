/** Since when each line of a kfunc's page has been true. */
import { expect, test } from 'vitest'
import { historyOf } from '#lib/publish/history/history.ts'
import { sinceMarks } from '#lib/site/kfunc/since.ts'
import { kfunc, prototype, release, support } from '../sample.ts'

type Of = Parameters<typeof kfunc>[1]
type Row = readonly [id: string, facts: Of | null]

/** The marks that the page of bpf_a has in `at`; each row is a release and what bpf_a is there, null: not there. */
function marks(at: string, rows: readonly Row[]) {
  const releases = rows.map(([id, facts]) =>
    release(id, facts ? [kfunc('bpf_a', facts)] : [kfunc('bpf_other')]),
  )
  return sinceMarks(historyOf(releases).get('bpf_a') ?? [], at)
}

const takes = (...parameters: [type: string, name: string][]): Of => ({
  prototype: prototype('int', 'bpf_a', parameters),
})

test('a flag is marked from the release that has it on, and in none before', () => {
  const rows: readonly Row[] = [
    ['6.18', {}],
    ['6.19', { flags: ['KF_ACQUIRE'] }],
    ['7.0', { flags: ['KF_ACQUIRE'] }],
  ]
  expect(marks('7.0', rows).flag('KF_ACQUIRE')).toBe('since 6.19')
  expect(marks('6.19', rows).flag('KF_ACQUIRE')).toBe('since 6.19')
  expect(marks('6.18', rows).flag('KF_ACQUIRE')).toBeNull()
})

test('what a kfunc has had from the first is not marked', () => {
  const rows: readonly Row[] = [
    ['6.19', null],
    ['7.0', { flags: ['KF_ACQUIRE'], ...takes(['int', 'x']) }],
    ['7.1', { flags: ['KF_ACQUIRE'], ...takes(['int', 'x']) }],
  ]
  const { flag, parameter, returns, programType } = marks('7.1', rows)
  expect([flag('KF_ACQUIRE'), parameter('x'), returns()]).toEqual([null, null, null])
  expect(programType('BPF_PROG_TYPE_XDP')).toEqual({ callable: null, conditions: null })
})

test('a parameter is marked when it came, was given another type, or another suffix', () => {
  const rows: readonly Row[] = [
    ['6.18', takes(['int', 'x'], ['void *', 'map__map'])],
    ['6.19', takes(['int', 'x'], ['void *', 'map__map'], ['u64', 'flags'])],
    ['7.0', takes(['u64', 'x'], ['void *', 'map__map'], ['u64', 'flags'])],
    ['7.1', takes(['u64', 'x'], ['void *', 'map__ign'], ['u64', 'flags'])],
  ]
  const { parameter } = marks('7.1', rows)
  expect([parameter('flags'), parameter('x'), parameter('map__ign')]).toEqual([
    'since 6.19',
    'this type since 7.0',
    'this name since 7.1',
  ])
})

test('a return type is marked when it became what it is', () => {
  const rows: readonly Row[] = [
    ['6.19', { prototype: prototype('void', 'bpf_a', []) }],
    ['7.0', { prototype: prototype('int', 'bpf_a', []) }],
  ]
  expect(marks('7.0', rows).returns()).toBe('since 7.0')
})

test('an answer is marked when it turned, and its conditions when they changed later', () => {
  const xdp = 'BPF_PROG_TYPE_XDP'
  const rows: readonly Row[] = [
    ['6.18', { programTypes: [support('XDP', 'never')] }],
    ['6.19', { programTypes: [support('XDP', 'always')] }],
    ['7.0', { programTypes: [support('XDP', 'sometimes', { conditions: ['only when it rains'] })] }],
  ]
  expect(marks('6.19', rows).programType(xdp)).toEqual({ callable: 'since 6.19', conditions: null })
  expect(marks('7.0', rows).programType(xdp)).toEqual({ callable: 'since 6.19', conditions: 'since 7.0' })
})

test('what was before a kfunc went and came again does not count', () => {
  const rows: readonly Row[] = [
    ['6.17', {}],
    ['6.18', { flags: ['KF_ACQUIRE'] }],
    ['6.19', null],
    ['7.0', { flags: ['KF_ACQUIRE'] }],
  ]
  expect(marks('6.18', rows).flag('KF_ACQUIRE')).toBe('since 6.18')
  expect(marks('7.0', rows).flag('KF_ACQUIRE')).toBeNull()
})
