import { describe, expect, it } from 'vitest'
import type { Example } from '#lib/model/published.ts'
import { compiledText, exampleHtml } from '#lib/site/render/example-html.ts'
import { codeHighlighter } from '#lib/site/render/highlight.ts'

const example: Example = {
  function: 'prog',
  section: 'tc',
  programType: null,
  code: 'int x;\nbpf_f(&x);\n',
  at: { path: 'a.c', line: 1 },
  endLine: 2,
  license: null,
  via: null,
  isChoice: false,
  callLines: [2],
  isFailing: false,
  isShortened: false,
  compiled: true,
  compileError: null,
}

describe('the code of an example', () => {
  it('is plain text with the calling lines marked', () => {
    expect(exampleHtml(example, null)).toBe('int x;\n<span class="call">bpf_f(&amp;x);</span>\n')
  })

  it('is marked in colour too', () => {
    const text = exampleHtml(example, codeHighlighter())
    expect(text).toMatch(/^<span class="k">int<\/span> x;\n<span class="call">/)
    expect(text).toMatch(/;<\/span>\n$/)
  })
})

describe('what became of it', () => {
  it.each([
    [{}, 'It compiles with clang 19 against the headers of this release.'],
    [
      { isShortened: true },
      'Before it was shortened it compiles with clang 19 against the headers of this release.',
    ],
    [{ compiled: false, compileError: 'no x' }, 'It does not compile by itself with clang 19: no x'],
    [{ compiled: null }, ''],
  ])('%j is said so', (more, text) => {
    expect(compiledText({ ...example, ...more }, 'clang 19')).toBe(text)
  })
})
