import { describe, expect, it } from 'vitest'
import { firstFrom, indexesOf, tokensBetween } from '#lib/c/locate.ts'
import { textOf } from '#lib/c/match.ts'
import { scan } from '#lib/c/scan.ts'

describe('the tokens that are a name', () => {
  const at = (text: string, ...names: string[]) => indexesOf(scan({ path: 'case.c', text }), names)

  it.each([
    ['a = aa + a_a + a', ['a'], [0, 6]],
    ['b a b', ['a', 'b'], [0, 1, 2]],
    ['/* a */ "a" \'a\' x->a', ['a'], [4]],
    ['#define a b\nb', ['a', 'b'], [0]],
    ['a', ['', 'c'], []],
    ['', ['a'], []],
  ])('in %j, of %j, are %j', (text, names, expected) => {
    expect(at(text, ...names)).toEqual(expected)
  })
})

describe('the tokens between two offsets', () => {
  const text = 'int f(void) { return 1; }'
  it.each([
    [0, 3, 'int'],
    [1, 8, 'f('],
    [0, text.length, 'int f(void) { return 1; }'],
    [13, 20, 'return'],
    [20, 21, ''],
    [9, 4, ''],
  ])('%i and %i are %j', (start, end, expected) => {
    expect(textOf(tokensBetween(scan({ path: 'case.c', text }), start, end))).toBe(expected)
  })
})

it.each([
  [0, 0],
  [1, 1],
  [5, 1],
  [6, 2],
])('of what starts at 0 and at 5, the first from %i on has the index %i', (offset, expected) => {
  expect(firstFrom([{ start: 0 }, { start: 5 }], offset)).toBe(expected)
})
