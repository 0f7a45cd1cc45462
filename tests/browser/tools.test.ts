import { expect, test } from 'vitest'
import type { Kfunc } from '#lib/model/published.ts'
import { callText } from '#lib/site/kfunc/call-text.ts'
import { repositoryLinks } from '#lib/site/links/repository-links.ts'

const parameter = (name: string, suffix: string | null = null, fixed: string | null = null) => ({
  name,
  type: 'int',
  suffix,
  implicit: fixed !== null,
  fixed,
  doc: null,
})
const kfunc = (...parameters: ReturnType<typeof parameter>[]): Pick<Kfunc, 'name' | 'prototype'> => ({
  name: 'bpf_x',
  prototype: { text: '', returns: 'int', parameters, typedefs: [], from: 'source' },
})

test.each([
  ['no arguments', kfunc(), 'bpf_x()'],
  ['names without suffixes', kfunc(parameter('p'), parameter('mem__sz', '__sz')), 'bpf_x(p, mem)'],
  [
    'what has to be passed',
    kfunc(parameter('p'), parameter('aux__prog', '__prog', 'NULL')),
    'bpf_x(p, NULL)',
  ],
  ['a prototype that is not known', { name: 'bpf_x', prototype: null }, null],
])('a call has %s', (_what, one, text) => expect(callText(one)).toBe(text))

test('a report names page and release', () => {
  const url = new URL(repositoryLinks('https://github.com/a/b/').report('/7.3/bpf_x/', '7.3'))
  expect(url.origin + url.pathname).toBe('https://github.com/a/b/issues/new')
  expect(url.searchParams.get('title')).toBe('/7.3/bpf_x/: ')
  expect(url.searchParams.get('body')).toMatch(/^Page: \/7\.3\/bpf_x\/\nRelease: 7\.3\n\n/)
})

test.each([
  ['a text that exists', true, 'https://github.com/a/b/edit/main/content/kfuncs/bpf_x.md'],
  ['one to write', false, 'https://github.com/a/b/new/main/content/kfuncs?filename=bpf_x.md'],
])('the editor opens %s', (_what, exists, url) =>
  expect(repositoryLinks('https://github.com/a/b').edit('content/kfuncs/bpf_x.md', exists)).toBe(url),
)
