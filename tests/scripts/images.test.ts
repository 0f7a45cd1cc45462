import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openImage, openModules } from '#scripts/lib/image/images.ts'
import { bzImageBytes, elfBytes } from '../elf/elf-bytes.ts'
import { BtfBuilder } from '../support/btf-bytes.ts'

const hasPrograms = spawnSync('xz', ['-V']).status === 0 && spawnSync('zstd', ['-V']).status === 0
const text = (value: string) => new TextEncoder().encode(value)
const BTF = btfNaming('task_struct')
const IDS = Uint8Array.of(1, 0, 0, 0)
const VMLINUX = elfBytes([
  { name: '.rodata', bytes: text('\0\0Linux version 7.3.4-test (someone)\0') },
  { name: '.BTF', bytes: BTF },
  { name: '.BTF_ids', bytes: IDS },
])

function btfNaming(name: string): Uint8Array {
  const builder = new BtfBuilder()
  builder.struct(name)
  return builder.bytes()
}

function moduleBytes(info: string, btf = BTF): Uint8Array {
  return elfBytes([
    { name: '.modinfo', bytes: text(info) },
    { name: '.BTF', bytes: btf },
    { name: '.gnu.linkonce.this_module', bytes: new Uint8Array(8) },
  ])
}

function packWith(program: string, bytes: Uint8Array): Uint8Array {
  return spawnSync(program, ['-c'], { input: bytes }).stdout
}

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'images-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(dir, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return path
}

describe('an image is known by its bytes', () => {
  const kernel = { name: 'vmlinux', btf: BTF, btfBase: null, btfIds: IDS, version: '7.3.4-test' }
  const module = { name: 'nf_nat', btf: BTF, btfBase: null, btfIds: null, version: '7.3.4-test' }
  const MODULE = moduleBytes('license=GPL\0name=nf_nat\0vermagic=7.3.4-test SMP preempt \0name=late\0')

  test.each<[string, string, Uint8Array, object]>([
    ['an ELF vmlinux', 'kernel.debug', VMLINUX, kernel],
    ['a boot image', 'boot', bzImageBytes(gzipSync(VMLINUX)), kernel],
    ['a module', 'x.ko', MODULE, module],
    ['a module in gzip', 'x.ko.gz', gzipSync(MODULE), module],
    [
      'a module that does not tell its name',
      'a/nf-nat.ko.gz',
      gzipSync(moduleBytes('')),
      { ...module, version: null },
    ],
    ['bare BTF', 'sys/vmlinux', BTF, { ...kernel, btfIds: null, version: null }],
    ['bare BTF of a module', 'sys/nf_nat', BTF, { ...module, version: null }],
    ['a file without BTF', 'b/vmlinux', elfBytes([]), { ...kernel, btf: null, btfIds: null, version: null }],
  ])('%s', async (_, name, bytes, image) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await openImage(await put(name, bytes))).toEqual({ ...image, sha256, bytes: bytes.length })
  })

  test.runIf(hasPrograms)('a module in xz or zstd, and boot images with either', async () => {
    const images = [
      await openImage(await put('y.ko.xz', packWith('xz', MODULE))),
      await openImage(await put('y.ko.zst', packWith('zstd', MODULE))),
      await openImage(
        await put('xz-boot', bzImageBytes(packWith('xz', VMLINUX), { unpackedSize: VMLINUX.length })),
      ),
      await openImage(await put('zstd-boot', bzImageBytes(packWith('zstd', VMLINUX)))),
    ]
    expect(images).toMatchObject([module, module, kernel, kernel])
  })

  test('and refused with its path when it is none', async () => {
    const path = await put('notes.txt', text('hello'))
    await expect(openImage(path)).rejects.toThrow(
      `${path}: neither a boot image nor an ELF file nor BTF; give a vmlinuz, a vmlinux or a .ko`,
    )
    const cut = await put('cut', VMLINUX.subarray(0, 100))
    await expect(openImage(cut)).rejects.toThrow(`${cut}: `)
  })
})

describe.runIf(hasPrograms)('modules below a folder', () => {
  /** More than one batch of them, in every packing, each with BTF of its own. */
  const names = Array.from({ length: 120 }, (_, index) => `m${String(index).padStart(3, '0')}`)
  const packings: ((bytes: Uint8Array) => [string, Uint8Array])[] = [
    (bytes) => ['.ko', bytes],
    (bytes) => ['.ko.gz', gzipSync(bytes)],
    (bytes) => ['.ko.xz', packWith('xz', bytes)],
    (bytes) => ['.ko.xz', packWith('xz', bytes)],
    (bytes) => ['.ko.zst', packWith('zstd', bytes)],
  ]

  test('come in the order of their paths, each with its own bytes', async () => {
    for (const [index, name] of names.entries()) {
      const packing = packings[index % packings.length]
      if (!packing) continue
      const [ending, bytes] = packing(moduleBytes(`name=${name}\0`, btfNaming(name.repeat(1 + (index % 7)))))
      await put(`modules/kernel/${name}${ending}`, bytes)
    }
    await put('modules/modules.builtin', text('kernel/a.ko\n'))
    const progress: number[] = []
    const seen: string[] = []
    for await (const image of openModules(join(dir, 'modules'), (done, total) => {
      progress.push(done, total)
    })) {
      expect(Buffer.from(image.btf ?? []).includes(image.name)).toBe(true)
      seen.push(image.name)
    }
    expect(seen).toEqual(names)
    expect(progress.slice(-2)).toEqual([120, 120])
  })

  test('are refused with the path of the bad one', async () => {
    const good = packWith('xz', moduleBytes(''))
    await put('broken/a.ko.xz', good)
    const spoiled = good.slice()
    spoiled[40] = (spoiled[40] ?? 0) ^ 0xff
    const bad = await put('broken/b.ko.xz', spoiled)
    const read = async () => {
      for await (const _ of openModules(join(dir, 'broken')));
    }
    await expect(read()).rejects.toThrow(`${bad}: it cannot be unpacked: `)
  })

  test('are none in an empty folder', async () => {
    await mkdir(join(dir, 'empty'))
    expect((await openModules(join(dir, 'empty')).next()).done).toBe(true)
  })
})
