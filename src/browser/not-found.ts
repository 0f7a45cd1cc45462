/** The page of addresses that lead nowhere: the nearest release, and the names most like the one asked for. */
import { readAddress } from '#lib/site/links/not-found.ts'
import { siteUrls } from '#lib/site/links/urls.ts'
import { loadSearch } from './search-hits.ts'

const LIMIT = 6

const form = document.querySelector<HTMLFormElement>('form.search')
const box = document.querySelector<HTMLElement>('#asked')
if (form && box) start(form, box)

async function start(form: HTMLFormElement, box: HTMLElement): Promise<void> {
  const base = form.dataset.base ?? '/'
  const { release, nearest, name } = readAddress(
    location.pathname,
    base,
    box.dataset.releases?.split(' ') ?? [],
  )
  const urls = siteUrls(base)
  box.hidden = false
  if (release !== null && !nearest.includes(release)) {
    const links = nearest.map((id) => link(urls.release(id), id))
    tellRelease(box, release, links)
  }
  if (name === '') return
  const input = form.querySelector('input')
  if (input) input.value = name
  const search = await loadSearch(form, nearest.at(-1) ?? null)
  const { kfuncs, texts } = search.answer(name)
  if (release !== null && nearest.includes(release) && kfuncs[0]?.kfunc[0] === name)
    tellAbsent(box, release, name, urls.kfuncHistory(name))
  const hits = [
    ...kfuncs.map(({ kfunc, opens, score }) => ({ score, option: search.kfunc(kfunc, opens) })),
    ...texts.map(({ text, score }) => ({ score, option: search.text(text) })),
  ]
    .sort((a, b) => b.score - a.score)
    .slice(0, LIMIT)
  const part = box.querySelector<HTMLElement>('[data-part=names]')
  if (!part || hits.length === 0) return
  part.hidden = false
  part.querySelector('ol')?.append(
    ...hits.map(({ option }) => {
      const item = document.createElement('li')
      const note = document.createElement('small')
      note.textContent = option.note
      const name = document.createElement('code')
      name.textContent = option.name
      item.append(link(option.href, name), ' ', note)
      return item
    }),
  )
}

/** A kfunc that other releases have. */
function tellAbsent(box: HTMLElement, release: string, name: string, href: string): void {
  const part = box.querySelector<HTMLElement>('[data-part=absent]')
  const code = document.createElement('code')
  code.textContent = name
  part?.replaceChildren(
    code,
    ` has no page in ${release}: `,
    link(href, 'all releases'),
    ' says where it is.',
  )
  if (part) part.hidden = false
}

function tellRelease(box: HTMLElement, asked: string, nearest: readonly HTMLAnchorElement[]): void {
  const part = box.querySelector<HTMLElement>('[data-part=release]')
  const [what, where] = part?.querySelectorAll('span') ?? []
  if (!part || !what || !where) return
  part.hidden = false
  what.textContent = `Linux ${asked}`
  where.append(...nearest.flatMap((one, i) => (i > 0 ? [', ', one] : [one])))
}

function link(href: string, content: string | HTMLElement): HTMLAnchorElement {
  const made = document.createElement('a')
  made.href = href
  made.append(content)
  return made
}
