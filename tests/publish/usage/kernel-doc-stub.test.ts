import { describe, expect, test } from 'vitest'
import type { Doc, Kfunc } from '#lib/model/published.ts'
import { coverageOf } from '#lib/publish/coverage.ts'
import { kernelDocStub, missingDoc } from '#lib/publish/usage/kernel-doc-stub.ts'
import { release } from '../history/history-fixture.ts'
import { withRules } from '../rules/rules-fixture.ts'
import { made } from './usage-fixture.ts'

const doc = (parts: Partial<Doc>): Doc => ({
  summary: '',
  body: '',
  parameters: {},
  returns: null,
  at: { path: 'a.c', line: 1 },
  license: null,
  ...parts,
})
const stub = (kfunc: Kfunc): string[] => kernelDocStub(kfunc, withRules(release('7.3', [kfunc]))).split('\n')

describe('what a comment lacks', () => {
  test('is all of it where there is none', () => {
    expect(missingDoc(made('f', 'int', ['u32 a']))).toEqual({
      summary: true,
      parameters: ['a'],
      returns: true,
    })
  })

  test('is nothing where it tells of each part; what returns nothing needs no word on it', () => {
    const whole = doc({ summary: 'does it', parameters: { a: 'how often' } })
    expect(missingDoc(made('f', 'void', ['u32 a'], '', { doc: whole }))).toBe(null)
  })

  test('is one part where the others are there', () => {
    const most = doc({ summary: 'does it', returns: '0' })
    expect(missingDoc(made('f', 'int', ['u32 a'], '', { doc: most }))).toEqual({
      summary: false,
      parameters: ['a'],
      returns: false,
    })
  })
})

describe('a comment to start from', () => {
  test('keeps what the kernel says, gives facts, and asks for the rest', () => {
    const some = doc({ parameters: { a: 'how often' } })
    expect(
      stub(made('f', 'struct x *', ['u32 a', 'u64 id__k'], 'ACQUIRE RET_NULL SLEEPABLE', { doc: some })),
    ).toEqual([
      '/**',
      ' * f() - <what it does>',
      ' * @a: how often',
      ' * @id__k: <what to pass>; a constant that is known when the program is loaded',
      ' *',
      ' * <when to call it, and what to watch for>',
      ' *',
      ' * Context: May sleep.',
      ' *',
      ' * Return: a reference to <what>, to be released by <kfunc>(), or NULL when <why>',
      ' */',
    ])
  })

  test('of a function that returns nothing says nothing of it', () => {
    expect(stub(made('f', 'void', [])).some((line) => line.includes('Return'))).toBe(false)
  })
})

test('coverage counts kfuncs, parameters and who describes them', () => {
  const told = doc({ summary: 'does it', parameters: { a: 'how often' }, returns: '0' })
  const kfuncs = [made('f', 'int', ['u32 a'], '', { doc: told }), made('g', 'int', ['u32 b', 'u32 c'])]
  expect(coverageOf(withRules(release('7.3', kfuncs)), kfuncs)).toEqual({
    kfuncs: 2,
    documented: 1,
    complete: 1,
    withExample: 0,
    withCompiled: 0,
    parameters: 3,
    described: 1,
    composed: 2,
    gaps: 0,
  })
})
