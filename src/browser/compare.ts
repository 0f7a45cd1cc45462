/** The comparison page: fetches two releases and shows what changed. Without this script the page lists the steps between neighbours. */
import type { Release } from '#lib/model/published.ts'
import { pairAsked } from '#lib/site/links/pair-asked.ts'
import { siteUrls } from '#lib/site/links/urls.ts'

const form = document.querySelector<HTMLFormElement>('#compare')
const status = document.querySelector('#compared')
const result = document.querySelector('#comparison')
if (form && status && result) startCompare(form, status, result)

function startCompare(form: HTMLFormElement, status: Element, result: Element): void {
  const urls = siteUrls(form.dataset.base ?? '/')
  const selects = [...form.querySelectorAll('select')]
  const [from, to] = selects
  let asked = ''

  const show = async (): Promise<void> => {
    const pair = pairAsked(new URLSearchParams(location.search))
    result.replaceChildren()
    asked = location.search
    status.textContent = ''
    if (!pair) {
      if (location.search !== '') status.textContent = 'Choose two different releases.'
      return
    }
    for (const [i, select] of [from, to].entries()) {
      const id = pair[i]
      if (select && [...select.options].some(({ value }) => value === id)) select.value = id ?? ''
    }
    status.textContent = `Fetching ${pair.join(' and ')} …`
    try {
      const [older, newer] = await Promise.all(pair.map((id) => load(urls.releaseData(id), id)))
      if (!older || !newer || asked !== location.search) return
      // fetched only by who compares: it is most of the script
      const { comparisonHtml } = await import('./comparison-html.ts')
      result.innerHTML = comparisonHtml(older, newer, urls).html
      status.textContent = `${pair.join(' to ')} compared.`
      if (location.hash) document.querySelector(location.hash)?.scrollIntoView()
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error)
    }
  }
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const query = new URLSearchParams(selects.map(({ name, value }) => [name, value]))
    history.pushState(null, '', `?${query}`)
    show()
  })
  addEventListener('popstate', show)
  show()
}

/** Fetches a release's data; rejects with a sentence for the reader. */
async function load(url: string, id: string): Promise<Release> {
  const response = await fetch(url).catch(() => null)
  if (!response)
    throw new Error(
      `The data of ${id} could not be fetched. Look at the connection, then load the page again.`,
    )
  if (response.status === 404) throw new Error(`There is no release ${id} here. Choose another.`)
  if (!response.ok)
    throw new Error(`The data of ${id} could not be fetched (${response.status}). Load the page again later.`)
  return response.json()
}
