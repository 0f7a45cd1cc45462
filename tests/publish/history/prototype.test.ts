import { describe, expect, test } from 'vitest'
import { isSameType } from '#lib/model/same-type.ts'
import { prototypeChanges } from '#lib/publish/history/prototype.ts'
import { printPrototypeChange } from '#lib/publish/history/words.ts'
import { prototypeOf } from './history-fixture.ts'

const said = (before: string, after: string): string[] =>
  prototypeChanges(prototypeOf(before), prototypeOf(after)).map((change) => printPrototypeChange(change))

test.each([
  ['int f(int a)', 'int f(int a)', []],
  ['int f(int a)', 'u64 f(int a)', ['returns u64, was int']],
  ['int f()', 'int f(void *ctx)', ['parameter ctx added (void *)']],
  ['int f(int a, void *aux__prog)', 'int f(int a)', ['parameter aux__prog removed (void *)']],
  ['int f(u32 off, u32 size)', 'int f(u64 off, u32 size)', ['parameter off is u64, was u32']],
  [
    'int f(struct x *ctx)',
    'int f(struct y *loop)',
    ['parameter ctx renamed to loop', 'parameter loop is struct y *, was struct x *'],
  ],
  ['int f(int a, u32 flags)', 'int f(int a, u32 b, u32 flags)', ['parameter b added (u32)']],
  [
    'int f(struct s *sk, struct r *rs)',
    'int f(struct s *sk, u32 ack, int flag, struct r *rs)',
    ['parameter ack added (u32)', 'parameter flag added (int)'],
  ],
  ['int f(int a, u32 b)', 'int f(u32 b, int a)', ['parameters in the order b, a']],
  [
    'int f(void *p__map)',
    'int f(void *p__const_map)',
    ['parameter p__map is p__const_map (__map → __const_map)'],
  ],
])('%s → %s', (before, after, changes) => {
  expect(said(before, after)).toEqual(changes)
})

test('a changed suffix is explained in the words that are given', () => {
  const words = { __opt: 'may be NULL in old kernels', __nullable: 'may be NULL' }
  const [change] = prototypeChanges(
    prototypeOf('int f(void *b__opt)'),
    prototypeOf('int f(void *b__nullable)'),
  )
  expect(change && printPrototypeChange(change, words)).toBe(
    'parameter b__opt is b__nullable (__opt: may be NULL in old kernels → __nullable: may be NULL)',
  )
})

test('callback typedefs that differ are a change', () => {
  const before = { ...prototypeOf('int f(cb_t cb)'), typedefs: ['typedef int (*cb_t)(void *map)'] }
  const after = { ...before, typedefs: ['typedef int (*cb_t)(void *map, int key)'] }
  expect(prototypeChanges(before, after)).toEqual([
    { kind: 'typedef', before: before.typedefs, after: after.typedefs },
  ])
})

describe('the names that BTF loses inside a callback', () => {
  test.each([
    ['int (*)(void *map, int *key)', 'int (*)(void *, int *)', true],
    ['bool (*)(struct a *a, u32 n)', 'bool (*)(struct a *, u32)', true],
    ['int (*)(void *)', 'int (*)(int *)', false],
    ['int (*)(void *, int)', 'int (*)(void *)', false],
    ['int (*)(long)', 'int (*)(long long)', false],
    ['u32', 'u64', false],
    ['u3', 'u32', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameType(a, b)).toBe(same)
    expect(isSameType(b, a)).toBe(same)
  })
})
