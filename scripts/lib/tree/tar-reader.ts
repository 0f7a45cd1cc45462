/**
 * Reads a tar archive as it streams past: ustar, pax and GNU long names. Contents nobody wants are skipped
 * without a copy. Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
 */
import { Failure } from '../cli/failure.ts'

const BLOCK = 512
const LONGEST_NAME_RECORD = 1 << 20
const FIRST_ROOM = 1 << 20

/** Where the fields of a header block stand: first byte, and the one after the last. */
const FIELD = {
  name: [0, 100],
  size: [124, 136],
  checksum: [148, 156],
  magic: [257, 263],
  prefix: [345, 500],
} as const

/** Entry types that matter here; contents of all others are skipped. */
const TYPE_AT = 156
const FILE_TYPES = ['0', '\0', '7']
const PAX = 'x'
const GNU_LONG_NAME = 'L'

/** What the reader of an archive is told. */
export interface TarVisitor {
  /** Hears of each entry by its name in the archive; true asks for its contents, if it is a file. */
  enter(name: string, isFile: boolean): boolean
  /** Gets the contents that were asked for; the bytes are only good until it returns. */
  file(name: string, bytes: Buffer): void
}

/** Takes an archive piece by piece. */
export interface TarReader {
  /** Takes the next bytes. Throws a Failure with the offset where they are no tar archive. */
  write(chunk: Buffer): void
  /** Says that there are no more bytes. Throws a Failure where the archive is cut short. */
  end(): void
}

const textOf = (block: Buffer, [from, to]: readonly [number, number]): string => {
  const end = block.subarray(from, to).indexOf(0)
  return block.toString('utf8', from, end < 0 ? to : from + end)
}

/** A number in octal digits or, for the large, in base 256 behind a set high bit; NaN for neither. */
function numberOf(block: Buffer, [from, to]: readonly [number, number]): number {
  const first = block[from] ?? 0
  if (first === 0x80) return block.subarray(from + 1, to).reduce((value, byte) => value * 256 + byte, 0)
  const digits = textOf(block, [from, to]).trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN
}

/** True when the header's checksum fits: the sum of its bytes, its own field counted as spaces. */
function isHeader(block: Buffer): boolean {
  const [from, to] = FIELD.checksum
  const sum = block.reduce((value, byte, at) => value + (at >= from && at < to ? 0x20 : byte), 0)
  return sum === numberOf(block, FIELD.checksum)
}

function nameOf(block: Buffer): string {
  const name = textOf(block, FIELD.name)
  const prefix = block.toString('latin1', ...FIELD.magic) === 'ustar\0' ? textOf(block, FIELD.prefix) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The records of a pax header, "27 path=a/b.c\n" each, by key. */
function paxRecords(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.toString('latin1', at, space))
    if (space < 0 || !(length > 0)) break
    const [key = '', ...value] = bytes.toString('utf8', space + 1, at + length - 1).split('=')
    records.set(key, value.join('='))
    at += length
  }
  return records
}

/** What the bytes that come next are: a header, the contents of an entry, filling, or the rest after the end. */
type Expected =
  | { part: 'header' }
  | { part: 'contents'; name: string; type: string; size: number; isWanted: boolean }
  | { part: 'filling' }
  | { part: 'rest' }

/** Makes a reader of one archive; `what` names it in messages. */
export function createTarReader(what: string, visitor: TarVisitor): TarReader {
  let expected: Expected = { part: 'header' }
  let left = BLOCK
  let offset = 0
  let filled = 0
  let room = Buffer.allocUnsafe(FIRST_ROOM)
  let longName: string | null = null
  let longSize: number | null = null

  const expect = (next: Expected, size: number): void => {
    expected = next
    left = size
    filled = 0
  }

  const collect = (piece: Buffer): void => {
    if (filled + piece.length > room.length)
      room = Buffer.concat([room], Math.max(room.length * 2, filled + piece.length))
    piece.copy(room, filled)
    filled += piece.length
  }

  const takeHeader = (block: Buffer): void => {
    if (block.every((byte) => byte === 0)) {
      expect({ part: 'rest' }, Number.POSITIVE_INFINITY)
      return
    }
    const headerAt = offset - BLOCK
    if (!isHeader(block)) {
      const found = headerAt === 0 ? 'is not a tar archive' : 'is a broken tar archive'
      throw new Failure(`${what} ${found}: no header with a true checksum at offset ${headerAt}`, {
        hint: 'check that it is a kernel source archive, and download it again if it is',
      })
    }
    const type = String.fromCharCode(block[TYPE_AT] ?? 0)
    const isNameRecord = type === PAX || type === GNU_LONG_NAME
    const size = isNameRecord ? numberOf(block, FIELD.size) : (longSize ?? numberOf(block, FIELD.size))
    const name = isNameRecord ? '' : (longName ?? nameOf(block))
    if (!Number.isSafeInteger(size) || (isNameRecord && size > LONGEST_NAME_RECORD))
      throw new Failure(
        `${what} is a broken tar archive: an impossible size in the header at offset ${headerAt}`,
      )
    if (!isNameRecord) {
      longName = null
      longSize = null
    }
    const isFile = FILE_TYPES.includes(type) && !name.endsWith('/')
    const isReal = isFile || type === '5' || name.endsWith('/')
    const isWanted = isNameRecord || (isReal && visitor.enter(name, isFile) && isFile)
    expect({ part: 'contents', name, type, size, isWanted }, size)
    if (size === 0) takeContents(name, type, size, isWanted)
  }

  const takeContents = (name: string, type: string, size: number, isWanted: boolean): void => {
    const bytes = room.subarray(0, filled)
    if (type === PAX) {
      const records = paxRecords(bytes)
      longName = records.get('path') ?? longName
      longSize = records.has('size') ? Number(records.get('size')) : longSize
    } else if (type === GNU_LONG_NAME) {
      longName = textOf(bytes, [0, bytes.length])
    } else if (isWanted) {
      visitor.file(name, bytes)
    }
    const filling = (BLOCK - (size % BLOCK)) % BLOCK
    if (filling === 0) expect({ part: 'header' }, BLOCK)
    else expect({ part: 'filling' }, filling)
  }

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const piece = chunk.subarray(at, at + Math.min(left, chunk.length - at))
        const isKept = expected.part === 'header' || (expected.part === 'contents' && expected.isWanted)
        if (isKept) collect(piece)
        at += piece.length
        offset += piece.length
        left -= piece.length
        if (left > 0) continue
        switch (expected.part) {
          case 'header':
            takeHeader(room.subarray(0, BLOCK))
            break
          case 'contents':
            takeContents(expected.name, expected.type, expected.size, expected.isWanted)
            break
          case 'filling':
            expect({ part: 'header' }, BLOCK)
            break
          case 'rest':
            break
        }
      }
    },
    end() {
      if (expected.part === 'rest') return
      if (offset === 0) throw new Failure(`${what} is not a tar archive: it is empty`)
      const inside = expected.part === 'contents' && expected.name !== '' ? `, inside ${expected.name}` : ''
      throw new Failure(`${what} is cut short: it ends at offset ${offset}${inside}`, {
        hint: 'download it again',
      })
    },
  }
}
