/** Opens a BTF table: finds where every type begins, and decodes a type when it is asked for. */
import { ByteView, FormatError, within } from '../binary/cursor.ts'
import { decodeType } from './decode.ts'
import { readHeader } from './header.ts'
import { KINDS, type RecordLayout } from './kinds.ts'
import { readStrings } from './strings.ts'
import type { Btf, BtfType } from './types.ts'

const RECORD_SIZE = 12
/** An entry of the layout section: bytes of the extra part, bytes of an element, two of flags. */
const LAYOUT_ENTRY = 4

/**
 * Opens the BTF in `bytes`, which stay in use and must not change. A module's BTF is split: it needs the
 * `base` it was made over. `what` names it in messages. Throws a FormatError.
 */
export function parseBtf(bytes: Uint8Array, what: string, base?: Btf): Btf {
  return within(what, () => {
    const sections = readHeader(bytes)
    if (base && base.littleEndian !== sections.littleEndian) {
      throw new FormatError(`its byte order is not that of its base, ${base.what}`, { offset: 0 })
    }
    const layout = layoutOf(sections.layout, base ?? null)
    const view = new ByteView(sections.types, sections.littleEndian)
    const stringsStart = base?.stringsEnd ?? 0
    const string = readStrings(sections.strings, stringsStart, base?.string ?? null)
    const firstId = base?.endId ?? 1
    const starts = indexRecords(view, firstId, layout)
    const endId = firstId + starts.length

    /** Where the record of `id` begins; null: the base has it, or it is void. */
    function startOf(id: number): number | null {
      if (id < firstId && (base || id === 0)) return null
      const start = starts[id - firstId]
      if (start !== undefined) return start
      throw new FormatError(`no such type, ids end at ${endId - 1}`, { in: `${what}: BTF type ${id}` })
    }
    function kind(id: number): BtfType['kind'] {
      const start = startOf(id)
      if (start === null) return base && id > 0 ? base.kind(id) : 'VOID'
      return KINDS[kindAt(view, start)]?.name ?? 'UNKNOWN'
    }
    function type(id: number): BtfType {
      const start = startOf(id)
      if (start === null) return base && id > 0 ? base.type(id) : { kind: 'VOID', id: 0 }
      return within(`${what}: BTF type ${id}`, () => decodeType({ view, at: start, id, string }))
    }
    function name(id: number): string {
      const start = startOf(id)
      if (start === null) return base && id > 0 ? base.name(id) : ''
      return within(`${what}: BTF type ${id}: name`, () => string(view.u32(start)))
    }
    const stringsEnd = stringsStart + sections.strings.length
    const { littleEndian } = sections
    return {
      what,
      littleEndian,
      base: base ?? null,
      firstId,
      endId,
      stringsEnd,
      type,
      kind,
      name,
      layout,
      string,
    }
  })
}

/** The offsets of all records; one loop over the bytes, for there is no other way to find them. */
function indexRecords(view: ByteView, firstId: number, layout: Btf['layout']): Uint32Array {
  const { length } = view
  const starts = new Uint32Array(Math.floor(length / RECORD_SIZE))
  let count = 0
  for (let at = 0; at < length; count++) {
    if (at + RECORD_SIZE > length) throw cutShort(firstId + count, at)
    const number = kindAt(view, at)
    const sizes: RecordLayout | null = KINDS[number] ?? layout(number)
    if (!sizes) {
      const known = `kinds up to ${KINDS.length - 1} are known, and the table's layout section does not tell of it`
      throw new FormatError(`kind ${number}: ${known}`, { offset: at, in: `BTF type ${firstId + count}` })
    }
    starts[count] = at
    at += RECORD_SIZE + sizes.extra + sizes.each * (view.u32(at + 4) & 0xffffff)
    if (at > length) throw cutShort(firstId + count, starts[count] ?? 0)
  }
  return starts.subarray(0, count)
}

function kindAt(view: ByteView, at: number): number {
  return (view.u32(at + 4) >>> 24) & 0x7f
}

function cutShort(id: number, offset: number): FormatError {
  return new FormatError('its record runs past the end of the type section', { offset, in: `BTF type ${id}` })
}

/** How long records of a kind are by the table's own word, else its base's, with which a split table shares it. */
function layoutOf(bytes: Uint8Array | null, base: Btf | null): Btf['layout'] {
  if (bytes === null) return base ? base.layout : () => null
  if (bytes.length % LAYOUT_ENTRY !== 0) {
    throw new FormatError(
      `the layout section has ${bytes.length} bytes, a multiple of ${LAYOUT_ENTRY} expected`,
    )
  }
  return (kindNumber) => {
    const extra = bytes[kindNumber * LAYOUT_ENTRY]
    const each = bytes[kindNumber * LAYOUT_ENTRY + 1]
    return kindNumber === 0 || extra === undefined || each === undefined ? null : { extra, each }
  }
}
