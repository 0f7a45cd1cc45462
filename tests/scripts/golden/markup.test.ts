import { describe, expect, test } from 'vitest'
import { markupLines, withoutHashes } from '#scripts/lib/golden/markup.ts'

const PAGE = '<p class="a b" id="x">One <b>word</b> &amp; more</p>'

describe('the same is said by', () => {
  test.each([
    ['attributes in another order', '<p id="x" class="a b">One <b>word</b> &amp; more</p>'],
    ['attributes without quotes', '<p id=x class="a b">One <b>word</b> &amp; more</p>'],
    ['white space in a list of classes', '<p class=" a  b " id="x">One <b>word</b> &amp; more</p>'],
    ['white space beside blocks', '\n <p class="a b" id="x"> One\n <b>word</b> &amp; more\n</p>\n'],
    ['another way to write a character', '<p class="a b" id="x">One <b>word</b> &#38; more</p>'],
    ['a comment', '<!-- x --><p class="a b" id="x">One <b>word</b> &amp; <!-- y -->more</p>'],
  ])('%s', (_, html) => {
    expect(markupLines(html)).toEqual(markupLines(PAGE))
  })
  test('another hash in the name of a script', () => {
    expect(markupLines('<script src="/_astro/query.B2EfuS32.js"></script>')).toEqual(
      markupLines('<script src="/_astro/query.D-In_PzJ.js"></script>'),
    )
  })
})

describe('another thing is said by', () => {
  test.each([
    ['another word', '<p class="a b" id="x">One <b>world</b> &amp; more</p>'],
    ['another element', '<p class="a b" id="x">One <i>word</i> &amp; more</p>'],
    ['another class', '<p class="a" id="x">One <b>word</b> &amp; more</p>'],
    ['words that are run together', '<p class="a b" id="x">One<b>word</b> &amp; more</p>'],
    ['text outside of the element', '<p class="a b" id="x">One <b>word &amp;</b> more</p>'],
  ])('%s', (_, html) => {
    expect(markupLines(html)).not.toEqual(markupLines(PAGE))
  })
  test('white space in code', () => {
    expect(markupLines('<pre>a  b</pre>')).not.toEqual(markupLines('<pre>a b</pre>'))
  })
  test('markup in a script, which is its text', () => {
    expect(markupLines('<script>a("<b>")</script>')).toEqual(['<script>', '|a("<b>")', '</script>'])
  })
})

test('only what looks like a hash of a script or style is taken out', () => {
  expect(withoutHashes('/_astro/index.Bt7q46KU.js /6.12/kfuncs.h /data/6.12.json')).toBe(
    '/_astro/index.js /6.12/kfuncs.h /data/6.12.json',
  )
})
