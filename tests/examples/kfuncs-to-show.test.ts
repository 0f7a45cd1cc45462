/** Which program types may call, as far as registrations tell. */
import { expect, test } from 'vitest'
import { kfuncsToShow } from '#lib/examples/kfuncs-to-show.ts'

const hooks = [
  { programTypes: ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'] },
  { programTypes: ['BPF_PROG_TYPE_XDP'] },
]
const kfunc = (name: string, ...types: string[]) => ({
  name,
  registrations: types.map((programType) => ({ programType })),
})

test('a kfunc may be called by the types it is registered for and by those that share their hook', () => {
  const [one] = kfuncsToShow({ kfuncs: [kfunc('bpf_x', 'BPF_PROG_TYPE_LSM')], hooks })
  expect([...(one?.programTypes ?? [])].sort()).toEqual(['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'])
})

test('one that is registered for all may be called by all', () => {
  expect(kfuncsToShow({ kfuncs: [kfunc('bpf_x', 'BPF_PROG_TYPE_UNSPEC')], hooks })).toEqual([
    { name: 'bpf_x', programTypes: null },
  ])
})

test('one that nothing registers is not asked for', () => {
  const kfuncs = [kfunc('bpf_x'), { name: 'bpf_x_impl', registrations: null }]
  expect(kfuncsToShow({ kfuncs, hooks })).toEqual([])
})
