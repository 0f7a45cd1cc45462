/** Any bytes give a value or a FormatError: never another error, and never a run without end. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '#lib/binary/cursor.ts'
import { btfEnumerators, functionNamed, taggedFunctions } from '#lib/btf/functions.ts'
import { findBtfIdSets } from '#lib/btf/id-sets.ts'
import { parseBtf } from '#lib/btf/parse.ts'
import { printPrototype, printType } from '#lib/btf/print.ts'
import { findPayload } from '#lib/elf/bzimage.ts'
import { parseSections } from '#lib/elf/sections.ts'
import { bzImageBytes, elfBytes } from '../elf/elf-bytes.ts'
import { BtfBuilder, wordBytes } from '../support/btf-bytes.ts'

const RUNS = { numRuns: 400 }

/** What `read` gives, or null where it throws a FormatError; any other error goes through. */
function valueOrNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError)
    return null
  }
}

function readAll(bytes: Uint8Array) {
  const btf = valueOrNull(() => parseBtf(bytes, 'any'))
  if (!btf) return
  for (let id = 0; id <= btf.endId; id++) {
    valueOrNull(() => btf.type(id))
    valueOrNull(() => btf.name(id))
    valueOrNull(() => printType(btf, id, 'x'))
    valueOrNull(() => printPrototype(btf, id))
  }
  valueOrNull(() => functionNamed(btf, 'f'))
  valueOrNull(() => taggedFunctions(btf))
  valueOrNull(() => btfEnumerators(btf, 'e'))
}

/** Good bytes with a few of them changed, and perhaps cut short. */
function spoiled(good: Uint8Array) {
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255))
  return fc.tuple(fc.array(change, { maxLength: 6 }), fc.nat(good.length)).map(([changes, cut]) => {
    const bytes = good.slice()
    for (const [at, value] of changes) bytes[at] = value
    return cut % 4 === 0 ? bytes.subarray(0, cut) : bytes
  })
}

function goodTable(littleEndian: boolean): Uint8Array {
  const builder = new BtfBuilder({ littleEndian, headerLength: 32 })
  const int = builder.int('int')
  const pointer = builder.ptr(builder.const(builder.struct('s', 4, [['x', int]])))
  const callback = builder.typedef('callback_t', builder.ptr(builder.funcProto(int, [['a', pointer]])))
  const proto = builder.funcProto(builder.array(int, 3), [
    ['a', pointer],
    ['b', callback],
    ['', 0],
  ])
  builder.declTag('bpf_kfunc', builder.func('f', proto))
  builder.enum('e', [['A', 1]])
  builder.enum64('e', [['B', 1n]])
  builder.datasec('.data', 4, [[builder.var('v', int), 0, 4]])
  return builder.bytes()
}

describe('any bytes give a value or a FormatError', () => {
  test('as BTF, when they are BTF that was spoiled', () => {
    fc.assert(fc.property(spoiled(goodTable(true)), readAll), RUNS)
    fc.assert(fc.property(spoiled(goodTable(false)), readAll), RUNS)
  })

  test('as BTF, when the types are any words', () => {
    const record = fc.tuple(
      fc.nat(12),
      fc.nat(22),
      fc.nat(3),
      fc.nat(12),
      fc.array(fc.nat(12), { maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (records) => {
        const builder = new BtfBuilder()
        builder.string('name')
        for (const [nameOffset, kind, length, word, behind] of records) {
          builder.add(kind, { nameOffset, length, word, behind })
        }
        readAll(builder.bytes())
      }),
      RUNS,
    )
  })

  test('as ELF and as a boot image', () => {
    const elf = elfBytes([{ name: '.BTF', bytes: goodTable(true) }])
    const image = bzImageBytes(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))
    fc.assert(
      fc.property(fc.oneof(spoiled(elf), spoiled(image), fc.uint8Array({ maxLength: 200 })), (bytes) => {
        valueOrNull(() => parseSections(bytes, 'any'))
        valueOrNull(() => findPayload(bytes, 'any'))
      }),
      RUNS,
    )
  })

  test('as id sets, which never overlap', () => {
    const builder = new BtfBuilder()
    const proto = builder.funcProto(0)
    while (builder.nextId < 12) builder.func(`f${builder.nextId}`, proto)
    const btf = builder.parse()
    fc.assert(
      fc.property(fc.array(fc.nat(14), { maxLength: 60 }), (words) => {
        let end = 0
        for (const { offset, entries } of findBtfIdSets(wordBytes(words), btf)) {
          expect(offset).toBeGreaterThanOrEqual(end)
          expect(entries.length).toBeGreaterThan(0)
          end = offset + 8 + 8 * (words[offset / 4] ?? 0)
          expect(end).toBeLessThanOrEqual(4 * words.length)
        }
      }),
      RUNS,
    )
  })
})
