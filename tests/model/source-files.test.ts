import { describe, expect, test } from 'vitest'
import { citedPaths, parseSourceFiles, printSourceFiles } from '#lib/model/source-files.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)

describe('the list of source files', () => {
  test('has a line a file, sorted by path, and is read back', () => {
    const ids = new Map([
      ['net/x.c', B],
      ['Makefile', A],
    ])
    expect(printSourceFiles(ids)).toBe(`${A}  Makefile\n${B}  net/x.c\n`)
    expect(parseSourceFiles(printSourceFiles(ids))).toEqual(ids)
    expect(parseSourceFiles('')).toEqual(new Map())
  })
  test('names the line that is none of its own', () => {
    expect(() => parseSourceFiles(`${A}  Makefile\n${B} net/x.c\n`)).toThrow(
      `line 2: expected an object id, two spaces and a path, saw "${B} net/x.c"`,
    )
  })
})

test('the paths that a value cites are those of its places, however deep', () => {
  const at = (path: string) => ({ path, line: 1 })
  expect([...citedPaths({ a: [at('x.c'), { b: at('y.c') }], path: 'z.c', at: null })]).toEqual(['x.c', 'y.c'])
})
