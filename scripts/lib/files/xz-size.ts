/** How many bytes an .xz file unpacks to, read from its end. Source: "The .xz File Format", 1.2, sections 2 to 4. */
import { ByteView } from '#lib/binary/cursor.ts'

const FOOTER_SIZE = 12

/**
 * The unpacked size of a file that is one .xz stream, which is how modules are compressed; null where the
 * end of the file does not say, as behind padding.
 */
export function xzUnpackedSize(bytes: Uint8Array): number | null {
  const footer = bytes.length - FOOTER_SIZE
  if (footer < 0 || bytes[footer + 10] !== 0x59 || bytes[footer + 11] !== 0x5a) return null
  const indexSize = (new ByteView(bytes, true).u32(footer + 4) + 1) * 4
  let at = footer - indexSize
  // The index begins with a zero; a block header, which stands where this is wrong, never does.
  if (at < FOOTER_SIZE || bytes[at++] !== 0) return null

  function number(): number {
    let value = 0
    for (let scale = 1; at < footer; scale *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    return Number.NaN
  }

  const blocks = number()
  let total = 0
  for (let block = 0; block < blocks && at < footer; block++) {
    number() // the size of the block while it is compressed
    total += number()
  }
  // A second stream in front of this one would have an index of its own.
  return Number.isSafeInteger(total) ? total : null
}
