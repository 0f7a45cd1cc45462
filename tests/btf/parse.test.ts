import { describe, expect, test } from 'vitest'
import { FormatError } from '#lib/binary/cursor.ts'
import { parseBtf } from '#lib/btf/parse.ts'
import { BtfBuilder } from '../support/btf-bytes.ts'

/** A table with one type of every kind. */
function everyKind(littleEndian: boolean): BtfBuilder {
  const btf = new BtfBuilder({ littleEndian })
  const int = btf.int('int', { encoding: 1 })
  btf.ptr(int)
  btf.array(int, 16)
  const struct = btf.struct('task', 8, [
    ['pid', int],
    ['tgid', int],
  ])
  btf.union('both', 4, [['a', int]])
  btf.enum('color', [
    ['RED', 0],
    ['BLUE', 0xffffffff],
  ])
  btf.fwd('later', 'union')
  btf.typedef('pid_t', int)
  btf.volatile(int)
  btf.const(int)
  btf.restrict(2)
  const proto = btf.funcProto(int, [
    ['p', 2],
    ['', 0],
  ])
  const func = btf.func('bpf_x', proto, 1)
  btf.var('counter', int, 1)
  btf.datasec('.data', 64, [[14, 8, 4]])
  btf.float('double', 8)
  btf.declTag('bpf_kfunc', func)
  btf.typeTag('rcu', struct)
  btf.enum64('big', [['TOP', -1n]], true)
  return btf
}

const DECODED = [
  { kind: 'VOID', id: 0 },
  {
    kind: 'INT',
    id: 1,
    name: 'int',
    size: 4,
    signed: true,
    char: false,
    bool: false,
    bitOffset: 0,
    bits: 32,
  },
  { kind: 'PTR', id: 2, type: 1 },
  { kind: 'ARRAY', id: 3, type: 1, indexType: 0, length: 16 },
  {
    kind: 'STRUCT',
    id: 4,
    name: 'task',
    size: 8,
    members: [
      { name: 'pid', type: 1, bitOffset: 0, bitfieldSize: 0 },
      { name: 'tgid', type: 1, bitOffset: 32, bitfieldSize: 0 },
    ],
  },
  {
    kind: 'UNION',
    id: 5,
    name: 'both',
    size: 4,
    members: [{ name: 'a', type: 1, bitOffset: 0, bitfieldSize: 0 }],
  },
  {
    kind: 'ENUM',
    id: 6,
    name: 'color',
    size: 4,
    signed: false,
    values: [
      { name: 'RED', value: 0 },
      { name: 'BLUE', value: 0xffffffff },
    ],
  },
  { kind: 'FWD', id: 7, name: 'later', of: 'union' },
  { kind: 'TYPEDEF', id: 8, name: 'pid_t', type: 1 },
  { kind: 'VOLATILE', id: 9, type: 1 },
  { kind: 'CONST', id: 10, type: 1 },
  { kind: 'RESTRICT', id: 11, type: 2 },
  { kind: 'FUNC_PROTO', id: 12, returns: 1, parameters: [{ name: 'p', type: 2 }], variadic: true },
  { kind: 'FUNC', id: 13, name: 'bpf_x', type: 12, linkage: 'global' },
  { kind: 'VAR', id: 14, name: 'counter', type: 1, linkage: 'global' },
  { kind: 'DATASEC', id: 15, name: '.data', size: 64, variables: [{ type: 14, offset: 8, size: 4 }] },
  { kind: 'FLOAT', id: 16, name: 'double', size: 8 },
  { kind: 'DECL_TAG', id: 17, name: 'bpf_kfunc', type: 13, component: -1, attribute: false },
  { kind: 'TYPE_TAG', id: 18, name: 'rcu', type: 4, attribute: false },
  { kind: 'ENUM64', id: 19, name: 'big', size: 8, signed: true, values: [{ name: 'TOP', value: -1n }] },
]

describe.each([
  ['little', true],
  ['big', false],
])('a table in %s-endian order', (_, littleEndian) => {
  const btf = everyKind(littleEndian).parse()

  test('gives back every kind as it was written', () => {
    expect(Array.from({ length: btf.endId }, (_, id) => btf.type(id))).toEqual(DECODED)
  })

  test('tells kinds and names without decoding', () => {
    expect([btf.kind(13), btf.name(13), btf.kind(2), btf.name(2), btf.kind(0), btf.name(0)]).toEqual([
      'FUNC',
      'bpf_x',
      'PTR',
      '',
      'VOID',
      '',
    ])
  })
})

test('a bit-field has its size beside its offset', () => {
  const btf = new BtfBuilder()
  const int = btf.int('int')
  btf.add('STRUCT', { name: 's', word: 4, length: 1, flag: true, behind: [0, int, (3 << 24) | 5] })
  expect(btf.parse().type(2)).toMatchObject({ members: [{ bitOffset: 5, bitfieldSize: 3 }] })
})

test('bytes that do not begin at a multiple of four are read as well', () => {
  const bytes = everyKind(true).bytes()
  const shifted = new Uint8Array(bytes.length + 1)
  shifted.set(bytes, 1)
  expect(parseBtf(shifted.subarray(1), 'test').type(4)).toEqual(DECODED[4])
})

describe('a split table', () => {
  const baseBuilder = new BtfBuilder()
  const int = baseBuilder.int('int')
  const base = baseBuilder.parse('vmlinux')
  const builder = new BtfBuilder({ base })
  builder.ptr(int)
  builder.struct('nf_conn')
  builder.add('TYPEDEF', { nameOffset: 1, word: int })
  const split = builder.parse('nf_conntrack')

  test('continues the ids of its base and answers for them', () => {
    expect([split.firstId, split.endId, split.name(1), split.kind(2), split.name(3)]).toEqual([
      2,
      5,
      'int',
      'PTR',
      'nf_conn',
    ])
  })

  test('takes names below the end of the base strings from the base', () => {
    expect(split.name(4)).toBe('int')
  })

  test('may have no strings of its own', () => {
    const bare = new BtfBuilder({ base })
    bare.ptr(int)
    expect(bare.parse().type(2)).toEqual({ kind: 'PTR', id: 2, type: 1 })
  })

  test('must have the byte order of its base', () => {
    const other = new BtfBuilder({ base, littleEndian: false })
    expect(() => other.parse()).toThrow('test: its byte order is not that of its base, vmlinux (at byte 0)')
  })
})

describe('a header longer than 24 bytes', () => {
  const withHeader = (form: { headerLength?: number; headerTail?: number[] }) => {
    const builder = new BtfBuilder(form)
    builder.int('int')
    return builder
  }

  test.each([
    ['the long one with no layout section', { headerLength: 32 }],
    ['a longer one that ends in zeros', { headerLength: 32, headerTail: [0, 0, 0, 0] }],
  ])('is accepted: %s', (_, form) => {
    expect(withHeader(form).parse().name(1)).toBe('int')
  })

  test('is refused when what is unknown in it is not zero', () => {
    expect(() => withHeader({ headerLength: 32, headerTail: [0, 7] }).parse()).toThrow(
      'test: the header says something that is not understood here (at byte 33)',
    )
  })
})

describe('a kind that is not known', () => {
  test('is stepped over when the layout section tells how long its records are', () => {
    const layout = Array.from({ length: 26 }, (_, kind): [number, number] => (kind === 25 ? [4, 8] : [0, 0]))
    const builder = new BtfBuilder({ layout })
    builder.add(25, { name: 'new', length: 2, behind: [1, 2, 3, 4, 5] })
    builder.int('int')
    const btf = builder.parse()
    expect([btf.type(1), btf.name(2)]).toEqual([
      { kind: 'UNKNOWN', id: 1, name: 'new', kindNumber: 25 },
      'int',
    ])
  })

  test('is refused otherwise', () => {
    const builder = new BtfBuilder()
    builder.int('int')
    builder.add(25, { name: 'new' })
    expect(() => builder.parse()).toThrow(
      "test: BTF type 2: kind 25: kinds up to 19 are known, and the table's layout section does not tell of it" +
        ' (at byte 16)',
    )
  })
})

describe('broken bytes are refused, with the place', () => {
  const good = everyKind(true).bytes()
  const changed = (at: number, value: number) => {
    const bytes = good.slice()
    new DataView(bytes.buffer).setUint32(at, value, true)
    return bytes
  }
  const size = good.length
  const stringsSize = new DataView(good.buffer).getUint32(20, true)
  test.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'not BTF: it does not begin with the magic number eb9f (at byte 0)'],
    [
      'a bad magic number',
      changed(0, 0x7f),
      'not BTF: it does not begin with the magic number eb9f (at byte 0)',
    ],
    ['another version', changed(0, 0x2eb9f), 'BTF version 2, 1 expected (at byte 2)'],
    ['a short header', changed(4, 20), 'a header of 20 bytes, at least 24 expected (at byte 4)'],
    [
      'a header past the end',
      changed(4, 4000),
      `the header ends at byte 4000, but there are only ${size} bytes (at byte 0)`,
    ],
    [
      'types past the end',
      changed(12, 4000),
      `the type section ends at byte 4024, but there are only ${size} bytes (at byte 24)`,
    ],
    [
      'types off the grid',
      changed(8, 2),
      'the type section begins at 2, a multiple of 4 expected (at byte 8)',
    ],
    [
      'a cut file',
      good.subarray(0, size - 1),
      `the string section ends at byte ${size}, but there are only ${size - 1} bytes`,
    ],
    [
      'strings that do not end',
      changed(20, stringsSize - 1),
      'string table: the last string has no NUL at its end',
    ],
    ['no strings', changed(20, 0), 'string table: the first string must be empty, but it is empty'],
    [
      'a record cut short',
      changed(12, 20),
      'BTF type 2: its record runs past the end of the type section (at byte 16)',
    ],
    ['too many members', changed(28, (4 << 24) | 0xffff), 'BTF type 1: its record runs past the end'],
  ])('%s', (_, bytes, message) => {
    expect(() => parseBtf(bytes, 'vmlinux')).toThrow(`vmlinux: ${message}`)
    expect(() => parseBtf(bytes, 'vmlinux')).toThrow(FormatError)
  })

  test.each([
    ['inside another string', 2, 'offset 2 is not the start of a string'],
    ['past the end', 99, 'offset 99 is past the end of the strings, 5'],
  ])('a name %s', (_, nameOffset, message) => {
    const builder = new BtfBuilder()
    builder.int('int')
    builder.add('STRUCT', { nameOffset })
    const btf = builder.parse('vmlinux')
    expect(() => btf.type(2)).toThrow(`vmlinux: BTF type 2: name: ${message}`)
    expect(() => btf.name(2)).toThrow(`vmlinux: BTF type 2: name: ${message}`)
  })

  test('an id that is not there', () => {
    expect(() => new BtfBuilder().parse('vmlinux').type(7)).toThrow(
      'vmlinux: BTF type 7: no such type, ids end at 0',
    )
  })
})
