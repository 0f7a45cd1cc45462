/** What an image says of kfuncs: its id sets name them, BTF has their prototypes. */
import { describe, expect, test } from 'vitest'
import { type BinaryObject, readBinary } from '#lib/kfunc/binary.ts'
import { BtfBuilder, wordBytes } from '../support/btf-bytes.ts'

/** An image in the making: functions of ints, then the id sets that name them. */
class Image {
  readonly #btf: BtfBuilder
  readonly #ids = new Map<string, number>()
  readonly #int: number

  constructor(base?: BinaryObject) {
    this.#btf = new BtfBuilder(base ? { base: base.btf } : {})
    this.#int = this.#btf.int('int', { encoding: 1 })
  }

  /** Adds `int name(int parameter, …)`. */
  func(name: string, parameters: readonly string[] = [], tag: string | null = 'bpf_kfunc'): this {
    const proto = this.#btf.funcProto(
      this.#int,
      parameters.map((parameter) => [parameter, this.#int]),
    )
    const id = this.#btf.func(name, proto)
    if (tag) this.#btf.declTag(tag, id)
    this.#ids.set(name, id)
    return this
  }

  /** Reads it with a set8 of each row: the set's flags, then names with theirs. */
  read(rows: readonly (readonly [number, Record<string, number>])[], name = 'vmlinux', base?: BinaryObject) {
    const words = rows.flatMap(([flags, entries]) => {
      const pairs = Object.entries(entries).map(([entry, bits]) => [this.#ids.get(entry) ?? 0, bits] as const)
      return [pairs.length, flags, ...pairs.sort(([a], [b]) => a - b).flat()]
    })
    const image = { name, btf: this.#btf.bytes(), btfBase: null, btfIds: wordBytes(words) }
    const object = readBinary(image, base ?? null)
    if (!object) throw new Error('an image with BTF was not read')
    return object
  }
}

const KFUNCS = 1
const OTHER = 0
const names = (object: BinaryObject): string[] => object.kfuncs.map(({ name }) => name)

test('a kfunc is what a set of kfuncs names, with the numbers of its flags and its prototype', () => {
  const object = new Image()
    .func('bpf_b')
    .func('bpf_a', ['x', 'y__sz'])
    .read([[KFUNCS, { bpf_a: 5, bpf_b: 0 }]])
  expect(object.kfuncs.map(({ name, bits, prototype }) => [name, bits, prototype.text])).toEqual([
    ['bpf_a', 5, 'int bpf_a(int x, int y__sz)'],
    ['bpf_b', 0, 'int bpf_b(void)'],
  ])
  expect(object.sets).toEqual([['bpf_b', 'bpf_a']])
})

test('in several sets it has the numbers of all', () => {
  const object = new Image().func('bpf_a').read([
    [KFUNCS, { bpf_a: 1 }],
    [KFUNCS, { bpf_a: 1 << 5 }],
  ])
  expect(object.kfuncs.map(({ name, bits }) => [name, bits])).toEqual([['bpf_a', 0x21]])
})

test('the highest bit is a flag like others', () => {
  const object = new Image().func('bpf_a').read([
    [KFUNCS, { bpf_a: 0x8000_0000 }],
    [KFUNCS, { bpf_a: 1 }],
  ])
  expect(object.kfuncs.map(({ bits }) => bits)).toEqual([0x8000_0001])
})

describe('which sets count', () => {
  const image = () => new Image().func('bpf_a').func('update_socket_protocol', [], null)
  test('those marked as sets of kfuncs, where any is', () => {
    const object = image().read([
      [KFUNCS, { bpf_a: 0 }],
      [OTHER, { update_socket_protocol: 0 }],
    ])
    expect(names(object)).toEqual(['bpf_a'])
  })
  test('all, where none is: such a kernel is older than 6.9', () => {
    expect(names(image().read([[OTHER, { bpf_a: 1, update_socket_protocol: 0 }]]))).toEqual([
      'bpf_a',
      'update_socket_protocol',
    ])
  })
  test('those of a module, as its vmlinux has it', () => {
    const vmlinux = image().read([[KFUNCS, { bpf_a: 0 }]])
    const module = new Image(vmlinux).func('bpf_m').func('point', [], null)
    expect(names(module.read([[OTHER, { point: 0 }]], 'nf_nat', vmlinux))).toEqual([])
    expect(names(module.read([[KFUNCS, { bpf_m: 0 }]], 'nf_nat', vmlinux))).toEqual(['bpf_m'])
  })
})

test('the kfuncs of a module carry its name', () => {
  const vmlinux = new Image().func('bpf_a').read([[KFUNCS, { bpf_a: 0 }]])
  const module = new Image(vmlinux).func('bpf_m').read([[KFUNCS, { bpf_m: 2 }]], 'nf_nat', vmlinux)
  expect(module.kfuncs.map(({ name, object }) => [name, object])).toEqual([['bpf_m', 'nf_nat']])
})

test('a tag is noticed; it makes no kfunc, and its absence unmakes none', () => {
  const object = new Image()
    .func('bpf_a')
    .func('bpf_untagged', [], null)
    .func('bpf_free_dtor')
    .func('bpf_fast', [], 'bpf_fastcall')
    .read([[KFUNCS, { bpf_a: 0, bpf_untagged: 0, bpf_fast: 0 }]])
  expect(object.kfuncs.map(({ name, isTagged }) => [name, isTagged])).toEqual([
    ['bpf_a', true],
    ['bpf_fast', false],
    ['bpf_untagged', false],
  ])
})

describe('the _impl twin of a kfunc', () => {
  const twinOf = (object: BinaryObject): string | undefined => object.kfuncs[0]?.twin?.text
  test('has its parameters and more, and is in no set', () => {
    const image = new Image().func('bpf_a', ['x']).func('bpf_a_impl', ['x', 'aux'], null)
    expect(twinOf(image.read([[KFUNCS, { bpf_a: 1 << 16 }]]))).toBe('int bpf_a_impl(int x, int aux)')
  })
  test('is no twin when a set names it: then it is a kfunc itself', () => {
    const image = new Image().func('bpf_a', ['x']).func('bpf_a_impl', ['x', 'aux'])
    const object = image.read([[KFUNCS, { bpf_a: 1 << 16, bpf_a_impl: 0 }]])
    expect([names(object), twinOf(object)]).toEqual([['bpf_a', 'bpf_a_impl'], undefined])
  })
  test.each([
    [['y', 'aux'], 'other parameters'],
    [['x'], 'no more of them'],
  ])('is no twin with %s: %s', (parameters) => {
    const image = new Image().func('bpf_a', ['x']).func('bpf_a_impl', parameters, null)
    expect(twinOf(image.read([[KFUNCS, { bpf_a: 0 }]]))).toBeUndefined()
  })
})

test('an image without BTF is none, one without id sets has no kfunc', () => {
  expect(readBinary({ name: 'dummy', btf: null, btfBase: null, btfIds: null }, null)).toBeNull()
  const btf = new BtfBuilder().bytes()
  expect(readBinary({ name: 'vmlinux', btf, btfBase: null, btfIds: null }, null)?.kfuncs).toEqual([])
})

test('bytes that are no BTF are refused with the name of the image', () => {
  const image = { name: 'nf_nat', btf: Uint8Array.of(1, 2, 3, 4), btfBase: null, btfIds: null }
  expect(() => readBinary(image, null)).toThrow(/nf_nat/)
})
