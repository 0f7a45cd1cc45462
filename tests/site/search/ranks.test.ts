import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadHistory, loadProse, loadReleases } from '#content-fs'
import { searchEngine } from '#lib/site/search/engine.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { makeSite } from '#lib/site/site.ts'
import { measureRanks } from '#scripts/lib/measure/search-queries.ts'

const data = searchIndex(makeSite(loadReleases(), '/', loadHistory(), loadProse()))
const search = searchEngine(data)

describe('search over what is published', { timeout: 120_000 }, () => {
  it('ranks the name that a query was made of as high as it should, for every name of the newest release', () => {
    const low = measureRanks(data, search, data.releases.slice(-1)).filter(({ mrr, goal }) => mrr < goal)
    expect(low.map(({ kind, mrr, goal }) => `${kind}: ${mrr.toFixed(4)}, expected ${goal}`)).toEqual([])
  })

  it('answers nine of ten questions of readers within its first three hits', () => {
    const path = new URL('search-questions.json', import.meta.url)
    const questions: { ask: string; answers: string[] }[] = JSON.parse(readFileSync(path, 'utf8'))
    const names = new Set(data.kfuncs.map(([name]) => name))
    expect(questions.flatMap(({ answers }) => answers.filter((name) => !names.has(name)))).toEqual([])
    const missed = questions.filter(({ ask, answers }) =>
      search(ask, null)
        .kfuncs.slice(0, 3)
        .every(({ kfunc }) => !answers.includes(kfunc[0])),
    )
    expect(questions).toHaveLength(60)
    expect(missed.map(({ ask }) => ask).slice(questions.length / 10)).toEqual([])
  })
})
