import { expect, test } from 'vitest'
import { btfEnumerators, functionNamed, taggedFunctions } from '#lib/btf/functions.ts'
import { BtfBuilder } from '../support/btf-bytes.ts'

const builder = new BtfBuilder()
const proto = builder.funcProto(0)
const first = builder.func('bpf_x', proto)
const second = builder.func('bpf_x', proto)
const other = builder.func('bpf_y', proto)
builder.declTag('bpf_kfunc', second)
builder.declTag('bpf_kfunc', other, 0)
builder.declTag('bpf_fastcall', first)
builder.declTag('bpf_kfunc', proto)
builder.enum('bpf_prog_type', [
  ['BPF_PROG_TYPE_UNSPEC', 0],
  ['BPF_PROG_TYPE_XDP', 6],
])
builder.enum64('big', [['TOP', 1n << 40n]])
const base = builder.parse('vmlinux')
const splitBuilder = new BtfBuilder({ base })
const own = splitBuilder.func('bpf_z', proto)
splitBuilder.declTag('bpf_kfunc', own)
const split = splitBuilder.parse('nf_nat')

test('a name may be that of several functions', () => {
  expect(functionNamed(base, 'bpf_x')).toEqual([first, second])
  expect(functionNamed(base, 'bpf_none')).toEqual([])
})

test('a tag counts when it is on the whole of a function', () => {
  expect([...taggedFunctions(base)]).toEqual([second])
  expect([...taggedFunctions(base, 'bpf_fastcall')]).toEqual([first])
})

test('a split table is asked only for what is its own', () => {
  expect([functionNamed(split, 'bpf_x'), functionNamed(split, 'bpf_z')]).toEqual([[], [own]])
  expect([...taggedFunctions(split)]).toEqual([own])
})

test('an enum is found by name, whatever the size of its values', () => {
  expect(btfEnumerators(base, 'bpf_prog_type')).toEqual([
    { name: 'BPF_PROG_TYPE_UNSPEC', value: 0 },
    { name: 'BPF_PROG_TYPE_XDP', value: 6 },
  ])
  expect(btfEnumerators(base, 'big')).toEqual([{ name: 'TOP', value: 2 ** 40 }])
  expect(btfEnumerators(base, 'nothing')).toBeNull()
})
