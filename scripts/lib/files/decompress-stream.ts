/** A compressed file as a stream of what it holds, never unpacked to disk. */
import { spawn } from 'node:child_process'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure, failureOf, isSystemError } from '../cli/failure.ts'

/** How a file is packed, by its first bytes. */
export type Packing = 'none' | 'gzip' | 'xz' | 'zstd'

/** How the file that begins with `head` is packed. */
export function packingOf(head: Buffer): Packing {
  if (head.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))) return 'xz'
  if (head.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return 'zstd'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return 'none'
}

/** The first `length` bytes of a file, fewer where it is shorter. */
export function readHead(path: string, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(length)
    return head.subarray(0, readSync(file, head, 0, length, 0))
  } finally {
    closeSync(file)
  }
}

/** Programs for what Node's zlib does not unpack, with their arguments and the package that has them. */
const PROGRAMS = {
  xz: { arguments: ['-dcq', '-T2'], package: 'xz-utils' },
  zstd: { arguments: ['-dcq', '--long=31'], package: 'zstd' },
} as const

function startFailure(program: keyof typeof PROGRAMS, path: string, error: Error): Failure {
  if (!isSystemError(error) || error.code !== 'ENOENT')
    return new Failure(`${path}: ${program}: ${error.message}`)
  return new Failure(`${path}: the program ${program} is needed to read it and is not installed`, {
    hint: `install it, for instance with: apt-get install ${PROGRAMS[program].package}`,
  })
}

/** Unpacks with a program; it ends when the caller stops reading. */
async function* unpackWith(program: keyof typeof PROGRAMS, path: string): AsyncGenerator<Buffer> {
  const input = openSync(path, 'r')
  const child = spawn(program, PROGRAMS[program].arguments, { stdio: [input, 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaint += text
  })
  const ended = new Promise<Failure | null>((resolve) => {
    child.once('error', (error) => resolve(startFailure(program, path, error)))
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(null)
      // "xz: (stdin): Unexpected end of input": only the last part tells something.
      const reason =
        complaint
          .trim()
          .split(/\s*:\s+/)
          .at(-1) || `it ended with ${signal ?? `code ${code}`}`
      resolve(new Failure(`${path} cannot be unpacked: ${program}: ${reason}`, { hint: 'download it again' }))
    })
  })
  try {
    for await (const chunk of (child.stdout ?? []) as AsyncIterable<Buffer>) yield chunk
    const failure = await ended
    if (failure !== null) throw failure
  } finally {
    child.kill()
    closeSync(input)
  }
}

/** Reads through Node's own streams, turning their complaints into Failures. */
async function* readThrough(path: string, stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (!error.code.startsWith('Z_')) throw failureOf(error, path)
    throw new Failure(`${path} cannot be unpacked: gzip: ${error.message}`, { hint: 'download it again' })
  } finally {
    stream.destroy()
  }
}

/** The bytes a file holds once unpacked, in pieces. Throws a Failure when it is damaged or cut short. */
export function unpack(path: string): AsyncGenerator<Buffer> {
  const packing = packingOf(readHead(path, 8))
  switch (packing) {
    case 'xz':
    case 'zstd':
      return unpackWith(packing, path)
    case 'gzip': {
      const file = createReadStream(path, { highWaterMark: 1 << 20 })
      const unzip = createGunzip({ chunkSize: 1 << 18 })
      file.once('error', (error) => unzip.destroy(error))
      unzip.once('close', () => file.destroy())
      return readThrough(path, file.pipe(unzip))
    }
    case 'none':
      return readThrough(path, createReadStream(path, { highWaterMark: 1 << 20 }))
  }
}
