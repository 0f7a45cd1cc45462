/** The search page: shows what answers the query in its address. */
import { loadSearch } from './search-hits.ts'

const LIMIT = 50

const form = document.querySelector<HTMLFormElement>('form.search')
const found = document.querySelector('#found')
const results = document.querySelector('#results')
const query = new URLSearchParams(location.search).get('q')?.trim() ?? ''
if (form && found && results && query !== '') answer(form, found, results)

async function answer(form: HTMLFormElement, found: Element, results: Element): Promise<void> {
  const input = form.querySelector('input')
  if (input) input.value = query
  try {
    const hits = (await loadSearch(form))(query, LIMIT)
    found.textContent =
      hits.length === 0 ? `Nothing is called like “${query}”.` : `What is called like “${query}”:`
    for (const hit of hits) {
      const item = document.createElement('li')
      const link = document.createElement('a')
      link.href = hit.href
      link.textContent = hit.name
      item.append(link, ` ${hit.release} `, hit.summary)
      results.append(item)
    }
  } catch {
    found.textContent = 'The names could not be fetched. Load the page again, or look through all kfuncs.'
  }
}
