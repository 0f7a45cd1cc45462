/** The schemas refuse what readers of the data could not know. */
import { describe, expect, test } from 'vitest'
import { Gap, Input, Registration, SourceRef, When } from '#lib/model/published.ts'

const at = { path: 'kernel/bpf/helpers.c', line: 3 }

describe('a key that the schema does not name is refused', () => {
  test('in a record', () => {
    const gap = { rule: 'not-in-image', message: 'bpf_a is in no image', kfunc: 'bpf_a', at }
    expect(Gap.safeParse(gap).success).toBe(true)
    expect(Gap.safeParse({ ...gap, severity: 'high' }).success).toBe(false)
  })
  test('in a record within a record', () => {
    const registration = {
      set: 'a_ids',
      flags: [],
      programType: 'BPF_PROG_TYPE_XDP',
      filter: null,
      at,
      entry: at,
      config: [],
    }
    expect(Registration.safeParse(registration).success).toBe(true)
    expect(Registration.safeParse({ ...registration, at: { ...at, column: 1 } }).success).toBe(false)
  })
})

test('a key may be null where that means something, and never be left out', () => {
  expect(Gap.safeParse({ rule: 'x', message: 'y', kfunc: null, at: null }).success).toBe(true)
  expect(Gap.safeParse({ rule: 'x', message: 'y', kfunc: null }).success).toBe(false)
})

describe('a place', () => {
  const cases: [path: string, line: number, isGood: boolean][] = [
    ['net/core/xdp.c', 1, true],
    ['/net/core/xdp.c', 1, false],
    ['', 1, false],
    ['net/core/xdp.c', 0, false],
    ['net/core/xdp.c', 1.5, false],
  ]
  test.each(cases)('%s:%d is one: %s', (path, line, isGood) => {
    expect(SourceRef.safeParse({ path, line }).success).toBe(isGood)
  })
})

test('a sum is that of SHA-256, in small letters', () => {
  const input = { name: 'vmlinux', origin: 'git v7.3', bytes: 1 }
  expect(Input.safeParse({ ...input, sha256: 'a0'.repeat(32) }).success).toBe(true)
  expect(Input.safeParse({ ...input, sha256: 'A0'.repeat(32) }).success).toBe(false)
  expect(Input.safeParse({ ...input, sha256: 'a0' }).success).toBe(false)
})

test('members of a struct_ops type are listed, or all of them meant by "*"', () => {
  expect(When.safeParse({ structOps: { Qdisc_ops: ['enqueue'], sched_ext_ops: '*' } }).success).toBe(true)
  expect(When.safeParse({ structOps: { Qdisc_ops: 'enqueue' } }).success).toBe(false)
})
