/** Decodes one record of the type section. */
import { type ByteView, within } from '../binary/cursor.ts'
import { KINDS } from './kinds.ts'
import type { Strings } from './strings.ts'
import type { BtfLinkage, BtfType } from './types.ts'

/** A record: the type section, the record's offset in it, its id, and the table's strings. */
export interface BtfRecord {
  readonly view: ByteView
  readonly at: number
  readonly id: number
  readonly string: Strings
}

const LINKAGES: readonly BtfLinkage[] = ['static', 'global', 'extern']

/** The type that a record spells. The record must lie inside the section. */
export function decodeType({ view, at, id, string }: BtfRecord): BtfType {
  const info = view.u32(at + 4)
  const length = info & 0xffffff
  const flag = info >>> 31 === 1
  const number = (info >>> 24) & 0x7f
  /** The third word: a size or the id of another type, as the kind has it. */
  const word = view.u32(at + 8)
  const behind = at + 12
  const nameAt = (offset: number) => string(view.u32(offset))
  const elements = <T>(size: number, what: string, read: (offset: number) => T): T[] =>
    Array.from({ length }, (_, index) => within(`${what} ${index}`, () => read(behind + index * size)))
  const name = within('name', () => nameAt(at))
  const kind = KINDS[number]?.name
  switch (kind) {
    case undefined:
      return { kind: 'UNKNOWN', id, name, kindNumber: number }
    case 'INT': {
      const bits = view.u32(behind)
      const encoding = (bits >>> 24) & 0xf
      const signed = (encoding & 1) !== 0
      const [char, bool] = [(encoding & 2) !== 0, (encoding & 4) !== 0]
      return {
        kind,
        id,
        name,
        size: word,
        signed,
        char,
        bool,
        bitOffset: (bits >>> 16) & 0xff,
        bits: bits & 0xff,
      }
    }
    case 'FLOAT':
      return { kind, id, name, size: word }
    case 'PTR':
    case 'CONST':
    case 'VOLATILE':
    case 'RESTRICT':
      return { kind, id, type: word }
    case 'ARRAY':
      return {
        kind,
        id,
        type: view.u32(behind),
        indexType: view.u32(behind + 4),
        length: view.u32(behind + 8),
      }
    case 'STRUCT':
    case 'UNION': {
      const members = elements(12, 'member', (offset) => {
        const place = view.u32(offset + 8)
        const [bitOffset, bitfieldSize] = flag ? [place & 0xffffff, place >>> 24] : [place, 0]
        return { name: nameAt(offset), type: view.u32(offset + 4), bitOffset, bitfieldSize }
      })
      return { kind, id, name, size: word, members }
    }
    case 'ENUM': {
      const values = elements(8, 'value', (offset) => {
        const value = flag ? view.i32(offset + 4) : view.u32(offset + 4)
        return { name: nameAt(offset), value }
      })
      return { kind, id, name, size: word, signed: flag, values }
    }
    case 'ENUM64': {
      const values = elements(12, 'value', (offset) => {
        const high = BigInt(flag ? view.i32(offset + 8) : view.u32(offset + 8))
        return { name: nameAt(offset), value: (high << 32n) | BigInt(view.u32(offset + 4)) }
      })
      return { kind, id, name, size: word, signed: flag, values }
    }
    case 'FWD':
      return { kind, id, name, of: flag ? 'union' : 'struct' }
    case 'TYPEDEF':
      return { kind, id, name, type: word }
    case 'TYPE_TAG':
      return { kind, id, name, type: word, attribute: flag }
    case 'FUNC':
      // A function has no elements: where others count them, it has its linkage.
      return { kind, id, name, type: word, linkage: LINKAGES[length] ?? 'other' }
    case 'FUNC_PROTO': {
      const all = elements(8, 'parameter', (offset) => ({ name: nameAt(offset), type: view.u32(offset + 4) }))
      const last = all.at(-1)
      const variadic = last !== undefined && last.type === 0 && last.name === ''
      return { kind, id, returns: word, parameters: variadic ? all.slice(0, -1) : all, variadic }
    }
    case 'VAR':
      return { kind, id, name, type: word, linkage: LINKAGES[view.u32(behind)] ?? 'other' }
    case 'DATASEC': {
      const variables = elements(12, 'variable', (offset) => {
        return { type: view.u32(offset), offset: view.u32(offset + 4), size: view.u32(offset + 8) }
      })
      return { kind, id, name, size: word, variables }
    }
    case 'DECL_TAG':
      return { kind, id, name, type: word, component: view.i32(behind), attribute: flag }
    default:
      return kind satisfies never
  }
}
