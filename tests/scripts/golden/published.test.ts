import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { kindOf } from '#scripts/lib/golden/kinds.ts'
import { goldenOf, readPublished } from '#scripts/lib/golden/published.ts'
import { tellTwoSites } from '#scripts/lib/golden/two-sites.ts'

const folder = mkdtempSync(join(tmpdir(), 'golden-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A small site in a folder of that name. */
function site(name: string, files: Readonly<Record<string, string>>): string {
  const dist = join(folder, name)
  for (const [path, text] of Object.entries({ 'index.html': '<p>home', ...files })) {
    mkdirSync(dirname(join(dist, path)), { recursive: true })
    writeFileSync(join(dist, path), text)
  }
  return dist
}

test.each([
  ['7.3/bpf_a/index.html', 'kfunc-pages'],
  ['7.3/flags/index.html', 'flag-pages'],
  ['7.3/changes/index.html', 'changes'],
  ['kfuncs/index.html', 'other-pages'],
  ['kfuncs/bpf_a/index.html', 'stable-pages'],
  ['data/7.3.json', 'release-data'],
  ['data/7x3.json', null],
  ['7.3/bpf_a/index.md', null],
])('%s is of the kind %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind)
})

test('a file of no kind is not passed over', () => {
  expect(() => readPublished(site('odd', { '7.3/bpf_a/index.md': '' }))).toThrow(
    '7.3/bpf_a/index.md is of no kind that is pinned',
  )
})

test('a site for an address is not held against what is pinned', () => {
  expect(() => goldenOf(site('address', { 'sitemap.xml': '' }))).toThrow('was built for an address')
})

test('names of scripts count without their hashes, what is in them counts', () => {
  const script = (name: string, file: string, text: string) =>
    readPublished(site(name, { [file]: text })).kinds.get('scripts')
  const one = script('one', '_astro/query.B2EfuS32.js', 'import"./a.CXMuMYIb.js"')
  expect(one).toEqual(script('same', '_astro/query.D7intPzJ.js', 'import"./a.BSPKIiDB.js"'))
  expect(one).not.toEqual(script('other', '_astro/query.B2EfuS32.js', 'import"./b.CXMuMYIb.js"'))
})

describe('two sites', () => {
  const pages = (word: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`7.3/${name}/index.html`, `<h1>${name}</h1><p>A ${word}.</p>`]))
  const before = site('before', { ...pages('word', ['bpf_a', 'bpf_b', 'bpf_c']), 'data/7.3.json': '{}' })
  const after = site('after', { ...pages('world', ['bpf_a', 'bpf_b', 'bpf_d']), 'data/7.3.json': '{"a":1}' })

  test('are told apart kind by kind, in words', () => {
    expect(tellTwoSites(before, after, { show: 3, only: null })).toEqual([
      'kfunc-pages: 2 changed, 1 added, 1 removed',
      '  added: 7.3/bpf_d/index.html',
      '  removed: 7.3/bpf_c/index.html',
      '  7.3/bpf_a/index.html',
      '      # bpf_a',
      '    - A word.',
      '    + A world.',
      '  7.3/bpf_b/index.html',
      '      # bpf_b',
      '    - A word.',
      '    + A world.',
      'release-data: 1 changed',
      '  data/7.3.json',
      '    - : {}',
      '    + a: 1',
    ])
  })
  test('can be asked about one kind or path', () => {
    const first = (only: string) => tellTwoSites(before, after, { show: 1, only })[0]
    expect(first('release-data')).toBe('release-data: 1 changed')
    expect(first('7.3/bpf_a/')).toBe('kfunc-pages: 1 changed')
    expect(first('7.3/bpf_x/')).toBeUndefined()
  })
  test('are told apart in scripts too', () => {
    const [old, now] = [
      site('old', { '_astro/query.B2EfuS32.js': 'a();b();' }),
      site('now', { '_astro/query.D7intPzJ.js': 'a();c();' }),
    ]
    expect(tellTwoSites(old, now, { show: 1, only: null })).toEqual([
      'scripts: 1 changed',
      '  _astro/query.js',
      '      a();',
      '    - b();',
      '    + c();',
    ])
  })
  test('that are the same have no differences', () => {
    expect(tellTwoSites(before, before, { show: 3, only: null })).toEqual([])
  })
})
