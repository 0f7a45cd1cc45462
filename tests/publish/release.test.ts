/** From what extraction stored to what is published. */
import { describe, expect, test } from 'vitest'
import { Release, servedOf } from '#lib/model/published.ts'
import {
  btfOnly,
  filterOf,
  kfunc,
  prototypeOf,
  published,
  registered,
  release,
  types,
} from './extracted-fixture.ts'

test('releases are published oldest first, by number', () => {
  const found = published([release('7.1'), release('6.12'), release('6.9')])
  expect(found.map((one) => one.release.id)).toEqual(['6.9', '6.12', '7.1'])
})

test('what is published has the shape that is promised', () => {
  const whole = release('7.1', { kfuncs: [kfunc('bpf_a', { registrations: [registered('XDP')] })] })
  for (const one of published([whole, btfOnly('7.0', { kfuncs: [kfunc('bpf_a')] })]))
    expect(Release.parse(servedOf(one))).toEqual(servedOf(one))
})

test('kfuncs are counted by kind', () => {
  const [found] = published([
    release('7.1', {
      kfuncs: [
        kfunc('bpf_a', { registrations: [] }),
        kfunc('bpf_b', { registrations: [] }),
        kfunc('bpf_b_impl', { registrations: [], kind: 'generated' }),
        kfunc('bpf_test', { registrations: [], kind: 'test-only' }),
      ],
      gaps: [{ rule: 'not-in-image', message: 'bpf_a is in no image', kfunc: 'bpf_a', at: null }],
    }),
  ])
  expect(found?.release.counts).toEqual({ kfuncs: 2, testOnly: 1, generated: 1, gaps: 1 })
})

test('the common hook is shared by every program type; other hooks are as they were read', () => {
  const [found] = published([release('7.1')])
  const typesOf = (hook: string) => found?.hooks.find(({ name }) => name === hook)?.programTypes
  expect(typesOf('BTF_KFUNC_HOOK_COMMON')).toEqual(types('LSM SK_MSG STRUCT_OPS SYSCALL TRACING XDP'))
  expect(typesOf('BTF_KFUNC_HOOK_TRACING')).toEqual(types('TRACING LSM'))
})

test('a filter has the hooks that its sets are registered for', () => {
  const [found] = published([
    release('7.1', {
      filters: [filterOf('a_filter', 'a_ids')],
      kfuncs: [
        kfunc('bpf_a', { registrations: [registered('XDP', 'a_filter'), registered('LSM', 'a_filter')] }),
        kfunc('bpf_b', { registrations: [registered('SYSCALL', null, 'b_ids')] }),
      ],
    }),
  ])
  expect(found?.filters).toMatchObject([
    { name: 'a_filter', sets: ['a_ids'], hooks: ['BTF_KFUNC_HOOK_TRACING', 'BTF_KFUNC_HOOK_XDP'] },
  ])
})

describe('the flags of a kfunc', () => {
  const flagsOf = (given: Parameters<typeof kfunc>[1]) =>
    published([release('7.1', { kfuncs: [kfunc('bpf_a', given)] })])[0]?.kfuncs[0]?.flags
  test('are the union over its registrations, in bit order', () => {
    const registrations = [registered('XDP SLEEPABLE'), registered('LSM ACQUIRE'), registered('SYSCALL')]
    expect(flagsOf({ registrations })).toEqual(['KF_ACQUIRE', 'KF_SLEEPABLE'])
  })
  test('are those of its registrations even where these have none and the image has some', () => {
    expect(flagsOf({ registrations: [registered('XDP')], bits: 1 })).toEqual([])
  })
  test('are the numbers of the image by name where no source registers it', () => {
    expect(flagsOf({ registrations: [], bits: 0x21 })).toEqual(['KF_ACQUIRE', 'KF_SLEEPABLE'])
  })
})

test('the prototype of the kernel is that of the program where nothing is left out', () => {
  const prototype = prototypeOf('bpf_a', 'u32', 'x')
  const whole = prototypeOf('bpf_b', 'u32', 'x', 'aux')
  const [found] = published([
    release('7.1', {
      kfuncs: [
        kfunc('bpf_a', { registrations: [], prototype }),
        kfunc('bpf_b', { registrations: [], prototype, kernelPrototype: whole }),
      ],
    }),
  ])
  expect(found?.kfuncs.map(({ kernelPrototype }) => kernelPrototype)).toEqual([prototype, whole])
})
