/** The sections of a 64-bit ELF file, in either byte order. Source: System V ABI, "Sections". */
import { ByteView, FormatError, textAt, within } from '../binary/cursor.ts'

/** One section: its place in the file, and its bytes (a view, not a copy; none where the file holds none). */
export interface Section {
  readonly name: string
  readonly offset: number
  readonly size: number
  readonly bytes: Uint8Array
}

const HEADER_SIZE = 64
const CLASS_64 = 2
const LITTLE_ENDIAN = 1
const BIG_ENDIAN = 2
const SECTION_HEADER_SIZE = 64
const TYPE_NOBITS = 8
/** Put in `e_shstrndx` when the true index does not fit and stands in the first section header. */
const INDEX_ELSEWHERE = 0xffff

/** Whether these bytes begin as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46
}

/** All sections of an ELF file in file order; `what` names the file in a FormatError. */
export function parseSections(bytes: Uint8Array, what: string): Section[] {
  return within(what, () => {
    const view = openElf(bytes)
    const table = view.u64(0x28)
    if (table === 0) return []
    const entrySize = view.u16(0x3a)
    if (entrySize < SECTION_HEADER_SIZE) {
      throw new FormatError(`section headers of ${entrySize} bytes, at least 64 expected`, { offset: 0x3a })
    }
    const first = headerAt(view, table)
    const count = view.u16(0x3c) || first.size
    view.slice(table, count * entrySize, 'the section header table')
    const nameIndex = view.u16(0x3e)
    const headers = Array.from({ length: count }, (_, index) => headerAt(view, table + index * entrySize))
    const nameHeader = headers[nameIndex === INDEX_ELSEWHERE ? first.link : nameIndex]
    if (!nameHeader)
      throw new FormatError(`no section ${nameIndex} to hold the section names`, { offset: 0x3e })
    const names = view.slice(nameHeader.offset, nameHeader.size, 'the section name table')
    return headers.map((header, index) => within(`section ${index}`, () => sectionOf(view, header, names)))
  })
}

/** The first section of that name, or null. */
export function sectionNamed(sections: readonly Section[], name: string): Section | null {
  return sections.find((section) => section.name === name) ?? null
}

function openElf(bytes: Uint8Array): ByteView {
  if (!isElf(bytes))
    throw new FormatError('not an ELF file: it does not begin with 7f 45 4c 46', { offset: 0 })
  if (bytes.length < HEADER_SIZE)
    throw new FormatError(`an ELF header has 64 bytes, here are ${bytes.length}`)
  if (bytes[4] !== CLASS_64) {
    throw new FormatError(`ELF class ${bytes[4]}, only 64-bit files (class 2) are read`, { offset: 4 })
  }
  const order = bytes[5]
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) {
    throw new FormatError(`byte order ${order}, 1 (little) or 2 (big) expected`, { offset: 5 })
  }
  return new ByteView(bytes, order === LITTLE_ENDIAN)
}

interface SectionHeader {
  readonly name: number
  readonly type: number
  readonly offset: number
  readonly size: number
  readonly link: number
}

function headerAt(view: ByteView, at: number): SectionHeader {
  return {
    name: view.u32(at),
    type: view.u32(at + 4),
    offset: view.u64(at + 0x18),
    size: view.u64(at + 0x20),
    link: view.u32(at + 0x28),
  }
}

function sectionOf(view: ByteView, header: SectionHeader, names: Uint8Array): Section {
  const { offset, size } = header
  const name = textAt(names, header.name)
  if (name === null) throw new FormatError(`its name, at ${header.name} of the name table, has no end`)
  // The first header is a filler; where the table is long, its size field counts headers, not bytes.
  const held = header.type === TYPE_NOBITS || header.type === 0 ? 0 : size
  const bytes = view.slice(held === 0 ? 0 : offset, held, name === '' ? 'it' : name)
  return { name, offset, size, bytes }
}
