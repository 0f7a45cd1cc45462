import { expect, test } from 'vitest'
import { codeHighlighter } from '#lib/site/render/highlight.ts'

const { html, lines } = codeHighlighter()

/** What is coloured, with the letter of its class before it. */
const coloured = (code: string): string =>
  [...html(code).matchAll(/<span class="(\w)">(.*?)<\/span>/gs)]
    .map(([, by, text]) => `${by} ${text}`)
    .join('\n')

test.each([
  ['of a call its name alone', 'bpf_a(ctx, BPF_F_B)', 'f bpf_a'],
  ['a call in a call', 'a(b(c))', 'f a\nf b'],
  ['no function in a keyword before a parenthesis', 'if (sizeof(int))', 'k if\nk sizeof\nk int'],
  ['a prototype', '__bpf_kfunc int f(const struct a *p__ign)', 'k int\nf f\nk const\nk struct\nk *'],
  ['numbers, and none inside of names', 'x2 = 0x1fUL + 1.5', 'k =\nn 0x1fUL\nk +\nn 1.5'],
  ['constants of the language', 'return NULL', 'k return\nn NULL'],
  ['operators, but no arrow', 'p->a >>= ~b', 'k &gt;&gt;=\nk ~'],
  [
    'strings with what is escaped in them',
    String.raw`"a\"b" 'c' '\''`,
    String.raw`s &quot;a\&quot;b&quot;
s 'c'
s '\''`,
  ],
  ['a string that is left open, to the end of its line', '"a\nint', 's &quot;a\nk int'],
  ['comments', 'a // b', 'c // b'],
  ['a comment of several lines', '/* int\n * "a */ int', 'c /* int\nc  * &quot;a */\nk int'],
  ['a comment after an operator', 'a =/* 1 */b', 'k =\nc /* 1 */'],
  ['what is no comment in a string', '"/* a" int', 's &quot;/* a&quot;\nk int'],
  ['directives', '#include <a.h>', 'k #\nk include\ns &lt;a.h&gt;'],
  ['directives that are indented', '# define A(b) b', 'k # \nk define\nf A'],
  ['included files of our own', '#include "a.h"', 'k #\nk include\ns &quot;a.h&quot;'],
])('colours %s', (_, code, expected) => {
  expect(coloured(code)).toBe(expected)
})

test('gives each line whole, in the state that the line before it left', () => {
  expect(lines('int a; /* b\n\nint */ x')).toEqual([
    [
      { text: 'int', className: 'k' },
      { text: ' a; ', className: '' },
      { text: '/* b', className: 'c' },
    ],
    [],
    [
      { text: 'int */', className: 'c' },
      { text: ' x', className: '' },
    ],
  ])
  expect(lines('int */ x')).toEqual([
    [
      { text: 'int', className: 'k' },
      { text: ' ', className: '' },
      { text: '*/', className: 'k' },
      { text: ' x', className: '' },
    ],
  ])
})
