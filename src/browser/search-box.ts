/**
 * The search box of every page: a combobox whose list holds what answers. Without this script the form leads to the search
 * page.
 */
import type { Search, SearchOption } from '#lib/site/search/options.ts'
import { recentNames, rememberName } from './search-recent.ts'

const KEYS = 'Arrow keys choose, Enter opens. On a kfunc, the right arrow lists its other releases.'

const boxes = [...document.querySelectorAll<HTMLFormElement>('form[role=search]')].flatMap((form) => {
  const [input, list] = [form.querySelector('input'), form.querySelector('ul')]
  return input && list ? [{ form, input, list }] : []
})
for (const { form, input, list } of boxes) startSearch(form, input, list)
// where a page has a box of its own, that is the one
const main = boxes.at(-1)?.input
if (main)
  document.addEventListener('keydown', (event) => {
    if (!asksForSearch(event)) return
    event.preventDefault()
    main.focus()
    main.select()
  })

function startSearch(form: HTMLFormElement, input: HTMLInputElement, list: HTMLUListElement): void {
  let search: Promise<Search> | undefined
  let options: readonly SearchOption[] = []
  let active = -1
  /** While the releases of one kfunc are listed: what was listed before, and which of it was active. */
  let behind: { readonly options: readonly SearchOption[]; readonly active: number } | null = null

  prepare(input, list)

  const activate = (next: number): void => {
    active = next
    for (const [i, item] of [...list.children].entries())
      item.setAttribute('aria-selected', String(i === active))
    list.children[active]?.scrollIntoView({ block: 'nearest' })
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `${list.id}-${active}`)
  }
  const show = (shown: readonly SearchOption[], label: string, next = -1): void => {
    options = shown
    list.replaceChildren(...shown.map((option, i) => listItem(option, `${list.id}-${i}`)))
    list.setAttribute('aria-label', label)
    const isOpen = shown.length > 0
    list.hidden = !isOpen
    input.setAttribute('aria-expanded', String(isOpen))
    activate(next)
  }
  const close = (): void => {
    behind = null
    show([], 'Hits')
  }
  const load = (): Promise<Search> => {
    search ??= import('./search-hits.ts').then(({ loadSearch }) =>
      loadSearch(form, form.dataset.release ?? null),
    )
    return search
  }
  const update = async (): Promise<void> => {
    const typed = input.value
    const found = await load()
    if (typed !== input.value || document.activeElement !== input) return
    behind = null
    if (typed.trim() === '') show(found.named(recentNames()), 'Opened lately')
    else show(found.options(typed, input.selectionStart ?? typed.length), 'Hits')
  }
  // Where the index cannot be fetched the form still leads to the search page, which says so.
  const ignore = (): void => {
    search = undefined
  }
  const listReleases = async (): Promise<void> => {
    const option = options[active]
    if (option?.kind !== 'kfunc') return
    const releases = (await load()).releasesOf(option.name)
    const here = releases.findIndex((one) => 'href' in one && one.href === option.href)
    behind = { options, active }
    show(releases, `Releases of ${option.name}`, Math.max(here, 0))
  }
  const choose = (option: SearchOption): void => {
    if (option.kind === 'completion') {
      input.value = option.completion.typed
      input.setSelectionRange(option.completion.caret, option.completion.caret)
      update().catch(ignore)
      return
    }
    if (option.kind === 'kfunc') rememberName(option.name)
    location.assign(option.href)
  }
  const press = (key: string): boolean => {
    if (options.length === 0) {
      if (key !== 'ArrowDown') return false
      update().catch(ignore)
      return true
    }
    switch (key) {
      case 'ArrowDown':
        activate((active + 1) % options.length)
        return true
      case 'ArrowUp':
        activate(active <= 0 ? options.length - 1 : active - 1)
        return true
      case 'ArrowRight':
        if (behind || options[active]?.kind !== 'kfunc') return behind !== null
        listReleases().catch(ignore)
        return true
      case 'ArrowLeft':
      case 'Escape':
        if (behind) {
          const { options: before, active: was } = behind
          behind = null
          show(before, 'Hits', was)
          return true
        }
        if (key === 'Escape') close()
        return key === 'Escape'
      default:
        return false
    }
  }

  input.addEventListener('focus', () => update().catch(ignore))
  input.addEventListener('input', () => update().catch(ignore))
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (press(event.key)) event.preventDefault()
  })
  form.addEventListener('submit', (event) => {
    // Recent ones are opened only when one was chosen: Enter in an empty box asks for nothing.
    const option = options[input.value.trim() === '' ? active : Math.max(active, 0)]
    if (!option) {
      carryRelease(form)
      return
    }
    event.preventDefault()
    choose(option)
  })
  // Pressed, not clicked: the click would come after the box has lost its focus and closed.
  list.addEventListener('pointerdown', (event) => {
    const at = event.target instanceof Element ? event.target.closest('li') : null
    const option = at ? options[[...list.children].indexOf(at)] : undefined
    if (!option || event.button !== 0) return
    event.preventDefault()
    choose(option)
  })
}

/** Lets the search page know which release the reader looks at. */
function carryRelease(form: HTMLFormElement): void {
  const { release } = form.dataset
  if (!release || form.querySelector('[name=release]')) return
  const field = document.createElement('input')
  field.type = 'hidden'
  field.name = 'release'
  field.value = release
  form.append(field)
}

/** What a reader types into: boxes to tick are none. */
const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select'

/** `/` outside of fields, with the shift key where a keyboard has it there, and Ctrl-K or Cmd-K anywhere. */
function asksForSearch(event: KeyboardEvent): boolean {
  if (event.altKey) return false
  if (event.ctrlKey || event.metaKey) return !event.shiftKey && event.key.toLowerCase() === 'k'
  return event.key === '/' && !(event.target instanceof Element && event.target.matches(TYPED_INTO))
}

/** Makes a combobox of the field, with a sentence on its keys for those who cannot see the list. */
function prepare(input: HTMLInputElement, list: HTMLUListElement): void {
  const keys = document.createElement('span')
  keys.id = `${input.id}-keys`
  keys.className = 'unseen'
  keys.textContent = KEYS
  input.after(keys)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
    'aria-describedby': keys.id,
  }))
    input.setAttribute(name, value)
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Hits')
}

function listItem(option: SearchOption, id: string): HTMLLIElement {
  const item = document.createElement('li')
  item.id = id
  item.setAttribute('role', 'option')
  const name = document.createElement('span')
  name.className = 'name'
  name.textContent = option.name
  const rest = document.createElement('small')
  rest.textContent = option.note
  item.append(name, ' ', rest)
  return item
}
