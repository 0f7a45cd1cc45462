import { describe, expect, test } from 'vitest'
import { compareLists, printList, readList, shortHash } from '#scripts/lib/golden/lists.ts'
import { report } from '#scripts/lib/golden/report.ts'

const hashes = new Map([
  ['index.html', 'aaaaaa'],
  ['7.3/index.html', 'bbbbbb'],
  ['6.12/bpf_a/index.html', 'cccccc'],
  ['6.2/bpf_a/index.html', 'dddddd'],
])
const LIST = '*/bpf_a/index.html 6.2=dddddd 6.12=cccccc\n*/index.html 7.3=bbbbbb\nindex.html aaaaaa\n'

test('a list has a line for what releases share', () => {
  expect(printList(hashes)).toBe(LIST)
  expect([...readList(LIST)].sort()).toEqual([...hashes].sort())
})

test('what differs between two lists is found', () => {
  const now = new Map([...hashes, ['6.12/bpf_a/index.html', 'zzzzzz'], ['6.12/bpf_b/index.html', 'yyyyyy']])
  now.delete('7.3/index.html')
  expect(compareLists(hashes, now)).toEqual({
    changed: ['6.12/bpf_a/index.html'],
    added: ['6.12/bpf_b/index.html'],
    removed: ['7.3/index.html'],
  })
})

test('31 releases of 400 kfuncs, twice, fit in half a megabyte', () => {
  const ids = Array.from({ length: 31 }, (_, i) => `6.${i}`)
  const names = Array.from({ length: 800 }, (_, i) => `bpf_some_kfunc_of_usual_length_${i}`)
  const pages = ids.flatMap((id) => names.map((name) => `${id}/${name}/index.html`))
  expect(printList(new Map(pages.map((path) => [path, shortHash(path)]))).length).toBeLessThan(500_000)
})

describe('the report', () => {
  const golden = (list: string, page: string) =>
    new Map([
      ['lists/kfunc-pages.txt', list],
      ['pages/7.3/bpf_a.txt', page],
    ])
  test('is empty where nothing differs', () => {
    expect(report(golden(LIST, 'a\n'), golden(LIST, 'a\n'))).toEqual([])
  })
  test('says which kinds changed, how many files, and the first text that differs', () => {
    const now = golden(LIST.replace('cccccc', 'zzzzzz').replace('7.3=', '7.2='), 'one\nother word\nthree\n')
    expect(report(golden(LIST, 'one\nword\nthree\n'), now)).toEqual([
      'kfunc-pages: 1 changed, 1 added, 1 removed',
      '  changed: 6.12/bpf_a/index.html',
      '  added: 7.2/index.html',
      '  removed: 7.3/index.html',
      'pinned whole, changed: pages/7.3/bpf_a.txt',
      'the first of them, pages/7.3/bpf_a.txt:',
      '    one',
      '  - word',
      '  + other word',
      '    three',
    ])
  })
  test('names a text that is pinned and no more published', () => {
    expect(report(golden(LIST, 'a'), new Map([['lists/kfunc-pages.txt', LIST]]))).toContain(
      'pinned whole, changed: pages/7.3/bpf_a.txt',
    )
  })
})
