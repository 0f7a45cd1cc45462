import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findFunctions } from '#lib/c/functions.ts'
import { commentAbove, isDocumentation, parseKernelDoc } from '#lib/c/kernel-doc.ts'
import { scan } from '#lib/c/scan.ts'

const fixtures = new URL('fixtures/', import.meta.url)

function read(path: string, text: string) {
  const file = scan({ path, text })
  return findFunctions(file).map((fn) => {
    const comment = commentAbove(file, fn)
    const isDoc = comment !== null && isDocumentation(comment, fn.name)
    return {
      function: fn.declaration.text,
      isDocumentation: isDoc,
      doc: comment && parseKernelDoc(comment.text),
    }
  })
}

describe('real comments', () => {
  for (const name of readdirSync(fixtures)
    .filter((entry) => entry.endsWith('.c'))
    .sort()) {
    it(`are read as written down: ${name}`, () => {
      const found = read(name, readFileSync(new URL(name, fixtures), 'utf8'))
      const twin = new URL(name.replace(/\.c$/, '.json'), fixtures)
      if (process.env.UPDATE) writeFileSync(twin, `${JSON.stringify(found, null, 2)}\n`)
      expect(found).toEqual(JSON.parse(readFileSync(twin, 'utf8')))
    })
  }
})

describe('the comment above a function', () => {
  const above = (text: string) => {
    const file = scan({ path: 'case.c', text })
    const [fn] = findFunctions(file)
    return fn ? (commentAbove(file, fn)?.text ?? null) : undefined
  }

  it.each([
    ['is the one on the lines above', '/* a */\n/** b */\nint f(void) { }', '/** b */'],
    [
      'is the kernel-doc over a one-line remark',
      '/**\n * f - x\n */\n/* called from syscall */\nint f(void) { }',
      '/**\n * f - x\n */',
    ],
    ['is the remark itself without a kernel-doc', 'int g;\n/* remark */\nint f(void) { }', '/* remark */'],
    ['stands over the attribute lines', '/** a */\n__printf(1, 0)\nint f(void) { }', '/** a */'],
    ['is not the one behind other code', 'int g; /* about g */\nint f(void) { }', null],
    ['is not parted by a blank line', '/* a section */\n\nint f(void) { }', null],
    ['is not parted by a directive', '/* a */\n#ifdef X\nint f(void) { }', null],
    ['is not inside the definition', 'int /* a */ f(void) { }', null],
  ])('%s', (_title, text, expected) => {
    expect(above(text)).toBe(expected)
  })
})

describe('documentation', () => {
  it.each([
    ['/** anything */', true],
    ['/* bpf_x - text */', true],
    ['/* bpf_x: text */', true],
    ['/* bpf_x() does */', true],
    ['/*\n * bpf_x\n * text */', true],
    ['/* bpf_y - text\n * @p: copied from a neighbour */', true],
    ['/* bpf_xy - text */', false],
    ['/* bpf_x is slow. */', false],
    ['/* COMPAT: Will be removed in v6.23. */', false],
    ['/* Slow start is used when the window is small. */', false],
  ])('%j: %s', (text, expected) => {
    expect(isDocumentation({ text, isKernelDoc: text.startsWith('/**') }, 'bpf_x')).toBe(expected)
  })
})

describe('a kernel-doc comment', () => {
  const doc = (...lines: string[]) =>
    parseKernelDoc(`/**\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`)

  it.each([
    ['f - text', 'f', 'text'],
    ['f() - text', 'f', 'text'],
    ['f(a, b) - text', 'f', 'text'],
    ['f: text', 'f', 'text'],
    ['f', 'f', ''],
    ['f()', 'f', ''],
    ['A sentence of its own.', null, 'A sentence of its own.'],
  ])('headed %j', (line, name, summary) => {
    expect(doc(line, '@p: x')).toMatchObject({ name, summary, parameters: { p: 'x' }, body: '' })
  })

  it('may wrap its summary', () => {
    expect(doc('f - one', 'two', '@a: x')).toMatchObject({ summary: 'one two' })
  })

  it.each([
    ['@a: text', { a: 'text' }],
    ['@a - text', { a: 'text' }],
    ['@a\t- text', { a: 'text' }],
    ['@a\ttext', { a: 'text' }],
    ['@a:text', { a: 'text' }],
    ['@...: the rest', { '...': 'the rest' }],
    ['@a: one\n *     two', { a: 'one two' }],
    [
      '@a: one\n *     @a->b: two\n *       three\n *     @a->c: four',
      { a: 'one\n- @a->b: two three\n- @a->c: four' },
    ],
    ['@a: one of\n *     - x\n *     - y', { a: 'one of\n- x\n- y' }],
  ])('with the parameter %j', (line, parameters) => {
    expect(doc('f - x', 'Parameters:', line).parameters).toEqual(parameters)
  })

  it.each([
    [['Return: 0'], '0'],
    [['Returns: 0', '   or 1'], '0\nor 1'],
    [['RETURN:', '* %0 - ok', '* %1 - more', '  text'], '* %0 - ok\n* %1 - more\n  text'],
    [['Return value: 0'], '0'],
    [['@return: 0'], '0'],
    [['@returns %0 on success'], '%0 on success'],
    [['', 'Returns 0 on success.', '', 'More.'], 'Returns 0 on success.'],
    [['', 'It copies.', 'Returns 0 on success.'], 'Returns 0 on success.'],
    [['Return:', '* true - yes', '', 'A pointer may be passed.'], '* true - yes'],
    [['Return: one of', '', '* 0', '* 1'], 'one of\n\n* 0\n* 1'],
    [['Returns:', '', '0'], '0'],
    [['', 'It may return 0.'], null],
    [['', 'It returns what others', 'return in this case.'], null],
  ])('with the return value %j', (lines, returns) => {
    expect(doc('f - x', '@a: y', ...lines).returns).toBe(returns)
  })

  it('keeps paragraphs, lists and other sections in the body', () => {
    const { body, returns } = doc(
      'f - x',
      '@a: y',
      '',
      'One  ',
      'paragraph.',
      '',
      '',
      '* item',
      '  more',
      '',
      'Return: 0',
      'Context: Any.',
      '  Takes a lock.',
    )
    expect(body).toBe('One\nparagraph.\n\n* item\n  more\n\nContext: Any.\n  Takes a lock.')
    expect(returns).toBe('0')
  })

  it('goes on with its text after the parameters, at the first blank line', () => {
    expect(doc('f - x', '@a: y', '', 'Text about @a: it is good.')).toMatchObject({
      parameters: { a: 'y' },
      body: 'Text about @a: it is good.',
    })
  })
})
