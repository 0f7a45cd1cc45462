/** The header of BTF: its byte order, and where its sections are. */
import { ByteView, FormatError } from '../binary/cursor.ts'

/** The sections that a header names, as views of the bytes. */
export interface BtfSections {
  readonly littleEndian: boolean
  readonly types: Uint8Array
  readonly strings: Uint8Array
  /** How long the records of each kind are (since 7.1); null where the table does not say. */
  readonly layout: Uint8Array | null
}

const MAGIC = 0xeb9f
const VERSION = 1
/** Up to the fields of the string section: all that there was before 7.1. */
const SHORT_HEADER = 24
/** With the fields of the layout section. */
const LONG_HEADER = 32

/** Whether these bytes begin as BTF does, in either byte order. */
export function isBtf(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x9f && bytes[1] === 0xeb) || (bytes[0] === 0xeb && bytes[1] === 0x9f)
}

/** Reads the header. One longer than is known here is accepted when all that is unknown in it is zero. */
export function readHeader(bytes: Uint8Array): BtfSections {
  if (!isBtf(bytes)) {
    throw new FormatError(`not BTF: it does not begin with the magic number ${MAGIC.toString(16)}`, {
      offset: 0,
    })
  }
  const littleEndian = bytes[0] === 0x9f
  const view = new ByteView(bytes, littleEndian)
  const version = view.u8(2)
  if (version !== VERSION) throw new FormatError(`BTF version ${version}, 1 expected`, { offset: 2 })
  const length = view.u32(4)
  if (length < SHORT_HEADER) {
    throw new FormatError(`a header of ${length} bytes, at least ${SHORT_HEADER} expected`, { offset: 4 })
  }
  const header = new ByteView(view.slice(0, length, 'the header'), littleEndian)
  const hasLayout = length >= LONG_HEADER
  const unknown = header.bytes.findIndex(
    (byte, at) => at >= (hasLayout ? LONG_HEADER : SHORT_HEADER) && byte !== 0,
  )
  if (unknown >= 0) {
    throw new FormatError('the header says something that is not understood here', { offset: unknown })
  }
  const section = (field: number, name: string, alignment: number) => {
    const offset = header.u32(field)
    if (offset % alignment !== 0) {
      throw new FormatError(`${name} begins at ${offset}, a multiple of ${alignment} expected`, {
        offset: field,
      })
    }
    return view.slice(length + offset, header.u32(field + 4), name)
  }
  return {
    littleEndian,
    types: section(8, 'the type section', 4),
    strings: section(16, 'the string section', 1),
    layout: hasLayout && header.u32(28) > 0 ? section(24, 'the layout section', 4) : null,
  }
}
