/** The string table of BTF: NUL-terminated names, found by offset. */
import { FormatError, latin1 } from '../binary/cursor.ts'

/** Gives the string at an offset, or throws a FormatError. */
export type Strings = (offset: number) => string

/**
 * The strings of one table. A split table's own strings begin where the base's end (`start`): offsets below
 * belong to the base.
 */
export function readStrings(bytes: Uint8Array, start: number, base: Strings | null): Strings {
  if (base === null && bytes[0] !== 0) {
    const seen = bytes.length === 0 ? 'it is empty' : `it begins with byte ${bytes[0]}`
    throw new FormatError(`the first string must be empty, but ${seen}`, { in: 'string table' })
  }
  if (bytes.length > 0 && bytes[bytes.length - 1] !== 0) {
    throw new FormatError('the last string has no NUL at its end', { in: 'string table' })
  }
  const text = latin1(bytes)
  const end = start + bytes.length
  return (offset) => {
    if (offset === 0) return ''
    if (offset < start && base !== null) return base(offset)
    if (offset >= end) throw new FormatError(`offset ${offset} is past the end of the strings, ${end}`)
    const at = offset - start
    if (at > 0 && text.charCodeAt(at - 1) !== 0) {
      throw new FormatError(`offset ${offset} is not the start of a string`)
    }
    return text.slice(at, text.indexOf('\0', at))
  }
}
