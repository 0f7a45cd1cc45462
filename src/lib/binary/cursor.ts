/** Bounds-checked reads from bytes, and the one error that every binary reader throws. */

/**
 * Bytes that do not have the form they claim to have.
 *
 * `what` says what was seen and what was expected, `offset` is the byte where (null: no single place), and
 * `in` is the way to it from outside in: "vmlinux: BTF type 4711: name".
 */
export class FormatError extends Error {
  readonly what: string
  readonly offset: number | null
  readonly in: string

  constructor(what: string, place: { offset?: number | null; in?: string } = {}) {
    const within = place.in ?? ''
    const offset = place.offset ?? null
    super((within === '' ? what : `${within}: ${what}`) + (offset === null ? '' : ` (at byte ${offset})`))
    this.name = 'FormatError'
    this.what = what
    this.offset = offset
    this.in = within
  }
}

/** Runs `read`, and puts `context` in front of the place of any FormatError it throws. */
export function within<T>(context: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    const place = error.in === '' ? context : `${context}: ${error.in}`
    throw new FormatError(error.what, { offset: error.offset, in: place })
  }
}

/** A view of bytes in one byte order whose reads cannot leave it; offsets count from its first byte. */
export class ByteView {
  readonly bytes: Uint8Array
  readonly littleEndian: boolean
  readonly #view: DataView

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes
    this.littleEndian = littleEndian
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.bytes.length
  }

  u8(at: number): number {
    this.#check(at, 1)
    return this.#view.getUint8(at)
  }

  u16(at: number): number {
    this.#check(at, 2)
    return this.#view.getUint16(at, this.littleEndian)
  }

  u32(at: number): number {
    this.#check(at, 4)
    return this.#view.getUint32(at, this.littleEndian)
  }

  i32(at: number): number {
    this.#check(at, 4)
    return this.#view.getInt32(at, this.littleEndian)
  }

  /** A 64-bit offset or size as a number; beyond 2^53 it can be no place in any file and is refused. */
  u64(at: number): number {
    this.#check(at, 8)
    const value = Number(this.#view.getBigUint64(at, this.littleEndian))
    if (!Number.isSafeInteger(value))
      throw new FormatError(`${value} is too large for a file`, { offset: at })
    return value
  }

  /** The `size` bytes at `at`, not copied; `what` names them in the error when they run past the end. */
  slice(at: number, size: number, what: string): Uint8Array {
    if (at + size > this.length) {
      const end = `${what} ends at byte ${at + size}, but there are only ${this.length} bytes`
      throw new FormatError(end, { offset: at })
    }
    return this.bytes.subarray(at, at + size)
  }

  #check(at: number, size: number): void {
    if (at + size <= this.length) return
    throw new FormatError(`${size} bytes expected, but the data ends at byte ${this.length}`, { offset: at })
  }
}

/** The bytes up to the first NUL from `at` on, one character each; null when no NUL follows. */
export function textAt(bytes: Uint8Array, at: number): string | null {
  const end = bytes.indexOf(0, at)
  return end < 0 ? null : latin1(bytes.subarray(at, end))
}

/** Bytes as text, one character each, so that offsets stay what they were. */
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
