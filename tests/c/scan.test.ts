import { describe, expect, it } from 'vitest'
import { scan } from '#lib/c/scan.ts'

const read = (text: string) => scan({ path: 'case.c', text })
const words = (text: string) => read(text).tokens.map((token) => `${token.kind} ${token.text}`)

describe('tokens', () => {
  it.each([
    ['int x;', ['name int', 'name x', 'punct ;']],
    [
      'a->b ... >>= ## ?:',
      ['name a', 'punct ->', 'name b', 'punct ...', 'punct >>=', 'punct ##', 'punct ?', 'punct :'],
    ],
    [
      '1.5e-3 0xffUL 0xe+1 .5',
      ['number 1.5e-3', 'number 0xffUL', 'number 0xe', 'punct +', 'number 1', 'number .5'],
    ],
    ['"a \\" /* b" \'\\\'\'', ['string "a \\" /* b"', "char '\\''"]],
    ['"joined \\\n line"', ['string "joined \\\n line"']],
    ['a \\\n b', ['name a', 'name b']],
    ['x /* y */ z // w\nv', ['name x', 'name z', 'name v']],
    ['"open\nnext', ['string "open', 'name next']],
    ['x /* open', ['name x']],
  ])('reads %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('have the offsets of their text', () => {
    const { source, tokens } = read('static const u8 *f(char c) { return "x" + 0x1; }')
    for (const { text, start, end } of tokens) expect(source.text.slice(start, end)).toBe(text)
  })

  it('know their brace depth, each branch of an #if starting from the same one', () => {
    const text = 'a {\n#ifdef X\nif (b) {\n#else\n{\n#endif\nc } }\nd'
    const { tokens, depths } = read(text)
    const depthOf = (name: string) => depths[tokens.findIndex((token) => token.text === name)]
    expect(['a', 'b', 'c', 'd'].map(depthOf)).toEqual([0, 1, 2, 0])
  })
})

describe('comments', () => {
  it('are kept apart from the tokens, those in directives too', () => {
    const { comments, source } = read(
      'a; // one\\\ntwo\n#define KF_ACQUIRE (1 << 0) /* kfunc is an acquire */\n/** doc */',
    )
    expect(comments.map(({ kind, start, end }) => [kind, source.text.slice(start, end)])).toEqual([
      ['line', '// one\\\ntwo'],
      ['block', '/* kfunc is an acquire */'],
      ['block', '/** doc */'],
    ])
  })
})

describe('directives', () => {
  it.each([
    ['#ifdef CONFIG_X', 'ifdef', 'CONFIG_X'],
    ['  # define A', 'define', 'A'],
    ['#define A(x) \\\n\tf(x)', 'define', 'A(x) \tf(x)'],
    ['#if defined(A) /* a\n comment */ && B // end', 'if', 'defined(A)   && B'],
    ['#define URL "http://x"', 'define', 'URL "http://x"'],
    ["#error don't /* do */ this", 'error', "don't   this"],
    ['#', '', ''],
  ])('reads %j', (text, name, rest) => {
    const { directives, tokens } = read(`${text}\nx`)
    expect(directives.map((directive) => [directive.name, directive.text])).toEqual([[name, rest]])
    expect(tokens.map((token) => token.text)).toEqual(['x'])
  })

  it('start a line: a # after code is punctuation', () => {
    expect(read('a # b').directives).toEqual([])
  })
})
