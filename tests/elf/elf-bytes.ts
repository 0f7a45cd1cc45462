/** Builds the smallest ELF files and boot images that the readers take. */

/** A section to be: its name and contents; `size` alone for one that the file does not hold. */
export interface SectionToBe {
  readonly name: string
  readonly bytes?: Uint8Array
  readonly size?: number
}

const NOBITS = 8
const PROGBITS = 1

/** An ELF64 file of those sections, between the empty first one and the name table. */
export function elfBytes(sections: readonly SectionToBe[], { littleEndian = true } = {}): Uint8Array {
  const all = [{ name: '' }, ...sections, { name: '.shstrtab' }] as SectionToBe[]
  const names = new TextEncoder().encode(`${all.map(({ name }) => name).join('\0')}\0`)
  const contents = all.map(({ bytes }, index) =>
    index === all.length - 1 ? names : (bytes ?? new Uint8Array()),
  )
  const table = 64 + contents.reduce((sum, bytes) => sum + bytes.length, 0)
  const out = new Uint8Array(table + all.length * 64)
  const view = new DataView(out.buffer)
  const u16 = (at: number, value: number) => view.setUint16(at, value, littleEndian)
  const u32 = (at: number, value: number) => view.setUint32(at, value, littleEndian)
  const u64 = (at: number, value: number) => view.setBigUint64(at, BigInt(value), littleEndian)
  out.set([0x7f, 0x45, 0x4c, 0x46, 2, littleEndian ? 1 : 2, 1])
  u64(0x28, table)
  u16(0x3a, 64)
  u16(0x3c, all.length)
  u16(0x3e, all.length - 1)
  let offset = 64
  let name = 0
  all.forEach((section, index) => {
    const header = table + index * 64
    const bytes = contents[index] ?? new Uint8Array()
    u32(header, name)
    u32(header + 4, index === 0 ? 0 : section.size === undefined ? PROGBITS : NOBITS)
    u64(header + 0x18, offset)
    u64(header + 0x20, section.size ?? bytes.length)
    out.set(bytes, offset)
    offset += bytes.length
    name += section.name.length + 1
  })
  return out
}

/** An x86 boot image with that payload, and the word behind it that tells the unpacked size. */
export function bzImageBytes(
  payload: Uint8Array,
  { unpackedSize = 0, version = '7.3.4-test (someone) #1', protocol = 0x20f } = {},
): Uint8Array {
  const setup = 1024
  const before = 16
  const out = new Uint8Array(setup + before + payload.length + 4)
  const view = new DataView(out.buffer)
  out[0x1f1] = 1
  out.set(new TextEncoder().encode('HdrS'), 0x202)
  view.setUint16(0x206, protocol, true)
  view.setUint16(0x20e, 0x100, true)
  out.set(new TextEncoder().encode(version), 0x300)
  view.setUint32(0x248, before, true)
  view.setUint32(0x24c, payload.length + 4, true)
  out.set(payload, setup + before)
  view.setUint32(setup + before + payload.length, unpackedSize, true)
  return out
}
