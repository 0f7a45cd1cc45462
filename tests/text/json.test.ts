/** JSON with places: the value that keys lead to, and the character at which a text stops being JSON. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonError, parseJson, placeOfKeys } from '#lib/text/json.ts'

const TEXT = `{
  "a": ["x", "a"],
  "b": { "a\\"": [1, { "a": null }], "x": "a" }
}
`

describe('the place of a value', () => {
  test.each([
    [[], '1:1'],
    [['a'], '2:8'],
    [['a', 1], '2:14'],
    [['b', 'a"', 0], '3:18'],
    [['b', 'a"', 1, 'a'], '3:28'],
    [['b', 'x'], '3:42'],
    [['b', 'none', 'x'], '3:8'],
    [['a', 2], '2:8'],
  ])('%j is at %s, or at the last value on the way', (keys, expected) => {
    const { line, column } = placeOfKeys({ path: 'a.json', text: TEXT }, keys)
    expect(`${line}:${column}`).toBe(expected)
  })
})

describe('a text that is no JSON', () => {
  test.each([
    ['', 'a.json:1:1: the file ends'],
    ['{"a": 1,}', 'a.json:1:9: saw "}"'],
    ['{\n  "a": x }', 'a.json:2:8: saw "x"'],
    ['[1 2]', 'a.json:1:4: saw "2]"'],
    ['[1] 2', 'a.json:1:5: saw "2"'],
    ['["a', 'a.json:1:2: saw "\\"a"'],
    ['{"a" 1}', 'a.json:1:6: saw "1}"'],
    ['{"a":', 'a.json:1:6: the file ends'],
    ['[01]', 'a.json:1:3: saw "1]"'],
  ])('%j is told with its place', (text, expected) => {
    expect(() => parseJson({ path: 'a.json', text })).toThrow(
      `${expected} where JSON goes on otherwise; correct the syntax`,
    )
  })

  test('is found whatever is taken out of a text or put into it', () => {
    const mark = fc.constantFrom('', ...'{}[],:"\\0-.eE+n \u0001')
    fc.assert(
      fc.property(fc.json(), fc.nat(), mark, (json, at, put) => {
        const offset = at % (json.length + 1)
        const text = json.slice(0, offset) + put + json.slice(offset + 1)
        try {
          expect(parseJson({ path: 'a.json', text })).toEqual(JSON.parse(text))
        } catch (error) {
          expect(error).toBeInstanceOf(JsonError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
