/** Tells what an unpacked file is, and takes of it the little that is wanted. */
import { basename } from 'node:path'
import { latin1 } from '#lib/binary/cursor.ts'
import { isBtf } from '#lib/btf/header.ts'
import { findPayload, isBzImage } from '#lib/elf/bzimage.ts'
import { isElf, parseSections, type Section, sectionNamed } from '#lib/elf/sections.ts'
import { decompress } from '../files/decompress.ts'

/** What is kept of vmlinux or of a module. The bytes are copies: the file itself is let go. */
export interface ImageContents {
  /** "vmlinux", or the module's name. */
  readonly name: string
  readonly btf: Uint8Array | null
  /** The section .BTF.base: the few types that a module built apart from its kernel has its BTF split over. */
  readonly btfBase: Uint8Array | null
  readonly btfIds: Uint8Array | null
  /** The kernel's release string, "7.3.4+deb13-amd64"; null: the file does not say. */
  readonly version: string | null
}

/** What a boot image, an ELF file or bare BTF holds; `path` names it in messages, and bare BTF altogether. */
export async function readImage(bytes: Uint8Array, path: string): Promise<ImageContents> {
  if (isBtf(bytes))
    return { name: nameOf(path), btf: copyOf(bytes), btfBase: null, btfIds: null, version: null }
  if (isElf(bytes)) return readElf(bytes, path)
  if (isBzImage(bytes)) {
    const { bytes: packed, compression, unpackedSize, version } = findPayload(bytes, path)
    const kernel = readElf(await decompress(packed, { file: path, compression, unpackedSize }), path)
    return { ...kernel, version: version?.split(' ')[0] || kernel.version }
  }
  throw new Error(`${path}: neither a boot image nor an ELF file nor BTF; give a vmlinuz, a vmlinux or a .ko`)
}

function readElf(bytes: Uint8Array, path: string): ImageContents {
  const sections = parseSections(bytes, path)
  const contents = (name: string) => {
    const section = sectionNamed(sections, name)
    return section && copyOf(section.bytes)
  }
  const parts = { btf: contents('.BTF'), btfBase: contents('.BTF.base'), btfIds: contents('.BTF_ids') }
  if (!sectionNamed(sections, '.gnu.linkonce.this_module')) {
    return { name: 'vmlinux', ...parts, version: bannerOf(sections) }
  }
  const info = moduleInfo(sectionNamed(sections, '.modinfo')?.bytes ?? new Uint8Array())
  const version = info.get('vermagic')?.split(' ')[0] ?? null
  return { name: info.get('name') ?? nameOf(path), ...parts, version }
}

/** A copy; Buffer's own slice() is a view, which would hold on to the whole file. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

/** The release in the banner that a kernel prints first, "Linux version 7.3.4+deb13-amd64 (…)". */
function bannerOf(sections: readonly Section[]): string | null {
  const data = sectionNamed(sections, '.rodata')?.bytes
  if (!data) return null
  const mark = 'Linux version '
  const at = Buffer.from(data.buffer, data.byteOffset, data.byteLength).indexOf(mark)
  if (at < 0) return null
  return latin1(data.subarray(at + mark.length, at + mark.length + 100)).split(/[ \0]/)[0] || null
}

/** The fields of a module's .modinfo, NUL-separated `key=value`; of a repeated key the first. */
function moduleInfo(bytes: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>()
  for (const field of latin1(bytes).split('\0')) {
    const at = field.indexOf('=')
    if (at > 0 && !fields.has(field.slice(0, at))) fields.set(field.slice(0, at), field.slice(at + 1))
  }
  return fields
}

/** A file's name without endings, as the kernel spells a module's: "nf-nat.ko.xz" is nf_nat. */
function nameOf(path: string): string {
  const name = basename(path).replace(/(\.ko|\.btf)?(\.gz|\.xz|\.zst)?$/, '')
  return name.startsWith('vmlinu') ? 'vmlinux' : name.replaceAll('-', '_')
}
