import { describe, expect, test } from 'vitest'
import { findBtfIdSets } from '#lib/btf/id-sets.ts'
import { BtfBuilder, wordBytes } from '../support/btf-bytes.ts'

/** A table whose ids 1 to 9 are structs, and 10 to 19 the functions f10 to f19. */
function table(littleEndian = true) {
  const builder = new BtfBuilder({ littleEndian })
  while (builder.nextId < 9) builder.struct(`s${builder.nextId}`)
  const proto = builder.funcProto(0)
  while (builder.nextId < 20) builder.func(`f${builder.nextId}`, proto)
  return builder.parse()
}
const btf = table()

/** Found sets on one line each: "offset/flags: name=flags …". */
function found(words: number[], of = btf): string[] {
  return findBtfIdSets(wordBytes(words, of.littleEndian), of).map(({ offset, flags, entries }) => {
    return `${offset}/${flags}: ${entries.map((entry) => `${entry.name}=${entry.flags}`).join(' ')}`
  })
}

const LIST = [3, 12, 14, 0, 16, 5]
const SET = [3, 11, 13, 15]

describe('a set8 is found', () => {
  test.each<[string, number[], string[]]>([
    ['alone', [2, 1, 10, 7, 12, 0x60000], ['0/1: f10=7 f12=393216']],
    ['with one entry', [1, 1, 10, 0], ['0/1: f10=0']],
    ['with any flag', [2, 1, 10, 0x100000, 12, 0x80000001], ['0/1: f10=1048576 f12=2147483649']],
    ['without a flags word of its own', [2, 0, 10, 7, 12, 0], ['0/0: f10=7 f12=0']],
    ['behind a list', [...LIST, 1, 1, 10, 0], ['24/1: f10=0']],
    ['behind a set', [...SET, 1, 1, 10, 0], ['16/1: f10=0']],
    ['between lists and sets', [...SET, ...LIST, 2, 1, 10, 0, 11, 0, ...SET], ['40/1: f10=0 f11=0']],
    [
      'right behind another',
      [1, 1, 10, 1, 2, 1, 11, 0, 12, 1, 1, 0, 13, 1],
      ['0/1: f10=1', '16/1: f11=0 f12=1', '40/0: f13=1'],
    ],
    ['with entries that were not resolved', [3, 1, 0, 1, 0, 2, 12, 4], ['0/1: f12=4']],
  ])('%s', (_, words, sets) => {
    expect(found(words)).toEqual(sets)
  })

  test('in big-endian order', () => {
    expect(found([1, 1, 10, 7], table(false))).toEqual(['0/1: f10=7'])
  })
})

describe('no set8 is seen', () => {
  test.each<[string, number[]]>([
    ['in nothing', []],
    ['in a list of ids', [10, 11, 12, 13]],
    ['in a set of ids', [4, 11, 12, 13, 14]],
    ['in a set that begins with ids that were not resolved', [5, 0, 0, 12, 13, 14, 15, 16, 17, 18, 19]],
    ['where an entry that was not resolved stands behind one that was', [2, 1, 12, 0, 0, 0]],
    ['where nothing was resolved', [2, 1, 0, 0, 0, 4]],
    ['where ids do not ascend', [2, 1, 12, 0, 11, 0]],
    ['where an id stands twice', [2, 1, 12, 0, 12, 0]],
    ['where an id is no function', [1, 1, 4, 0]],
    ['where an id is not in the table', [1, 1, 20, 0]],
    ['where the entries would run out of the section', [2, 1, 12, 0, 13]],
    ['where a set of an older release has flags of a later one', [1, 0, 12, 0x1000]],
    ['where the set has other flags', [1, 2, 12, 0]],
    ['where nothing is resolved', [2, 1, 0, 0, 0, 4]],
    ['where it says that it is empty', [0, 1, 12, 0]],
  ])('%s', (_, words) => {
    expect(found(words)).toEqual([])
  })
})

test('a flagged set is not lost to a flagless one that seems to begin before it', () => {
  // Read from the first word this is a set8 with no flags and the entries f10=2, f11=1.
  expect(found([2, 0, 10, 2, 1, 1, 11, 3])).toEqual(['16/1: f11=3'])
  expect(found([3, 0, 10, 1, 1, 12, 3, 13])).toEqual(['12/1: f12=3'])
})

test("a module's set names only functions of the module", () => {
  const builder = new BtfBuilder({ base: btf })
  builder.func('own', 9)
  const module = builder.parse('module')
  expect(found([1, 1, 20, 4, 1, 1, 12, 0], module)).toEqual(['0/1: own=4'])
})

test('a section that is not made of words is refused', () => {
  expect(() => findBtfIdSets(new Uint8Array(6), btf)).toThrow(
    'test: .BTF_ids has 6 bytes, a multiple of 4 expected',
  )
})
