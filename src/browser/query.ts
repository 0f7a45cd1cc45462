/** The page of my kernels: fetches the matrix once, and answers what the form asks. Its state is in the address. */
import type { Matrix } from '#lib/model/matrix.ts'
import { releaseOrder } from '#lib/model/order.ts'
import { programTypeSegment, shortProgramType, siteUrls } from '#lib/site/links/urls.ts'
import { queryHtml } from '#lib/site/query/html.ts'
import {
  answerQuery,
  conditionsNamed,
  matrixProgramTypes,
  OTHER_CONDITION,
  printQuery,
  type Query,
  readQuery,
} from '#lib/site/query/query.ts'
import { html } from '#lib/site/render/html.ts'

const form = document.querySelector<HTMLFormElement>('#query')
const status = document.querySelector('#answered')
const result = document.querySelector<HTMLElement>('#result')
const declarations = document.querySelector<HTMLElement>('#declarations')
if (form && status && result && declarations) start(form, status, result, declarations)

async function start(
  form: HTMLFormElement,
  status: Element,
  result: HTMLElement,
  declarations: HTMLElement,
): Promise<void> {
  const urls = siteUrls(form.dataset.base ?? '/')
  const response = await fetch(urls.matrix).catch(() => null)
  if (!response?.ok) {
    status.textContent = 'The data could not be fetched. Look at the connection, then load the page again.'
    return
  }
  const matrix: Matrix = await response.json()
  const asked = (): Query => readQuery(new URLSearchParams(location.search), matrix)

  const show = (): void => {
    const query = asked()
    fill(form, matrix, query)
    if (query.releases.length === 0) {
      result.replaceChildren()
      declarations.hidden = true
      status.textContent = 'Choose releases.'
      return
    }
    const answer = answerQuery(matrix, query)
    result.innerHTML = queryHtml(answer, query, urls).html
    showDeclarations(query)
    status.textContent = `${answer.all.length} kfuncs on all, ${answer.some.length} on some of ${askedText(query.releases)}.`
  }
  const showDeclarations = async (query: Query): Promise<void> => {
    // fetched after the answer: it is as large as all else
    const { declarationsFor } = await import('#lib/site/query/declarations.ts')
    const text = declarationsFor(matrix, query.releases, query.chosen)
    declarations.hidden = text === ''
    const code = declarations.querySelector('code')
    if (code) code.textContent = text
  }
  const go = (query: Query): void => {
    const text = printQuery(query)
    history.pushState(null, '', text === '' ? location.pathname : `?${text}`)
  }

  form.hidden = false
  form.addEventListener('change', (event) => {
    const { target } = event
    if (target instanceof HTMLSelectElement && (target.name === 'from' || target.name === 'to'))
      tickBetween(form)
    const before = asked()
    const query = readForm(form, matrix, before.chosen)
    // conditions of another program type mean nothing for this one
    const isSameType = query.programType === before.programType
    go(isSameType ? query : { ...query, attach: '', structOps: '' })
    show()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    go(readForm(form, matrix, asked().chosen))
    show()
  })
  result.addEventListener('change', () => {
    const boxes = [...result.querySelectorAll<HTMLInputElement>('input[name="k"]:checked')]
    const query = { ...asked(), chosen: boxes.map(({ value }) => value) }
    go(query)
    showDeclarations(query)
  })
  addEventListener('popstate', show)
  show()
}

/** The releases of a query, named where they are few. */
function askedText(releases: readonly string[]): string {
  if (releases.length <= 6) return releases.join(', ')
  return `${releases.length} releases, ${releases[0]} to ${releases.at(-1)}`
}

const chosenIn = (form: HTMLFormElement, name: string): string => {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLSelectElement ? field.value : ''
}

const boxesOf = (form: HTMLFormElement): HTMLInputElement[] => [
  ...form.querySelectorAll<HTMLInputElement>('input[name="in"]'),
]

function tickBetween(form: HTMLFormElement): void {
  const [low, high] = [chosenIn(form, 'from'), chosenIn(form, 'to')].sort(releaseOrder)
  if (!low || !high) return
  for (const box of boxesOf(form))
    box.checked = releaseOrder(low, box.value) <= 0 && releaseOrder(box.value, high) <= 0
}

function readForm(form: HTMLFormElement, matrix: Matrix, chosen: readonly string[]): Query {
  const params = new URLSearchParams({
    in: boxesOf(form)
      .filter(({ checked }) => checked)
      .map(({ value }) => value)
      .join(),
    type: chosenIn(form, 'type'),
    attach: chosenIn(form, 'attach'),
    struct_ops: chosenIn(form, 'struct_ops'),
    sleepable: chosenIn(form, 'sleepable'),
    k: chosen.join(),
  })
  return readQuery(params, matrix)
}

/** Shows a query in the form; what no condition of the program type names is not asked for. */
function fill(form: HTMLFormElement, matrix: Matrix, query: Query): void {
  for (const box of boxesOf(form)) box.checked = query.releases.includes(box.value)
  const types = matrixProgramTypes(matrix)
  const { attach, structOps } = conditionsNamed(matrix, query.programType)
  const choices: [name: string, options: readonly (readonly [string, string])[], value: string][] = [
    [
      'type',
      types.map((one) => [programTypeSegment(one), shortProgramType(one)]),
      query.programType && programTypeSegment(query.programType),
    ],
    ['attach', [...attach.map((one) => [one, one] as const), [OTHER_CONDITION, 'another']], query.attach],
    [
      'struct_ops',
      [...structOps.map((one) => [one, one] as const), [OTHER_CONDITION, 'another']],
      query.structOps,
    ],
  ]
  for (const [name, options, value] of choices) {
    const field = form.elements.namedItem(name)
    if (!(field instanceof HTMLSelectElement)) continue
    field.innerHTML = html`<option value="">any</option>${options.map(
      ([key, text]) => html`<option value="${key}">${text}</option>`,
    )}`.html
    field.value = value
    const label = field.closest('label')
    if (label) label.hidden = options.length < 2
  }
  const sleepable = form.elements.namedItem('sleepable')
  if (sleepable instanceof HTMLSelectElement) sleepable.value = query.sleepable
}
