import { describe, expect, test } from 'vitest'
import { FormatError } from '#lib/binary/cursor.ts'
import { findPayload } from '#lib/elf/bzimage.ts'
import { bzImageBytes } from './elf-bytes.ts'

const XZ = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2)
const GZIP = Uint8Array.of(0x1f, 0x8b, 8, 0)

test('the payload is found without the size that the build puts behind it', () => {
  expect(findPayload(bzImageBytes(XZ, { unpackedSize: 77 }), 'vmlinuz')).toEqual({
    bytes: XZ,
    compression: 'xz',
    unpackedSize: 77,
    version: '7.3.4-test (someone) #1',
  })
})

test('a gzip payload keeps its last word, which is its own', () => {
  const { bytes, compression } = findPayload(bzImageBytes(GZIP, { unpackedSize: 9 }), 'vmlinuz')
  expect([...bytes, compression]).toEqual([...GZIP, 9, 0, 0, 0, 'gzip'])
})

test('an image may have no version', () => {
  const image = bzImageBytes(XZ)
  image.fill(0, 0x20e, 0x210)
  expect(findPayload(image, 'vmlinuz').version).toBeNull()
})

describe('what cannot be read is refused', () => {
  test.each<[string, Uint8Array, string]>([
    ['no boot image', new Uint8Array(600), 'not an x86 boot image: no "HdrS" at byte 514 (at byte 514)'],
    [
      'an old boot protocol',
      bzImageBytes(XZ, { protocol: 0x207 }),
      'boot protocol 2.07, which does not say where the kernel is (2.08 does)',
    ],
    [
      'a cut file',
      bzImageBytes(XZ).subarray(0, 1040),
      'the compressed kernel ends at byte 1052, but there are only 1040 bytes (at byte 1040)',
    ],
    [
      'no compression',
      bzImageBytes(Uint8Array.of(1, 2, 3)),
      'the kernel is compressed in a form with no known magic',
    ],
    ...Object.entries({
      bzip2: [0x42, 0x5a, 0x68],
      lzma: [0x5d, 0, 0],
      lzo: [0x89, 0x4c, 0x5a, 0x4f],
      lz4: [2, 0x21, 0x4c, 0x18],
    }).map(([name, magic]): [string, Uint8Array, string] => {
      const message = `the kernel is compressed with ${name}; gzip, xz and zstd are read (at byte 1040)`
      return [name, bzImageBytes(Uint8Array.from(magic)), message]
    }),
  ])('%s', (_, bytes, message) => {
    expect(() => findPayload(bytes, 'vmlinuz')).toThrow(FormatError)
    expect(() => findPayload(bytes, 'vmlinuz')).toThrow(`vmlinuz: ${message}`)
  })
})
