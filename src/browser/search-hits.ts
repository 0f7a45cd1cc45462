import { siteUrls } from '#lib/site/links/urls.ts'
import type { SearchData } from '#lib/site/search/data.ts'
import { makeSearch, type Search } from '#lib/site/search/options.ts'

/** Fetches the index and makes the search over it. Rejects when it cannot be had. */
export async function loadSearch(form: HTMLFormElement, atHand: string | null): Promise<Search> {
  const urls = siteUrls(form.dataset.base ?? '/')
  const response = await fetch(urls.searchIndex)
  if (!response.ok) throw new Error(`${urls.searchIndex}: ${response.status}`)
  return makeSearch((await response.json()) as SearchData, urls, atHand)
}
