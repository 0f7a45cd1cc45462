/** The examples that are stored, and the program that compiles them. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it, test } from 'vitest'
import type { StoredExample, StoredExamples } from '#lib/model/examples.ts'
import { withoutKfuncs } from '#scripts/lib/bpf/headers.ts'
import { withVerdicts } from '#scripts/lib/extract/examples-store.ts'

const example = (more: Partial<StoredExample>): StoredExample => ({
  snippet: '0123456789abcdef',
  whole: null,
  function: 'prog',
  section: 'tc',
  programType: null,
  via: null,
  isChoice: false,
  at: { path: 'progs/a.c', line: 1 },
  endLine: 2,
  license: null,
  callLines: [1],
  isFailing: false,
  compiled: null,
  compileError: null,
  ...more,
})
const file = (examples: StoredExample[], compiler: string | null = null): StoredExamples => ({
  format: 1,
  release: '7.3',
  texts: 'own',
  compiler,
  kfuncs: [{ name: 'bpf_f', examples }],
  gaps: [],
})

describe('the verdict on an example', () => {
  const stored = file([example({ compiled: false, compileError: 'no x' })], 'clang 19')

  it('stays when the example is read again', () => {
    expect(withVerdicts(file([example({})]), stored)).toEqual(stored)
  })

  it.each([
    ['another text', { snippet: 'fedcba9876543210' }],
    ['another whole text', { whole: 'fedcba9876543210' }],
    ['another file, which includes from another folder', { at: { path: 'other/a.c', line: 1 } }],
  ])('is not taken over by %s', (_, more) => {
    expect(withVerdicts(file([example(more)]), stored).kfuncs[0]?.examples[0]?.compiled).toBe(null)
  })
})

test('declarations of kfuncs that a program declares itself are left out, and no others', () => {
  const text =
    'struct x;\nextern int bpf_f(struct x *a) __weak __ksym;\nextern void *bpf_g(void) __weak __ksym;\n'
  expect(withoutKfuncs(text, new Set(['bpf_f']))).toBe('struct x;\nextern void *bpf_g(void) __weak __ksym;\n')
})

describe('npm run test:examples', () => {
  const run = (...args: string[]) =>
    spawnSync('npx', ['tsx', 'scripts/test-examples.ts', ...args], { encoding: 'utf8' })

  it.each([[[]], [['--kernels', 'x', '--least', 'some']], [['--foo']]])(
    'called with %j ends with 2 and its usage',
    (args) => {
      const { status, stderr } = run(...args)
      expect(status).toBe(2)
      expect(stderr).toContain('usage: npm run test:examples')
    },
  )
})
