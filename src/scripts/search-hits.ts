import { releaseToOpen, type SearchData } from '#lib/site/search-data.ts'
import { searchNames } from '#lib/site/search-score.ts'
import { siteUrls } from '#lib/site/urls.ts'

/** One kfunc that answers a query. */
export interface SearchHit {
  readonly name: string
  readonly summary: string
  readonly release: string
  readonly href: string
}

/** Answers queries; made once, when the reader first turns to a search box. */
export type Search = (query: string, limit: number) => readonly SearchHit[]

/** Fetches the names and gives the function that searches them. Rejects when they cannot be had. */
export async function loadSearch(form: HTMLFormElement): Promise<Search> {
  const urls = siteUrls(form.dataset.base ?? '/')
  const response = await fetch(urls.searchIndex)
  if (!response.ok) throw new Error(`${urls.searchIndex}: ${response.status}`)
  const data = (await response.json()) as SearchData
  const names = data.kfuncs.map(([name]) => name)
  const atHand = form.dataset.release ?? null
  return (query, limit) =>
    searchNames(query, names, limit).flatMap(({ index }) => {
      const row = data.kfuncs[index]
      const release = row && releaseToOpen(data.releases, row[1], atHand)
      if (!row || !release) return []
      return [{ name: row[0], summary: row[2], release, href: urls.kfunc(release, row[0]) }]
    })
}
