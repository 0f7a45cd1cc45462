/** Who may call a kfunc in one release, and what else that takes. */

import type { SupportRow } from '#lib/site/kfunc/callable-from.ts'
import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import { type Html, type HtmlValue, html, sentence } from '#lib/site/render/html.ts'
import { answerBadge, conditionList, pageSection, scrollBox, sinceMark, typeLinks } from '../badges.ts'

/** The answers, by program types, with the marks of context arguments and what every caller needs. */
export function callableSection({ callable, coverage, contexts, asked, needs }: KfuncPage): Html {
  const marks = [...contexts.map(({ text }) => text), ...asked].map(
    (text) => html`<p class="mark">${sentence(text)}</p>`,
  )
  const needList =
    needs &&
    html`<p>A program needs:</p><ul class="needs">${needs.map(
      ({ text, message, place, href }) =>
        html`<li>${sentence(text)} (${message !== null && html`else: <q><samp>${message.replace(/\\n$/, '')}</samp></q>, `}<a href="${href}"><code>${place}</code></a>)</li>`,
    )}</ul>`
  if (callable === null)
    return pageSection('callable-from', 'Callable from', html`<p>Not known. ${coverage}</p>`, needList)
  const { rows, never, neverCount } = callable
  return pageSection(
    'callable-from',
    'Callable from',
    html`<p>${callable.sentence}</p>`,
    rows.length > 0 && answers(rows),
    marks,
    never.length > 0 &&
      html`<details class="refused"><summary>${answerBadge('never')} from ${neverCount} program type${
        neverCount !== 1 && 's'
      }</summary>${never.map(refusal)}</details>`,
    needList,
  )
}

function answers(rows: readonly SupportRow[]): Html {
  const hasConditions = rows.some((row) => row.conditions.length > 0)
  const lines = rows.map(
    (row) =>
      html`<tr><td>${answerBadge(row.callable)}${sinceMark(row.since.callable)}</td><td class="types words">${typeLinks(row.types)}</td><td>${row.how}</td>${
        hasConditions && html`<td>${conditionList(row.conditions)}${sinceMark(row.since.conditions)}</td>`
      }</tr>`,
  )
  return scrollBox(
    'Program types that may call it',
    html`<table class="blocks"><thead><tr><th scope="col">Callable</th><th scope="col">Program types</th><th scope="col">How</th>${
      hasConditions && html`<th scope="col">Conditions</th>`
    }</tr></thead><tbody>${lines}</tbody></table>`,
  )
}

function refusal({ types, conditions, since }: SupportRow): HtmlValue {
  const why = conditions.length > 0 && html`: ${sentence(conditions.join('; '))}`
  return html`<p>${typeLinks(types)}${why}${sinceMark(since.callable ?? since.conditions)}</p>`
}
