import type { Strips } from '#lib/site/pictures/strip.ts'
import type { KfuncRow } from '#lib/site/release/page.ts'
import { type Html, type HtmlValue, html, raw } from '#lib/site/render/html.ts'
import { scrollBox } from './badges.ts'

/** Kfuncs of one release, a row each; `label` says what the table lists, `strips` draws who may call them. */
export function kfuncTable(rows: readonly KfuncRow[], label: string, strips: Strips): Html {
  const hasObject = rows.some(({ object }) => object !== '')
  return scrollBox(
    label,
    html`<table class="kfuncs"><thead><tr><th scope="col">Kfunc</th><th scope="col">What it does</th><th scope="col" class="flags">Flags</th><th scope="col" class="from-types">Callable from</th><th scope="col" class="since">Since</th>${
      hasObject && html`<th scope="col" class="object">Module</th>`
    }</tr></thead><tbody>${rows.map((row) => line(row, hasObject, strips))}</tbody></table>`,
  )
}

function line(row: KfuncRow, hasObject: boolean, strips: Strips): Html {
  const { name, href, summaryHtml, prototype, flags, types, answers, since, object, testOnly } = row
  const does = prototype === null ? raw(summaryHtml) : html`<code>${prototype}</code>`
  return html`<tr${data('config', row.config)}${data('changed', row.changed)}${data('told', row.told)}><th scope="row"><a href="${href}">${name}</a></th><td>${
    testOnly && html`<span class="tag">test only</span>`
  }${does}</td><td class="flags">${flags}</td><td>${answers !== null && strips.use(answers)}${
    types ?? 'not known'
  }</td><td class="since">${since}</td>${hasObject && html`<td>${object}</td>`}</tr>`
}

function data(name: string, value: string | null): HtmlValue {
  return value !== null && value !== '' && html` data-${name}="${value}"`
}
