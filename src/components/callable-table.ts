import type { CallableKfunc } from '#lib/site/release/program-type-page.ts'
import { type Html, html, sentence } from '#lib/site/render/html.ts'
import { conditionList, noneNote, scrollBox } from './badges.ts'

/** Kfuncs that a program type may call, with how and under what conditions. */
export function callableTable(rows: readonly CallableKfunc[], label: string): Html {
  if (rows.length === 0) return noneNote()
  const hasConditions = rows.some(({ conditions, mark }) => conditions.length > 0 || mark !== null)
  const lines = rows.map(
    (row) =>
      html`<tr><th scope="row"><a href="${row.href}">${row.name}</a></th><td>${row.how}</td>${
        hasConditions && html`<td>${conditionList(row.conditions)}${markText(row)}</td>`
      }</tr>`,
  )
  return scrollBox(
    label,
    html`<table class="kfuncs"><thead><tr><th scope="col">Kfunc</th><th scope="col" class="how">How</th>${
      hasConditions && html`<th scope="col">Conditions</th>`
    }</tr></thead><tbody>${lines}</tbody></table>`,
  )
}

/** Names in columns; what stands against a call or hangs on the configuration stands beside its name. */
export function callableNames(rows: readonly CallableKfunc[]): Html {
  return html`<ul class="names">${rows.map(
    (row) =>
      html`<li><a href="${row.href}">${row.name}</a>${row.conditions.map((one) => html` <small>${sentence(one)}</small>`)}${markText(row)}</li>`,
  )}</ul>`
}

function markText({ mark }: CallableKfunc): Html | false {
  return mark !== null && html` <small class="mark">${sentence(mark)}</small>`
}
