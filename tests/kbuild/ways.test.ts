/** Ways to configure a kernel: what is joined, and what is said twice. */
import { expect, test } from 'vitest'
import { allOf, anyOf, NEVER, type Ways } from '#lib/kbuild/ways.ts'

/** "CONFIG_A=ym CONFIG_B=n | text" as one way. */
const way = (text: string): Ways => {
  const [symbols = '', ...other] = text.split(' | ')
  const pairs = symbols
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split('='))
  return [{ symbols: new Map(pairs.map(([name = '', values = '']) => [name, values])), other }]
}
const print = (ways: Ways): string[] =>
  ways.map(({ symbols, other }) =>
    [[...symbols].map((pair) => pair.join('=')).join(' '), ...other].join(' | '),
  )

test.each([
  ['of two, the one that asks for less', ['A=ym', 'A=ym B=y'], ['A=ym']],
  ['of two that ask for the same, one', ['A=y', 'A=y'], ['A=y']],
  ['a value that another one has among others', ['A=y', 'A=ym'], ['A=ym']],
  ['both, where a text is asked for by one and a symbol by the other', ['A=y', ' | t'], ['A=y', ' | t']],
  ['both, where each has a text of its own', ['A=y | s', 'A=y | t'], ['A=y | s', 'A=y | t']],
  ['of two, the one without a text', ['A=y | t', 'A=y'], ['A=y']],
])('any of two ways keeps %s', (_, ways, expected) => {
  expect(print(anyOf(...ways.map(way)))).toEqual(expected)
})

test('all of two ways is what both allow, nothing where they contradict each other', () => {
  expect(print(allOf(way('A=ym | s'), way('A=y B=n | t')))).toEqual(['A=y B=n | s | t'])
  expect(allOf(way('A=y'), way('A=n'))).toEqual(NEVER)
})
