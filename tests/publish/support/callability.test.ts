import { describe, expect, test } from 'vitest'
import type { When } from '#lib/model/published.ts'
import { allCallable, anyCallable, type Callability, sentencesOf } from '#lib/publish/support/callability.ts'

const iter: When = { attach: ['BPF_TRACE_ITER'] }
const sleepable: When = { sleepable: true }
const ops = (structOps: NonNullable<When['structOps']>): When => ({ structOps })

describe('of two answers either is enough', () => {
  const cases: [a: Callability, b: Callability, expected: Callability][] = [
    [true, false, true],
    [false, [iter], [iter]],
    [[iter], true, true],
    [[iter], [sleepable], [iter, sleepable]],
    [[iter], [iter], [iter]],
    [
      [ops({ Qdisc_ops: ['enqueue'] })],
      [ops({ Qdisc_ops: ['dequeue'] })],
      [ops({ Qdisc_ops: ['enqueue', 'dequeue'] })],
    ],
    [[ops({ Qdisc_ops: ['enqueue'] })], [ops({ Qdisc_ops: '*' })], [ops({ Qdisc_ops: '*' })]],
  ]
  test.each(cases)('%j or %j is %j', (a, b, expected) => {
    expect(anyCallable(a, b)).toEqual(expected)
  })
})

describe('of two answers both are needed', () => {
  const cases: [a: Callability, b: Callability, expected: Callability][] = [
    [true, false, false],
    [true, [iter], [iter]],
    [[iter], false, false],
    [[iter], [sleepable], [{ ...iter, ...sleepable }]],
    [[iter], [{ attach: ['BPF_MODIFY_RETURN'] }], false],
    [[ops({ a: '*', b: ['x'] })], [ops({ a: ['y'], b: ['z'] })], [ops({ a: ['y'] })]],
    [
      [{ lsmHooks: { only: ['f', 'g'] } }],
      [{ lsmHooks: { except: ['g'] } }],
      [{ lsmHooks: { only: ['f'] } }],
    ],
    [[{ lsmHooks: { only: ['g'] } }], [{ lsmHooks: { except: ['g'] } }], false],
    [[{ unread: 'a_filter' }], [{ unread: 'b_filter' }], [{ unread: 'a_filter' }]],
  ]
  test.each(cases)('%j and %j is %j', (a, b, expected) => {
    expect(allCallable(a, b)).toEqual(expected)
  })
})

describe('conditions are said in sentences', () => {
  const cases: [whens: When[], expected: string[]][] = [
    [[sleepable], ['only when the program is sleepable']],
    [[iter], ['only with attach type BPF_TRACE_ITER']],
    [
      [{ ...iter, ...sleepable }],
      ['only when the program is sleepable', 'only with attach type BPF_TRACE_ITER'],
    ],
    [[iter, sleepable], ['only with attach type BPF_TRACE_ITER; or only when the program is sleepable']],
    [[ops({ Qdisc_ops: ['enqueue', 'dequeue'] })], ['only in struct_ops Qdisc_ops: enqueue, dequeue']],
    [[ops({ sched_ext_ops: '*' })], ['only in struct_ops sched_ext_ops']],
    [[{ lsmHooks: { except: ['socket_sendmsg'] } }], ['on every LSM hook but socket_sendmsg']],
    [[{ lsmHooks: { only: ['file_open'] } }], ['only on the LSM hooks file_open']],
    [[{ deviceBound: true }], ['only when the program is bound to a device']],
  ]
  test.each(cases)('%j', (whens, expected) => {
    expect(sentencesOf(whens)).toEqual(expected)
  })
})
