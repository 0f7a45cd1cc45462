import { describe, expect, test } from 'vitest'
import { draw, randomNumbers } from '#scripts/lib/mutate/draw.ts'
import { mutationReport, type Tried } from '#scripts/lib/mutate/report.ts'

describe('a sample', () => {
  const all = Array.from({ length: 100 }, (_, i) => i)

  test('is the same for the same seed, and another for another', () => {
    expect(draw(all, 10, 1)).toEqual(draw(all, 10, 1))
    expect(draw(all, 10, 1)).not.toEqual(draw(all, 10, 2))
  })

  test('has no mutant twice, in the order of the code', () => {
    const drawn = draw(all, 40, 7)
    expect(new Set(drawn).size).toBe(40)
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b))
  })

  test('is all of them where fewer are there than wanted', () => {
    expect(draw([1, 2, 3], 10, 1)).toEqual([1, 2, 3])
  })

  test('draws each about as often as any other', () => {
    const times = new Map<number, number>()
    for (let seed = 0; seed < 500; seed++)
      for (const one of draw(all, 10, seed)) times.set(one, (times.get(one) ?? 0) + 1)
    for (const one of all) expect(times.get(one)).toBeGreaterThan(20)
  })

  test('comes from numbers from 0 up to 1', () => {
    const random = randomNumbers(1)
    const numbers = Array.from({ length: 1000 }, random)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    expect(Math.max(...numbers)).toBeGreaterThan(0.9)
  })
})

describe('the report', () => {
  const at = (fileName: string, status: Tried['status'], constant = false): Tried => ({
    fileName,
    status,
    static: constant,
    mutatorName: 'EqualityOperator',
    replacement: 'a  <\n b',
    location: { start: { line: 11, column: 4 }, end: { line: 11, column: 9 } },
  })

  test('counts by folder, in all, and for constants apart; names what was not killed, as editors count', () => {
    const tried = [
      at('src/lib/c/scan.ts', 'Killed'),
      at('src/lib/c/scan.ts', 'Survived'),
      at('src/lib/btf/print.ts', 'Timeout', true),
      at('src/lib/btf/print.ts', 'NoCoverage', true),
    ]
    expect(mutationReport(tried)).toEqual({
      killedShare: 0.5,
      lines: [
        'src/lib/btf: 1 of 2 killed (50.0 %)',
        'src/lib/c: 1 of 2 killed (50.0 %)',
        'in all: 2 of 4 killed (50.0 %)',
        'of module-level constants: 1 of 2 killed',
        '',
        'not killed:',
        'src/lib/btf/print.ts:12:5  no test runs it, a constant  EqualityOperator  a < b',
        'src/lib/c/scan.ts:12:5  survived  EqualityOperator  a < b',
      ],
    })
  })

  test('of no mutants asks for nothing', () => {
    expect(mutationReport([])).toEqual({
      killedShare: 1,
      lines: ['in all: 0 of 0 killed', 'of module-level constants: 0 of 0 killed'],
    })
  })
})
