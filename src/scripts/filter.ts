/** The filter of a release's page: leaves the rows that hold every word, and hang on the chosen symbol. Without this script the page is the whole list. */
const box = document.querySelector<HTMLElement>('p.filter')
const input = box?.querySelector('input')
const output = box?.querySelector('output')
if (box && input && output) startFilter(box, input, output, box.querySelector('select'))

function startFilter(
  box: HTMLElement,
  input: HTMLInputElement,
  output: HTMLOutputElement,
  select: HTMLSelectElement | null,
): void {
  const groups = [...document.querySelectorAll<HTMLElement>('section.group')].map((section) => ({
    section,
    rows: [...section.querySelectorAll<HTMLElement>('tbody tr')].map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
      symbols: row.dataset.config?.split(' ') ?? [],
    })),
  }))
  const filter = (): void => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    const symbol = select?.value ?? ''
    let shown = 0
    for (const { section, rows } of groups) {
      let here = 0
      for (const { row, text, symbols } of rows) {
        row.hidden =
          !words.every((word) => text.includes(word)) || (symbol !== '' && !symbols.includes(symbol))
        if (!row.hidden) here++
      }
      section.hidden = here === 0
      shown += here
    }
    output.textContent = words.length === 0 && symbol === '' ? '' : `${shown} shown`
  }
  box.hidden = false
  input.addEventListener('input', filter)
  select?.addEventListener('change', filter)
  filter()
}
