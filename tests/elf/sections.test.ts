import { describe, expect, test } from 'vitest'
import { FormatError } from '#lib/binary/cursor.ts'
import { parseSections, sectionNamed } from '#lib/elf/sections.ts'
import { elfBytes } from './elf-bytes.ts'

const BTF = Uint8Array.of(1, 2, 3)
const SECTIONS = [
  { name: '.BTF', bytes: BTF },
  { name: '.bss', size: 4096 },
  { name: '.BTF_ids', bytes: BTF },
]

test.each([
  ['little', true],
  ['big', false],
])('sections are read in %s-endian order', (_, littleEndian) => {
  const sections = parseSections(elfBytes(SECTIONS, { littleEndian }), 'vmlinux')
  expect(sections.map(({ name, size }) => [name, size])).toEqual([
    ['', 0],
    ['.BTF', 3],
    ['.bss', 4096],
    ['.BTF_ids', 3],
    ['.shstrtab', 30],
  ])
  expect(sectionNamed(sections, '.BTF')).toEqual({ name: '.BTF', offset: 64, size: 3, bytes: BTF })
  expect(sectionNamed(sections, '.bss')?.bytes).toEqual(new Uint8Array())
  expect(sectionNamed(sections, '.text')).toBeNull()
})

test('a table too long for the header has its length and its names in the first entry', () => {
  const bytes = elfBytes(SECTIONS)
  const view = new DataView(bytes.buffer)
  const table = Number(view.getBigUint64(0x28, true))
  view.setBigUint64(table + 0x20, BigInt(view.getUint16(0x3c, true)), true)
  view.setUint32(table + 0x28, view.getUint16(0x3e, true), true)
  view.setUint16(0x3c, 0, true)
  view.setUint16(0x3e, 0xffff, true)
  expect(parseSections(bytes, 'vmlinux').map(({ name }) => name)).toEqual([
    '',
    '.BTF',
    '.bss',
    '.BTF_ids',
    '.shstrtab',
  ])
})

describe('broken files are refused, with the place', () => {
  const good = elfBytes(SECTIONS)
  const table = good.length - 5 * 64
  const changed = (at: number, ...values: number[]) => {
    const bytes = good.slice()
    bytes.set(values, at)
    return bytes
  }
  test.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'not an ELF file: it does not begin with 7f 45 4c 46 (at byte 0)'],
    ['half a header', good.subarray(0, 40), 'an ELF header has 64 bytes, here are 40'],
    ['a 32-bit file', changed(4, 1), 'ELF class 1, only 64-bit files (class 2) are read (at byte 4)'],
    ['no byte order', changed(5, 0), 'byte order 0, 1 (little) or 2 (big) expected (at byte 5)'],
    ['small headers', changed(0x3a, 40), 'section headers of 40 bytes, at least 64 expected (at byte 58)'],
    ['no names', changed(0x3e, 77), 'no section 77 to hold the section names (at byte 62)'],
    [
      'a table past the end',
      good.subarray(0, good.length - 1),
      `the section header table ends at byte ${good.length}, but there are only ${good.length - 1} bytes`,
    ],
    [
      'a section past the end',
      changed(table + 64 + 0x20, 0, 0, 1),
      `section 1: .BTF ends at byte 65600, but there are only ${good.length} bytes (at byte 64)`,
    ],
    [
      'a name past the end',
      changed(table + 64, 99),
      'section 1: its name, at 99 of the name table, has no end',
    ],
    ['an offset that is none', changed(0x28, 0, 0, 0, 0, 0, 0, 0, 9), 'is too large for a file (at byte 40)'],
  ])('%s', (_, bytes, message) => {
    expect(() => parseSections(bytes, 'vmlinux')).toThrow(FormatError)
    expect(() => parseSections(bytes, 'vmlinux')).toThrow(message)
    expect(() => parseSections(bytes, 'vmlinux')).toThrow(/^vmlinux: /)
  })
})
