import { describe, expect, it } from 'vitest'
import { docText } from '#lib/site/render/doc-text.ts'

const links = (name: string) => (name.startsWith('bpf_') ? `/7.3/${name}/` : null)
const doc = docText()
const flat = (text: string) =>
  doc
    .blocks(text, links)
    .replaceAll('\n', ' ')
    .replace(/ ?(<\/?(?:ul|ol|li|table|thead|tbody|tr)>) ?/g, '$1')
    .replace(/> </g, '><')

describe('a kernel comment as HTML', () => {
  it.each([
    [
      'identifiers that Markdown would bend stay as they are',
      '__scx_bpf_dsq_insert _x_ __foo__',
      '<p>__scx_bpf_dsq_insert _x_ __foo__</p>',
    ],
    [
      'products and pointers are no emphasis',
      'a*b*c and struct foo *bar, *ptr',
      '<p>a*b*c and struct foo *bar, *ptr</p>',
    ],
    ['an include is no tag', '<uapi/linux/bpf.h>', '<p>&#x3C;uapi/linux/bpf.h></p>'],
    [
      'HTML stays text',
      '<b onclick="x()">y</b> &amp; z',
      '<p>&#x3C;b onclick="<code>x()</code>">y&#x3C;/b> &#x26;amp; z</p>',
    ],
    ['a line that starts with # is no heading', '# not a heading', '<p># not a heading</p>'],
    ['brackets make no link', '[a](b) and ![c](d)', '<p>[a](b) and ![c](d)</p>'],
    ['constants are code', '%NULL or %-EINVAL', '<p><code>NULL</code> or <code>-EINVAL</code></p>'],
    [
      'parameters are code, with their members',
      '@p and @args->dsq_id.',
      '<p><code>p</code> and <code>args->dsq_id</code>.</p>',
    ],
    [
      'types are code',
      '&struct task_struct and &cgroup',
      '<p><code>struct task_struct</code> and <code>cgroup</code></p>',
    ],
    ['literals are code, whatever is in them', '``a | *b* <c>``', '<p><code>a | *b* &#x3C;c></code></p>'],
    [
      'a kfunc with a page is a link',
      'see bpf_x()',
      '<p>see <a href="/7.3/bpf_x/"><code>bpf_x()</code></a></p>',
    ],
    [
      'an address is a link',
      'see https://docs.kernel.org/bpf/kfuncs.html#a_b_c, <http://x.org/~y/>',
      '<p>see <a href="https://docs.kernel.org/bpf/kfuncs.html#a_b_c">https://docs.kernel.org/bpf/kfuncs.html#a_b_c</a>, &#x3C;<a href="http://x.org/~y/">http://x.org/~y/</a>></p>',
    ],
    [
      'a word between stars is stressed',
      'the supplied *file*, a *b and 2 * 3 * 4',
      '<p>the supplied <em>file</em>, a *b and 2 * 3 * 4</p>',
    ],
    ['what GitHub strikes out stays', 'a ~~b~~ c', '<p>a ~~b~~ c</p>'],
    ['a function without a page is code', 'see schedule()', '<p>see <code>schedule()</code></p>'],
    ['paragraphs are parted by empty lines', 'one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
    ['bullets are a list', '* one\n  more\n* two', '<ul><li>one more</li><li>two</li></ul>'],
    [
      'dashes and numbers are lists',
      '- one\n- two\n\n1. first\n2) second',
      '<ul><li>one</li><li>two</li></ul><ol><li>first</li><li>second</li></ol>',
    ],
    [
      'a list in a list stays inside it',
      '* one:\n  - in\n* two',
      '<ul><li>one:<ul><li>in</li></ul></li><li>two</li></ul>',
    ],
    ['a minus before a number is no bullet', '-EINVAL when wrong', '<p>-EINVAL when wrong</p>'],
    [
      'what follows two colons is code',
      'Use::\n\n  int *x = a*b;\n\n  y();\n\nthen',
      '<p>Use:</p><pre><code>int *x = a*b;  y(); </code></pre><p>then</p>',
    ],
    [
      'what is indented after an empty line is code',
      'Use\n\n\tfoo(*x);',
      '<p>Use</p><pre><code>foo(*x); </code></pre>',
    ],
    ['an indented line that goes on a paragraph is no code', 'one\n    two', '<p>one two</p>'],
    [
      'a grid is a table',
      '+---+---+\n| a | b |\n+===+===+\n| 1 | x |\n|   | y |\n+---+---+',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x y</td></tr></tbody></table>',
    ],
    [
      'columns under rules are a table',
      '=== ===\nA   B\n=== ===\n1   a|b\n=== ===',
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>a|b</td></tr></tbody></table>',
    ],
    ['an empty text is nothing', '', ''],
  ])('%s', (_, text, html) => expect(flat(text)).toBe(html))

  it('keeps one paragraph inside a line, more as blocks', () => {
    expect(doc.inline('one %X', links)).toBe('one <code>X</code>')
    expect(doc.inline('one\n\ntwo', links)).toBe('<p>one</p>\n<p>two</p>')
  })

  it('has code beside code', () => {
    expect(doc.inline('%s-%zu', links)).toBe('<code>s-</code><code>zu</code>')
  })

  it('goes on with a list whose numbers do not start at one', () => {
    expect(flat('2. two\n3. three\n- in words\n4. four')).toBe(
      '<ol start="2"><li>two</li><li>three</li></ol><ul><li>in words</li></ul><ol start="4"><li>four</li></ol>',
    )
  })

  it('links the same text differently where other pages exist', () => {
    expect(doc.inline('bpf_y()', () => null)).toBe('<code>bpf_y()</code>')
    expect(doc.inline('bpf_y()', () => '/6.1/bpf_y/')).toBe('<a href="/6.1/bpf_y/"><code>bpf_y()</code></a>')
  })
})
