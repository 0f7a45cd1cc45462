import { describe, expect, it } from 'vitest'
import { conditionsAt } from '#lib/c/conditions.ts'
import { scan } from '#lib/c/scan.ts'

function at(text: string): string[] {
  const file = scan({ path: 'case.c', text })
  return conditionsAt(file, text.indexOf('HERE')).map((it) => (it.negated ? `!(${it.text})` : it.text))
}

describe('conditions around an offset', () => {
  it.each([
    ['HERE', []],
    ['#ifdef CONFIG_KEYS\nHERE\n#endif', ['defined(CONFIG_KEYS)']],
    ['#ifdef CONFIG_KEYS\n#endif\nHERE', []],
    ['#ifndef X\nHERE', ['!(defined(X))']],
    ['#ifndef X\n#else\nHERE', ['defined(X)']],
    ['#if IS_ENABLED(CONFIG_A) /* why */ && \\\n B\nHERE', ['IS_ENABLED(CONFIG_A)   &&  B']],
    ['#if A\n#elif B\nHERE\n#endif', ['!(A)', 'B']],
    ['#if A\n#elif B\n#else\nHERE\n#endif', ['!(A)', '!(B)']],
    ['#ifdef A\n#if B\n#endif\n#ifdef C\nHERE\n#endif\n#endif', ['defined(A)', 'defined(C)']],
    ['#ifdef A\n#elifdef B\nHERE\n#endif', ['!(defined(A))', 'defined(B)']],
    ['#ifdef A\n#elifndef B\nHERE\n#endif', ['!(defined(A))', '!(defined(B))']],
    ['#ifdef A\n#elifndef B\n#else\nHERE\n#endif', ['!(defined(A))', 'defined(B)']],
    ['#endif\n#else\n#ifdef A\nHERE', ['defined(A)']],
  ])('of %j', (text, expected) => {
    expect(at(text)).toEqual(expected)
  })

  it('tell the offset of the directive that wrote them', () => {
    const file = scan({ path: 'case.c', text: '\n#if A\n#elif B\nx' })
    expect(conditionsAt(file, 16).map(({ start }) => start)).toEqual([1, 7])
  })
})
