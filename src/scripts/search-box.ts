/** The search box of every page: a combobox whose list holds the kfuncs that answer. Without this script the form leads to the search page. */
import type { Search, SearchHit } from './search-hits.ts'

const LIMIT = 10

const form = document.querySelector<HTMLFormElement>('form.search')
const input = form?.querySelector('input')
const list = form?.querySelector('ul')
if (form && input && list) startSearch(form, input, list)

function startSearch(form: HTMLFormElement, input: HTMLInputElement, list: HTMLUListElement): void {
  let search: Promise<Search> | undefined
  let hits: readonly SearchHit[] = []
  let active = -1

  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  }))
    input.setAttribute(name, value)
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Kfuncs')

  const activate = (next: number): void => {
    active = next
    for (const [i, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(i === active))
    list.children[active]?.scrollIntoView({ block: 'nearest' })
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `hit-${active}`)
  }
  const show = (found: readonly SearchHit[]): void => {
    hits = found
    list.replaceChildren(...found.map(option))
    const isOpen = found.length > 0
    list.hidden = !isOpen
    input.setAttribute('aria-expanded', String(isOpen))
    activate(-1)
  }
  const load = (): Promise<Search> => {
    search ??= import('./search-hits.ts').then(({ loadSearch }) => loadSearch(form))
    return search
  }
  const update = async (): Promise<void> => {
    const query = input.value
    const find = await load()
    if (query === input.value) show(find(query, LIMIT))
  }
  // Where the names cannot be fetched the form still leads to the search page, which says so.
  const ignore = (): void => {
    search = undefined
  }

  input.addEventListener('focus', () => load().catch(ignore))
  input.addEventListener('input', () => update().catch(ignore))
  input.addEventListener('blur', () => show([]))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && hits.length > 0) show([])
    else if (event.key === 'ArrowDown' && hits.length > 0) activate((active + 1) % hits.length)
    else if (event.key === 'ArrowUp' && hits.length > 0) activate(active <= 0 ? hits.length - 1 : active - 1)
    else return
    event.preventDefault()
  })
  form.addEventListener('submit', (event) => {
    const hit = hits[Math.max(active, 0)]
    if (!hit) return
    event.preventDefault()
    location.assign(hit.href)
  })
  // Pressed, not clicked: the click would come after the box has lost its focus and closed.
  list.addEventListener('pointerdown', (event) => {
    const at = event.target instanceof Element ? event.target.closest('li') : null
    const hit = at ? hits[[...list.children].indexOf(at)] : undefined
    if (!hit || event.button !== 0) return
    event.preventDefault()
    location.assign(hit.href)
  })
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    input.focus()
    input.select()
  })
}

function option(hit: SearchHit, index: number): HTMLLIElement {
  const item = document.createElement('li')
  item.id = `hit-${index}`
  item.setAttribute('role', 'option')
  const name = document.createElement('span')
  name.className = 'name'
  name.textContent = hit.name
  const rest = document.createElement('small')
  rest.textContent = `${hit.release}  ${hit.summary}`
  item.append(name, ' ', rest)
  return item
}
