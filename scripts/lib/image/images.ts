/** Opens the binaries of a kernel, however they are packed. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { compressionOf } from '#lib/elf/bzimage.ts'
import { byteOrder } from '#lib/model/order.ts'
import { decompress } from '../files/decompress.ts'
import { xzUnpackedSize } from '../files/xz-size.ts'
import { type ImageContents, readImage } from './read-image.ts'

/** An image, and the file it was given as. */
export interface Image extends ImageContents {
  /** Of the file as it was given, in hex. */
  readonly sha256: string
  /** Size of the file as it was given. */
  readonly bytes: number
}

interface GivenFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Modules unpacked by one run of xz: enough to make starting it cheap, few enough to hold in memory. */
const BATCH = 48

/**
 * Opens vmlinux (as a boot image, an ELF file, or bare BTF) or a module, packed with gzip, xz, zstd or not at
 * all; what the file is shows in its bytes. Throws an Error or a FormatError that begins with the path.
 */
export async function openImage(path: string): Promise<Image> {
  return openFile({ path, bytes: await readFile(path) })
}

/**
 * The modules below `dir`, by path in byte order. `onProgress` hears, after each batch, how many are done
 * and how many there are. Throws as openImage does.
 */
export async function* openModules(
  dir: string,
  onProgress?: (done: number, total: number) => void,
): AsyncGenerator<Image> {
  const paths = await modulePaths(dir)
  const batches: Promise<Image[]>[] = []
  let next = 0
  let done = 0
  const start = () => {
    if (next >= paths.length) return
    const batch = openBatch(paths.slice(next, next + BATCH))
    // It is awaited in its turn; until then a failure must not count as one that nobody looks at.
    batch.catch(() => {})
    batches.push(batch)
    next += BATCH
  }
  for (let worker = 0; worker <= availableParallelism(); worker++) start()
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const images = await batch
    start()
    done += images.length
    onProgress?.(done, paths.length)
    yield* images
  }
}

async function modulePaths(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true })
  const modules = names.filter((name) => /\.ko(\.gz|\.xz|\.zst)?$/.test(name))
  return modules.sort(byteOrder).map((name) => join(dir, name))
}

/** Opens a few modules. Those of one xz stream each go through xz together, cut apart by their sizes. */
async function openBatch(paths: readonly string[]): Promise<Image[]> {
  const files = await Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })))
  const sizes = files.map(({ bytes }) => (compressionOf(bytes) === 'xz' ? xzUnpackedSize(bytes) : null))
  const together = files.filter((_, index) => sizes[index] !== null)
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
  const unpacked = together.length === 0 ? null : await unpackTogether(together, total)
  let at = 0
  const images: Promise<Image>[] = files.map((file, index) => {
    const size = sizes[index] ?? null
    if (unpacked === null || size === null) return openFile(file)
    at += size
    return imageOf(file, unpacked.subarray(at - size, at))
  })
  return Promise.all(images)
}

/** All files unpacked in one go, or null where that fails: then each is opened alone, and the bad one is named. */
async function unpackTogether(files: readonly GivenFile[], total: number): Promise<Uint8Array | null> {
  const pieces = files.map((file) => file.bytes)
  const packed = { file: files[0]?.path ?? '', compression: 'xz', unpackedSize: total } as const
  const unpacked = await decompress(pieces, packed).catch(() => null)
  return unpacked?.length === total ? unpacked : null
}

async function openFile(file: GivenFile): Promise<Image> {
  const compression = compressionOf(file.bytes)
  if (compression === null) return imageOf(file, file.bytes)
  return imageOf(file, await decompress(file.bytes, { file: file.path, compression }))
}

async function imageOf({ path, bytes }: GivenFile, unpacked: Uint8Array): Promise<Image> {
  const contents = await readImage(unpacked, path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { ...contents, sha256, bytes: bytes.length }
}
