/** Measures the search over what is published: the size of its index, how high it ranks, how long it takes. */
import { gzipSync } from 'node:zlib'
import { loadHistory, loadProse, loadReleases } from '#content-fs'
import { searchEngine } from '#lib/site/search/engine.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { makeSite } from '#lib/site/site.ts'
import { measureRanks, type RankRow } from './search-queries.ts'

/** A text of several lines: the index, then a line for each kind of query. */
export function measureSearch(): string {
  const text = JSON.stringify(searchIndex(makeSite(loadReleases(), '/', loadHistory(), loadProse())))
  const start = performance.now()
  const data = JSON.parse(text)
  const search = searchEngine(data)
  const ready = performance.now() - start
  const index = `index ${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} compressed, read and ready in ${ready.toFixed(0)} ms`
  return [index, ...measureRanks(data, search).map(rankLine)].join('\n  ')
}

function rankLine({ kind, goal, queries, mrr, ambiguous, usual, longest, processor }: RankRow): string {
  const judged = mrr >= goal ? 'reached' : 'MISSED'
  const told = ambiguous > 0 ? `, ${ambiguous} of them ambiguous` : ''
  return `${kind}: mean reciprocal rank ${mrr.toFixed(4)}, goal ${goal} ${judged}; ${queries} queries${told}; 99 of 100 in ${usual.toFixed(1)} ms, the longest ${longest.toFixed(1)} ms, ${processor.toFixed(1)} ms of the processor in the mean`
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`
