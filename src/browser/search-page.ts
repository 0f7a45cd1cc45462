/** The search page: shows all that answers the query in its address, and what its filters ask. */
import type { Search } from '#lib/site/search/options.ts'
import { FILTERS } from '#lib/site/search/typed-query.ts'
import { loadSearch } from './search-hits.ts'

const form = document.querySelector<HTMLFormElement>('form.search')
const found = document.querySelector('#found')
const answers = document.querySelector<HTMLElement>('#answers')
const asked = new URLSearchParams(location.search)
const query = asked.get('q')?.trim() ?? ''
if (form && found && answers && query !== '') start(form, found, answers).finally(showRest)
else showRest()

async function start(form: HTMLFormElement, found: Element, answers: HTMLElement): Promise<void> {
  const release = asked.get('release')
  const input = form.querySelector('input')
  if (input) input.value = query
  if (release) form.dataset.release = release
  document.title = `${query} · ${document.title}`
  try {
    show(await loadSearch(form, release), found, answers)
  } catch {
    found.textContent = 'The names could not be fetched. Load the page again, or look through all kfuncs.'
  }
}

function show(search: Search, found: Element, answers: HTMLElement): void {
  const { kfuncs, texts, filters } = search.answer(query)
  // the release after in: is asked, whatever page the reader comes from
  const named = filters.filter(({ key }) => key === 'in')
  const release = named.length > 0 ? null : search.release
  const unknown = filters.filter(({ name }) => name === null)
  found.textContent =
    unknown.length > 0
      ? `Nothing here is called so: ${unknown.map(({ key, value }) => `${key}:${value}`).join(', ')}. The box above offers what there is.`
      : `${count(kfuncs.length, 'kfunc')}${texts.length > 0 ? ` and ${count(texts.length, 'other page')}` : ''} for “${query}”${release ? `, in ${release} where it has them` : ''}.`
  for (const { key, name, value } of filters) {
    const item = document.createElement('li')
    const code = document.createElement('code')
    code.textContent = `${key}:${name ?? value}`
    const alone = [...named, { key, value }].map((one) => `${one.key}:${one.value}`).join(' ')
    item.append(code, ` ${FILTERS[key]}: ${count(search.answer(alone).kfuncs.length, 'kfunc')}`)
    answers.querySelector('#legend')?.append(item)
  }
  fill(
    '#results',
    kfuncs.map(({ kfunc, opens }) => search.kfunc(kfunc, opens)),
  )
  fill(
    '#pages',
    texts.map(({ text }) => search.text(text)),
  )
  answers.hidden = false
}

/** Shows what stands below the answers, once they have their place. */
function showRest(): void {
  document.querySelector('[data-waits]')?.removeAttribute('data-waits')
}

function fill(
  id: string,
  hits: readonly { readonly name: string; readonly note: string; readonly href: string }[],
): void {
  const list = document.querySelector(id)
  if (!list || hits.length === 0) return
  for (const { name, note, href } of hits) {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = href
    link.textContent = name
    item.append(link, ` ${note}`)
    list.append(item)
  }
  const heading = list.previousElementSibling
  if (heading instanceof HTMLElement) heading.hidden = false
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`
