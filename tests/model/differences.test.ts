import { describe, expect, test } from 'vitest'
import { differences } from '#lib/model/differences.ts'

describe('what differs is said in one line each', () => {
  const cases: [what: string, before: unknown, after: unknown, expected: string[]][] = [
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['a value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b: was 1, is 2']],
    ['null is no object', { a: null }, { a: {} }, ['a: was null, is {}']],
    ['a key that came', {}, { a: 1 }, ['a: is new, 1']],
    ['a key that went', { a: 1 }, {}, ['a: is gone, was 1']],
    ['the whole', 1, 2, ['all: was 1, is 2']],
    [
      'a member of a list with names, by name',
      { kfuncs: [{ name: 'bpf_a', flags: ['KF_RCU'] }, { name: 'bpf_b' }] },
      { kfuncs: [{ name: 'bpf_new' }, { name: 'bpf_a', flags: ['KF_ACQUIRE'] }] },
      [
        'kfuncs.bpf_a.flags.0: was "KF_RCU", is "KF_ACQUIRE"',
        'kfuncs.bpf_b: is gone, was {"name":"bpf_b"}',
        'kfuncs.bpf_new: is new, {"name":"bpf_new"}',
      ],
    ],
    [
      'a member of another list, by position',
      { a: [1, 2] },
      { a: [1, 3, 4] },
      ['a.1: was 2, is 3', 'a.2: is new, 4'],
    ],
    [
      'a member of a list with a name twice, by position',
      {
        a: [
          { name: 'x', v: 1 },
          { name: 'x', v: 2 },
        ],
      },
      {
        a: [
          { name: 'x', v: 1 },
          { name: 'x', v: 3 },
        ],
      },
      ['a.1.v: was 2, is 3'],
    ],
  ]
  test.each(cases)('%s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected)
  })

  test('a long value is cut', () => {
    const [line = ''] = differences({ a: 'x'.repeat(500) }, { a: 1 })
    expect(line).toBe(`a: was "${'x'.repeat(116)}…, is 1`)
  })
})
