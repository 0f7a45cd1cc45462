/** What a reader takes along from the page of a kfunc: the call, C to paste, the address of a section; and where to report a mistake in it. */

const sheet = document.querySelector('.sheet')
if (sheet) {
  for (const block of sheet.querySelectorAll('pre')) addCopies(block)
  for (const title of sheet.querySelectorAll<HTMLElement>('h2[id], .parameter[id] h3')) addLinks(title)
}

/** Puts buttons over a block of code. */
function addCopies(block: HTMLPreElement): void {
  const { call } = block.dataset
  const isHistory = block.closest('.events') !== null
  if (isHistory || block.matches('.kernel')) return
  const frame = document.createElement('div')
  frame.className = 'code'
  const buttons = document.createElement('div')
  buttons.className = 'copies'
  if (call !== undefined) {
    buttons.append(copyButton('Copy call', () => call))
    const declared = declaration()
    if (declared !== null) buttons.append(copyButton('Copy declaration', () => declared))
  } else buttons.append(copyButton('Copy', () => block.textContent ?? ''))
  block.replaceWith(frame)
  frame.append(block, buttons)
}

/** The C that declares the kfunc: the first block of its section. */
function declaration(): string | null {
  return document.querySelector('#declaration ~ pre, #declaration ~ .code > pre')?.textContent ?? null
}

/** Puts beside a title what leads back to it. */
function addLinks(title: HTMLElement): void {
  const id = title.id || title.parentElement?.id
  if (!id) return
  // of a parameter its name, without type and marks
  const name = (title.querySelector('a') ?? title).textContent?.trim() ?? id
  const tools = document.createElement('span')
  tools.className = 'tools'
  const copy = copyButton('#', () => new URL(`#${id}`, location.href).href)
  copy.setAttribute('aria-label', `Copy the link to ${name}`)
  copy.title = 'Copy the link'
  tools.append(copy)
  const report = document.querySelector<HTMLAnchorElement>('a.report')
  if (report && title.matches('h2')) {
    const link = document.createElement('a')
    link.href = reportOn(report.href, id)
    link.textContent = '!'
    link.title = 'Report a mistake'
    link.setAttribute('aria-label', `Report a mistake in ${name}`)
    tools.append(link)
  }
  // a heading is called by its words alone
  title.setAttribute('aria-label', name)
  title.append(' ', tools)
}

/** The same report, with a section: its page comes first in the text, what was seen after an empty line. */
function reportOn(href: string, id: string): string {
  const url = new URL(href)
  const body = url.searchParams.get('body') ?? ''
  url.searchParams.set('body', body.replace('\n\n', `\nSection: #${id}\n\n`))
  return url.href
}

/** A button that copies, and says for a moment that it did, or that the browser did not let it. */
function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = label
  button.addEventListener('click', async () => {
    const said = await navigator.clipboard.writeText(text()).then(
      () => 'Copied',
      () => 'Not allowed',
    )
    button.textContent = said
    announce(said)
    setTimeout(() => {
      button.textContent = label
    }, 1500)
  })
  return button
}

/** Says it to a screen reader: the name of a button that changes is not read again. */
function announce(text: string): void {
  const known = document.querySelector('#said')
  const said = known ?? document.createElement('p')
  if (!known) {
    said.id = 'said'
    said.className = 'unseen'
    said.setAttribute('role', 'status')
    document.body.append(said)
  }
  said.textContent = text
}
