import { spawnSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { decompress } from '#scripts/lib/files/decompress.ts'
import { xzUnpackedSize } from '#scripts/lib/files/xz-size.ts'

const PLAIN = new TextEncoder().encode('what a kernel is made of\n'.repeat(20_000))
const PACKED = { gzip: gzipSync(PLAIN), xz: pack('xz'), zstd: pack('zstd') }
const METHODS = ['gzip', 'xz', 'zstd'] as const

function pack(program: string): Uint8Array {
  return spawnSync(program, ['-c'], { input: PLAIN }).stdout ?? new Uint8Array()
}

describe.each(METHODS.filter((method) => PACKED[method].length > 0))('%s', (compression) => {
  const bytes = PACKED[compression]

  test('is undone, with or without the size being known', async () => {
    expect(await decompress(bytes, { file: 'a', compression })).toEqual(unpacked())
    expect(await decompress(bytes, { file: 'a', compression, unpackedSize: PLAIN.length })).toEqual(
      unpacked(),
    )
    expect(await decompress(bytes, { file: 'a', compression, unpackedSize: 5 })).toEqual(unpacked())
  })

  test('is undone in several pieces', async () => {
    expect(await decompress([bytes.subarray(0, 9), bytes.subarray(9)], { file: 'a', compression })).toEqual(
      unpacked(),
    )
  })

  test('is given up when more comes out than may', async () => {
    await expect(decompress(bytes, { file: 'a.ko', compression, limit: 1000 })).rejects.toThrow(
      'a.ko: it unpacks to more than 1000 bytes; that is no kernel',
    )
  })

  test('is refused in one sentence when the file is cut short', async () => {
    const cut = bytes.subarray(0, bytes.length - 10)
    await expect(decompress(cut, { file: 'a.ko', compression })).rejects.toThrow(
      /^a\.ko: it cannot be unpacked: .*(unexpected end|premature end)[^\n]*$/i,
    )
  })

  /** Buffer or Uint8Array, as each way gives it. */
  function unpacked() {
    return expect.toSatisfy((value: Uint8Array) => Buffer.compare(value, PLAIN) === 0)
  }
})

describe('without the program', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test.each([
    ['xz', 'xz-utils'],
    ['zstd', 'zstd'],
  ] as const)('%s, the package %s is asked for', async (compression, name) => {
    vi.stubEnv('PATH', '')
    await expect(decompress(Uint8Array.of(1), { file: 'a.ko', compression })).rejects.toThrow(
      `a.ko: the program ${compression} is needed to unpack it; install the package ${name}`,
    )
  })
})

describe.runIf(PACKED.xz.length > 0)('the size that an xz file tells', () => {
  test('is that of what it unpacks to', () => {
    expect(xzUnpackedSize(PACKED.xz)).toBe(PLAIN.length)
  })

  test('is not known when the end is cut off, or something follows it', () => {
    expect(xzUnpackedSize(PACKED.xz.subarray(0, PACKED.xz.length - 1))).toBeNull()
    expect(xzUnpackedSize(new Uint8Array([...PACKED.xz, 0, 0, 0, 0]))).toBeNull()
    expect(xzUnpackedSize(new Uint8Array(40))).toBeNull()
  })
})
