/**
 * The list of a release narrowed as the reader types and chooses, and what was asked kept in the address. Without this
 * script the page is the whole list. Rows are read once, and then only hidden and shown.
 */
import { releaseOrder } from '#lib/model/order.ts'
import {
  FACETS,
  type Facet,
  type FacetRow,
  type FacetState,
  facetCounts,
  readFacets,
  shownRows,
  writeFacets,
} from '#lib/site/release/facets.ts'

/** What is not looked at while typing waits for a pause; and browsers refuse an address that changes with every key. */
const SETTLED_MS = 150
/** Rows that come into view cost a layout each; more than fill a screen wait for the next frames. */
const ROWS_A_FRAME = 24

const box = document.querySelector<HTMLElement>('#facets')
const input = box?.querySelector('input')
const output = box?.querySelector('output')
if (box && input && output) startFacets(box, input, output)

function startFacets(box: HTMLElement, input: HTMLInputElement, output: HTMLOutputElement): void {
  const selects = [...box.querySelectorAll('select')].flatMap((select) => {
    const facet = FACETS.find((one) => one === select.name)
    return facet ? [{ facet, select }] : []
  })
  const reset = box.querySelector('button')
  const before = optionsOf(selects.find(({ facet }) => facet === 'changed')?.select).map(({ value }) => value)
  const groups = [...document.querySelectorAll<HTMLElement>('section.group')].map((section) => {
    const anchor = section.querySelector('h2')?.id ?? ''
    const jump = document.querySelector<HTMLElement>(`.jump a[href="#${anchor}"]`)?.parentElement
    return { section, anchor, jump, rows: [...section.querySelectorAll<HTMLElement>('tbody tr')] }
  })
  const elements = groups.flatMap(({ rows }) => rows)
  const answers = answersByStrip()
  const rows = groups.flatMap(({ anchor, rows }) => rows.map((row) => facetRow(row, anchor, before, answers)))
  const options = selects.flatMap(({ facet, select }) =>
    optionsOf(select).map((option) => ({ facet, option, text: option.text })),
  )
  let frame = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  const show = (): void => {
    const chosen = new Map(
      selects.filter(({ select }) => select.value !== '').map(({ facet, select }) => [facet, select.value]),
    )
    const state = { words: input.value, chosen }
    const shown = shownRows(rows, state)
    cancelAnimationFrame(frame)
    for (const [i, row] of elements.entries()) if (!shown[i] && !row.hidden) row.hidden = true
    reveal(elements.filter((row, i) => shown[i] && row.hidden))
    let first = 0
    for (const { section, jump, rows } of groups) {
      const here = shown.slice(first, first + rows.length).filter(Boolean).length
      first += rows.length
      section.hidden = here === 0
      if (jump) jump.hidden = here === 0
      const count = jump?.querySelector('small')
      if (count) count.textContent = String(here)
    }
    for (const { select } of selects) select.classList.toggle('set', select.value !== '')
    output.textContent = String(shown.filter(Boolean).length)
    if (reset) reset.hidden = writeFacets(state) === ''
    clearTimeout(waiting)
    waiting = setTimeout(() => settle(state), SETTLED_MS)
  }
  const reveal = (rows: readonly HTMLElement[]): void => {
    for (const row of rows.slice(0, ROWS_A_FRAME)) row.hidden = false
    if (rows.length > ROWS_A_FRAME) frame = requestAnimationFrame(() => reveal(rows.slice(ROWS_A_FRAME)))
  }
  /** Counts beside the choices, and what was asked in the address and, for other releases, in their menu. */
  const settle = (state: FacetState): void => {
    const counts = facetCounts(rows, state)
    const query = writeFacets(state)
    for (const { facet, option, text } of options) {
      const count = counts.get(facet)?.get(option.value) ?? 0
      const told = `${text} (${count})`
      if (option.text !== told) option.text = told
      option.disabled = count === 0 && !option.selected
    }
    history.replaceState(null, '', `${location.pathname}${query}${location.hash}`)
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.releases a:not(.absent)'))
      link.search = query
  }

  const asked = readFacets(location.search)
  input.value = asked.words
  for (const { facet, select } of selects) {
    const value = asked.chosen.get(facet)
    if (value === undefined) continue
    // What this release does not have is still what was asked: it is offered, and leaves nothing.
    if (!optionsOf(select).some((option) => option.value === value)) {
      const option = new Option(value)
      select.add(option)
      options.push({ facet, option, text: value })
    }
    select.value = value
  }
  box.hidden = false
  box.addEventListener('input', show)
  reset?.addEventListener('click', () => {
    input.value = ''
    for (const { select } of selects) select.value = ''
    input.focus()
    show()
  })
  show()
}

function optionsOf(select: HTMLSelectElement | undefined): HTMLOptionElement[] {
  return [...(select?.options ?? [])].filter(({ value }) => value !== '')
}

/** The program types that may call, by the id of the strip that shows them. */
function answersByStrip(): ReadonlyMap<string, readonly string[]> {
  const types = [...document.querySelectorAll<HTMLElement>('#types li')].map(
    ({ dataset }) => dataset.type ?? '',
  )
  return new Map(
    [...document.querySelectorAll<SVGSymbolElement>('symbol[data-answers]')].map((symbol) => [
      `#${symbol.id}`,
      types.filter((_, i) => symbol.dataset.answers?.[i] !== 'n'),
    ]),
  )
}

function facetRow(
  row: HTMLElement,
  subsystem: string,
  before: readonly string[],
  answers: ReadonlyMap<string, readonly string[]>,
): FacetRow {
  const { config, changed, told } = row.dataset
  const [, , flagCell, , , objectCell] = row.children
  const flags = flagCell?.textContent.split(' ').filter(Boolean) ?? []
  const strip = row.querySelector('use')?.getAttribute('href') ?? ''
  const values: Record<Facet, readonly string[]> = {
    type: answers.get(strip) ?? [],
    flag: flags.map((flag) => `KF_${flag}`),
    subsystem: [subsystem],
    object: [objectCell?.textContent || 'vmlinux'],
    config: config?.split(' ') ?? [],
    sleeps: [flags.includes('SLEEPABLE') ? 'yes' : 'no'],
    changed: changed === undefined ? [] : before.filter((id) => releaseOrder(id, changed) < 0),
    told: told?.split(' ') ?? ['none'],
  }
  // flags may be asked for as they are spelt in C, too
  return { text: [row.textContent, ...values.flag].join(' ').toLowerCase(), values }
}
