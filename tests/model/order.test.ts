import { expect, test } from 'vitest'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'

test('names are in byte order: capitals first, underscores between capitals and small letters', () => {
  const sorted = ['Bpf', '__bpf_trap', 'bpf_a', 'bpf_a_impl', 'bpf_aa']
  expect([...sorted].reverse().sort(byteOrder)).toEqual(sorted)
  expect(byteOrder('bpf_a', 'bpf_a')).toBe(0)
})

test('releases are in the order of their numbers', () => {
  const sorted = ['5.19', '6.1', '6.9', '6.12', '7.0']
  expect([...sorted].reverse().sort(releaseOrder)).toEqual(sorted)
  expect(releaseOrder('6.12', '6.12')).toBe(0)
})
