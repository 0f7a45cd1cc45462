/**
 * The compressed kernel inside an x86 boot image (bzImage, vmlinuz).
 * Source: Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header".
 */
import { ByteView, FormatError, textAt, within } from '../binary/cursor.ts'

/** A form of compression that can be undone here. */
export type Compression = 'gzip' | 'xz' | 'zstd'

/** Where the compressed kernel lies in a boot image, and what the image says of it. */
export interface Payload {
  readonly bytes: Uint8Array
  readonly compression: Compression
  /** Size of the kernel once unpacked, in bytes, as the image gives it. */
  readonly unpackedSize: number
  /** The release string with what follows it, "7.3.4+deb13-amd64 (…) #1 SMP"; null: the image has none. */
  readonly version: string | null
}

const MAGICS: readonly { name: string; bytes: readonly number[]; compression: Compression | null }[] = [
  { name: 'gzip', bytes: [0x1f, 0x8b], compression: 'gzip' },
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], compression: 'xz' },
  { name: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd], compression: 'zstd' },
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68], compression: null },
  { name: 'lzma', bytes: [0x5d, 0x00, 0x00], compression: null },
  { name: 'lzo', bytes: [0x89, 0x4c, 0x5a, 0x4f], compression: null },
  { name: 'lz4', bytes: [0x02, 0x21, 0x4c, 0x18], compression: null },
]

const SECTOR = 512
const HDRS_AT = 0x202
/** The first boot protocol (2.08, Linux 2.6.26) whose header says where the payload is. */
const PROTOCOL_WITH_PAYLOAD = 0x208

/** Whether these bytes carry the mark of an x86 boot image. */
export function isBzImage(bytes: Uint8Array): boolean {
  return [0x48, 0x64, 0x72, 0x53].every((byte, index) => bytes[HDRS_AT + index] === byte)
}

/** The compression whose magic these bytes begin with, or null. */
export function compressionOf(bytes: Uint8Array): Compression | null {
  return magicOf(bytes)?.compression ?? null
}

/** The compressed kernel of a boot image; `what` names the file in a FormatError. */
export function findPayload(bytes: Uint8Array, what: string): Payload {
  return within(what, () => {
    if (!isBzImage(bytes)) {
      throw new FormatError('not an x86 boot image: no "HdrS" at byte 514', { offset: HDRS_AT })
    }
    const view = new ByteView(bytes, true)
    const protocol = view.u16(0x206)
    if (protocol < PROTOCOL_WITH_PAYLOAD) {
      const seen = `${protocol >> 8}.${String(protocol & 0xff).padStart(2, '0')}`
      throw new FormatError(`boot protocol ${seen}, which does not say where the kernel is (2.08 does)`)
    }
    const setupSize = ((view.u8(0x1f1) || 4) + 1) * SECTOR
    const payload = view.slice(setupSize + view.u32(0x248), view.u32(0x24c), 'the compressed kernel')
    return { ...unwrap(payload, setupSize + view.u32(0x248)), version: versionOf(view, setupSize) }
  })
}

function unwrap(payload: Uint8Array, offset: number): Omit<Payload, 'version'> {
  const magic = magicOf(payload)
  if (!magic) throw new FormatError('the kernel is compressed in a form with no known magic', { offset })
  if (magic.compression === null) {
    throw new FormatError(`the kernel is compressed with ${magic.name}; gzip, xz and zstd are read`, {
      offset,
    })
  }
  const { compression } = magic
  // gzip ends with the size of what it holds; behind the others the kernel's build puts it.
  if (payload.length < 4) throw new FormatError('the compressed kernel is cut short', { offset })
  const unpackedSize = new ByteView(payload, true).u32(payload.length - 4)
  const bytes = compression === 'gzip' ? payload : payload.subarray(0, payload.length - 4)
  return { bytes, compression, unpackedSize }
}

function magicOf(bytes: Uint8Array) {
  return MAGICS.find((magic) => magic.bytes.every((byte, index) => bytes[index] === byte))
}

function versionOf(view: ByteView, setupSize: number): string | null {
  const at = view.u16(0x20e)
  if (at === 0) return null
  return textAt(view.slice(0, setupSize, 'the setup code'), at + SECTOR)
}
