import { expect, test } from 'vitest'
import { trustedText } from '#lib/site/trusted.ts'
import { kfunc, release } from './sample.ts'

const at = { path: 'include/linux/btf.h', line: 1 }
const TRUSTED = { name: 'KF_TRUSTED_ARGS', bit: 4, comment: null, at }
const pointer = { name: 'p', type: 'struct x *', suffix: null, implicit: false, fixed: null, doc: null }
const prototype = {
  text: 'void bpf_a(struct x *p)',
  returns: 'void',
  parameters: [pointer],
  typedefs: [],
  from: 'btf' as const,
}

const story = (flags: string[], more: object = { prototype }) =>
  trustedText('bpf_a', [
    release('6.18', [kfunc('bpf_a', { flags, ...more })], { flags: [TRUSTED] }),
    release('7.1', [kfunc('bpf_a', more)]),
  ])

test('a kfunc that had the flag did not change when it became the rule', () => {
  expect(story(['KF_TRUSTED_ARGS'])).toBe(
    'Up to 6.18 it asks for trusted pointers by KF_TRUSTED_ARGS; from 7.1 on every kfunc does. For this one nothing changed.',
  )
})

test('a kfunc that had it not asks for more since', () => {
  expect(story(['KF_RCU'])).toBe(
    'Up to 6.18 it does not ask for trusted pointers, but for what KF_RCU says of them; from 7.1 on every kfunc does, so it asks for more than before.',
  )
})

test('of a kfunc without pointers there is nothing to tell, nor of one that came later', () => {
  expect(story([], { prototype: { ...prototype, parameters: [{ ...pointer, type: 'int' }] } })).toBe(null)
  expect(
    trustedText('bpf_a', [
      release('6.18', [], { flags: [TRUSTED] }),
      release('7.1', [kfunc('bpf_a', { prototype })]),
    ]),
  ).toBe(null)
})
