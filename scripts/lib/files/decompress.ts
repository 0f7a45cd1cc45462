/** Undoes gzip here, and xz and zstd through the programs of those names; bytes in, bytes out. */
import { spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'
import type { Compression } from '#lib/elf/bzimage.ts'

const gunzip = promisify(gunzipWithCallback)

/** No kernel unpacks to more than this many bytes. */
const MOST_BYTES = 2 ** 30

/** The package that brings the program of that name. */
const PACKAGES = { xz: 'xz-utils', zstd: 'zstd' } as const

/** What is known of the bytes to unpack. */
export interface Packed {
  /** The file they are from, for messages. */
  readonly file: string
  readonly compression: Compression
  /** How many bytes will come out, where that is known: then they are gathered without a second copy. */
  readonly unpackedSize?: number | null
  /** How many may come out at most. */
  readonly limit?: number
}

/** The unpacked bytes. Throws an Error of one sentence that begins with the file's name. */
export async function decompress(
  bytes: Uint8Array | readonly Uint8Array[],
  packed: Packed,
): Promise<Uint8Array> {
  const { file, compression, unpackedSize = null, limit = MOST_BYTES } = packed
  const pieces = bytes instanceof Uint8Array ? [bytes] : bytes
  if (compression !== 'gzip') {
    return runProgram(compression, pieces, { file, unpackedSize, limit })
  }
  try {
    return await gunzip(Buffer.concat(pieces), { maxOutputLength: limit })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(`${file}: ${code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : cannot(message)}`)
  }
}

interface Limits {
  readonly file: string
  readonly unpackedSize: number | null
  readonly limit: number
}

function runProgram(
  program: keyof typeof PACKAGES,
  pieces: readonly Uint8Array[],
  { file, unpackedSize, limit }: Limits,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] })
    const output = gather(unpackedSize !== null && unpackedSize <= limit ? unpackedSize : 0)
    let complaint = ''
    let overflow = false
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = `the program ${program} is needed to unpack it; install the package ${PACKAGES[program]}`
      reject(new Error(`${file}: ${error.code === 'ENOENT' ? missing : `${program}: ${error.message}`}`))
    })
    child.stdout.on('data', (chunk: Buffer) => {
      if (overflow) return
      overflow = output.size() + chunk.length > limit
      if (overflow) child.kill()
      else output.add(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(0, 1000)
    })
    child.on('close', (code) => {
      if (overflow) reject(new Error(`${file}: ${tooLarge(limit)}`))
      else if (code !== 0)
        reject(new Error(`${file}: ${cannot(firstLine(complaint) || `${program} failed`)}`))
      else resolve(output.bytes())
    })
    // A program that gives up early closes its input; what it says on stderr tells more than EPIPE.
    child.stdin.on('error', () => {})
    for (const piece of pieces) child.stdin.write(piece)
    child.stdin.end()
  })
}

/** Collects chunks: into one block while they fit the size that was announced, else into a list. */
function gather(announced: number) {
  let block = new Uint8Array(announced)
  let size = 0
  return {
    size: () => size,
    add(chunk: Uint8Array) {
      if (size + chunk.length > block.length) {
        const larger = new Uint8Array(Math.max(2 * block.length, size + chunk.length, 1 << 20))
        larger.set(block.subarray(0, size))
        block = larger
      }
      block.set(chunk, size)
      size += chunk.length
    },
    bytes: () => block.subarray(0, size),
  }
}

function tooLarge(limit: number): string {
  return `it unpacks to more than ${limit} bytes; that is no kernel`
}

function cannot(reason: string): string {
  return `it cannot be unpacked: ${reason}`
}

/** The program's first complaint, without its own name and its word for the input. */
function firstLine(complaint: string): string {
  return (complaint.split('\n')[0] ?? '').replace(/^(\w+: )?(\(stdin\)|\/\*stdin\*\\) *: */, '').trim()
}
