import { describe, expect, it } from 'vitest'
import {
  kindRows,
  overBudget,
  pageKind,
  type WeighedPage,
  type WeighedSite,
} from '#lib/site/files/budgets.ts'

const page = (path: string, weights: Partial<WeighedPage> = {}): WeighedPage => ({
  path,
  bytes: 1000,
  gz: 300,
  scriptsGz: 100,
  refused: [],
  ...weights,
})
const site = (pages: readonly WeighedPage[], weights: Partial<WeighedSite> = {}): WeighedSite => ({
  pages,
  stylesGz: 1000,
  searchGz: 1000,
  files: 1,
  bytes: 1000,
  ...weights,
})
const KFUNC = '7.3/bpf_task_acquire/index.html'

describe('the kind of a page', () => {
  it.each([
    ['index.html', 'other'],
    ['7.3/index.html', 'release'],
    [KFUNC, 'kfunc'],
    ['7.3/grid/index.html', 'grid'],
    ['6.12/flags/index.html', 'flag'],
    ['6.12/flags/KF_ACQUIRE/index.html', 'flag'],
    ['6.12/program-types/xdp/index.html', 'program type'],
    ['7.3/changes/index.html', 'changes and coverage'],
    ['kfuncs/index.html', 'other'],
    ['kfuncs/bpf_task_acquire/index.html', 'stable kfunc'],
    ['concepts/trusted/index.html', 'text'],
  ])('%s is %s', (path, kind) => {
    expect(pageKind(path)).toBe(kind)
  })
})

describe('a budget', () => {
  it('is kept by a small site', () => {
    expect(overBudget(site([page(KFUNC)]))).toEqual([])
  })

  it.each([
    [
      site([page(KFUNC, { bytes: 61 * 1024 }), page(KFUNC), page(KFUNC)]),
      `${KFUNC}, HTML: 61.0 KB, the budget is 60.0 KB`,
    ],
    [site([page(KFUNC, { gz: 9300 })]), `${KFUNC}, compressed: 9.1 KB, the budget is 9.0 KB`],
    [
      site([page(KFUNC, { bytes: 31 * 1024 })]),
      'kfunc pages, HTML of the median: 31.0 KB, the budget is 30.0 KB',
    ],
    [
      site([page(KFUNC), page('7.3/grid/index.html', { bytes: 301 * 1024 })]),
      '7.3/grid/index.html, HTML: 301.0 KB, the budget is 300.0 KB',
    ],
    [
      site([page('index.html', { scriptsGz: 11 * 1024 })]),
      'index.html, scripts compressed: 11.0 KB, the budget is 10.0 KB',
    ],
    [
      site([page('index.html', { refused: ['<p style="">'] })]),
      'index.html: <p style="">: no page asks another host or runs anything inline',
    ],
    [site([], { stylesGz: 13 * 1024 }), 'styles, compressed: 13.0 KB, the budget is 12.0 KB'],
    [site([], { searchGz: null }), 'there is no search index'],
    [site([], { searchGz: 21 * 1024 }), 'search index, compressed: 21.0 KB, the budget is 20.0 KB'],
  ])('that is past is said, %#', (weighed, said) => {
    expect(overBudget(weighed)).toEqual([said])
  })

  it('weighs only kfunc pages by themselves', () => {
    expect(overBudget(site([page('7.3/index.html', { bytes: 90_000, gz: 11_000 })]))).toEqual([])
  })
})

describe('a row of the report', () => {
  it('has the median and the largest of a kind', () => {
    const rows = kindRows([1, 2, 9].map((bytes) => page(KFUNC, { bytes, gz: bytes, scriptsGz: bytes })))
    expect(rows).toEqual([
      { kind: 'kfunc', pages: 3, bytesMedian: 2, bytesMax: 9, gzMax: 9, scriptsGzMax: 9 },
    ])
  })
})
