import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsAt } from '#lib/c/conditions.ts'
import { parseDeclaration, parseTypedefs } from '#lib/c/declare.ts'
import { defineBefore, expandMacros, findDefines } from '#lib/c/defines.ts'
import { findFunctions } from '#lib/c/functions.ts'
import { findInitialisers } from '#lib/c/initialisers.ts'
import { commentAbove, isDocumentation, parseKernelDoc } from '#lib/c/kernel-doc.ts'
import { findCalls, textOf } from '#lib/c/match.ts'
import { scan } from '#lib/c/scan.ts'
import { readSwitch } from '#lib/c/switches.ts'

const pieces =
  '( ) { } [ ] ; , * & # ## : = . -> ... " \' \\ /* */ /** // \n \t @a: Return: int struct s const f x __user __bpf_kfunc static typedef switch case default return #define\tM M( #if #ifdef #else #elif #endif 0x1 é \u{0}'.split(
    ' ',
  )
const oddText = fc.oneof(
  fc.array(fc.constantFrom(...pieces, ' '), { maxLength: 120 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...pieces, ' '), { maxLength: 120 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
)

function readAll(text: string): void {
  const file = scan({ path: 'odd.c', text })
  const defines = findDefines(file)
  for (const fn of findFunctions(file)) {
    const comment = commentAbove(file, fn)
    if (comment) isDocumentation(comment, fn.name)
  }
  conditionsAt(file, text.length)
  findCalls(file, new Set(['f', 'M']))
  findInitialisers(file, 's')
  parseTypedefs(file)
  parseDeclaration(file.tokens)
  readSwitch(file.tokens)
  parseKernelDoc(text)
  textOf(expandMacros(file.tokens, (name, offset) => defineBefore(defines, name, offset)))
}

describe('any text', () => {
  it('is read without an error', () => {
    fc.assert(
      fc.property(oddText, (text) => readAll(text)),
      { numRuns: 500 },
    )
  })

  it('is covered by tokens, comments and directives, but for space and joined lines', () => {
    const isCovered = (text: string) => {
      const { tokens, comments, directives, depths } = scan({ path: 'odd.c', text })
      let rest = [...text.split('')]
      for (const { start, end } of [...tokens, ...comments, ...directives]) {
        expect(end).toBeGreaterThan(start)
        rest = rest.fill(' ', start, end)
      }
      expect(depths.length).toBe(tokens.length)
      expect(
        rest
          .join('')
          .replace(/\\\r?\n/g, '')
          .replace(/[\s\0\ufeff]/g, ''),
      ).toBe('')
    }
    fc.assert(fc.property(oddText, isCovered), { numRuns: 500 })
  })

  it.each([
    '(',
    '{',
    '"',
    '/*',
    '#if\n',
    'f(',
    'int f(int a',
    'typedef ',
    'f(M)(',
    '* ',
    '@a: ',
    '/**\n',
    'struct s x = {',
  ])('takes little time when it repeats %j', (piece) => {
    const began = performance.now()
    readAll(piece.repeat(500))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
