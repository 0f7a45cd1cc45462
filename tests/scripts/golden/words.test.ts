import { expect, test } from 'vitest'
import { pageText } from '#scripts/lib/golden/page-text.ts'
import { difference, lineDifference } from '#scripts/lib/golden/words.ts'

const page = (word: string, attributes = ''): string =>
  `<!doctype html><html><head><title>T</title><script>code</script></head><body><main><h2>Head</h2><p>One ${word}, <a${attributes} href="/x/">led</a> on.</p></main></body></html>`

test('a page is told as text', () => {
  const html = `<title>T</title><meta name="description" content="About it."><h1>A <code>b</code></h1>
    <p>Text <a href="/x/">with
    a link</a>.</p><table><tr><th>H</th><td colspan="2">c <a href="#d">d</a></td></tr></table>
    <pre>  code
      more
</pre><dl><dt>term</dt><dd>meaning</dd></dl><ul><li>item</li><li><p>in a paragraph</p></li></ul>
    <select><option>a</option><option>b</option></select><svg aria-label="P"><text>t</text></svg>`
  expect(pageText(html)).toEqual([
    'T',
    'About it.',
    '# A b',
    'Text [with a link](/x/).',
    '| H | c [d](#d) (2 columns) |',
    '      code',
    '          more',
    ': term',
    'meaning',
    '- item',
    '- in a paragraph',
    '{a; b; }{picture: P}',
  ])
})

test('one word of a page is told', () => {
  expect(difference('7.3/bpf_a/index.html', page('word'), page('world'))).toEqual([
    '  ## Head',
    '- One word, [led](/x/) on.',
    '+ One world, [led](/x/) on.',
  ])
  expect(difference('7.3/bpf_a/index.html', page('word'), page('word'))).toEqual([])
})

test('markup is told where no word differs', () => {
  expect(difference('7.3/bpf_a/index.html', page('word'), page('word', ' class="k"'))).toEqual([
    '  |One word, ',
    '- <a href="/x/">',
    '+ <a class="k" href="/x/">',
    '  |led',
  ])
})

test('a value of data is told with the way to it', () => {
  const data = (flags: string[]) =>
    JSON.stringify({
      kfuncs: [
        { name: 'bpf_a', flags: ['KF_A'] },
        { name: 'bpf_b', flags },
      ],
    })
  expect(difference('data/7.3.json', data(['KF_B']), data(['KF_C']))).toEqual([
    '  kfuncs[bpf_b].name: "bpf_b"',
    '- kfuncs[bpf_b].flags[0]: "KF_B"',
    '+ kfuncs[bpf_b].flags[0]: "KF_C"',
  ])
  expect(difference('data/index.json', '{"a":1}', '{ "a": 1 }')).toEqual(['- {"a":1}', '+ { "a": 1 }'])
})

test('of a long line what differs is shown', () => {
  const line = (word: string): string => `${'before '.repeat(40)}${word}${' after'.repeat(40)}`
  const told = lineDifference([line('old')], [line('new')])
  expect(told).toHaveLength(2)
  expect(told[0]).toMatch(/^- ….*before old after.*…$/)
  expect(told[1]).toMatch(/^\+ ….*before new after.*…$/)
})

test('texts with little in common are told by where they part', () => {
  const lines = (word: string): string[] => [
    'same',
    ...Array.from({ length: 5000 }, (_, i) => `${word} ${i}`),
  ]
  expect(lineDifference(lines('a'), lines('b'))).toEqual([
    '- a 0',
    '+ b 0',
    '  ... and more than 2000 lines that came or went after line 2',
  ])
})
