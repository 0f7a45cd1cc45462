/** The filter of a page of changes: leaves what changed in one part of the kernel. Its state is in the address, as ?part=. */
export {}

const box = document.querySelector<HTMLElement>('#parts')
const select = box?.querySelector('select')
const output = box?.querySelector('output')
if (box && select && output) startFilter(box, select, output)

function startFilter(box: HTMLElement, select: HTMLSelectElement, output: HTMLOutputElement): void {
  const entries = [...document.querySelectorAll<HTMLElement>('.changes > div')]
  const counts = [...document.querySelectorAll('.jump a')].map((link) => ({
    count: link.parentElement?.querySelector('small'),
    section: document.querySelector<HTMLElement>(link.getAttribute('href') ?? '')?.parentElement,
  }))
  const folds = [...document.querySelectorAll<HTMLElement>('section > details')].flatMap((fold) => {
    const summary = fold.querySelector('summary')
    return summary ? [{ fold, summary, text: summary.textContent }] : []
  })
  const show = (): void => {
    const part = select.value
    let shown = 0
    for (const entry of entries) {
      let here = 0
      for (const name of entry.querySelectorAll<HTMLElement>('dt')) {
        name.hidden = part !== '' && name.dataset.part !== part
        if (!name.hidden) here++
      }
      entry.hidden = here === 0
      shown += here
    }
    for (const { count, section } of counts) {
      const here = section?.querySelectorAll('dt:not([hidden])').length ?? 0
      if (count) count.textContent = String(here)
      section?.classList.toggle('empty', part !== '' && here === 0)
    }
    for (const { fold, summary, text } of folds) {
      const here = fold.querySelectorAll('dt:not([hidden])').length
      summary.textContent = part === '' ? text : text.replace(/^\d+/, String(here))
    }
    output.textContent = part === '' ? '' : `${shown} changes in ${part}`
  }
  const read = (): void => {
    select.value = new URLSearchParams(location.search).get('part') ?? ''
    show()
  }
  box.hidden = false
  select.addEventListener('change', () => {
    const query = new URLSearchParams(select.value === '' ? {} : { part: select.value }).toString()
    history.replaceState(null, '', `${location.pathname}${query && `?${query}`}${location.hash}`)
    show()
  })
  addEventListener('popstate', read)
  read()
}
