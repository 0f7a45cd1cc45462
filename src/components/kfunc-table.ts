import { type Html, html, raw } from '#lib/site/html.ts'
import type { KfuncRow } from '#lib/site/release-page.ts'
import { scroll } from './parts.ts'

/** Kfuncs of one release, a row each; `label` says what the table lists. */
export function kfuncTable(rows: readonly KfuncRow[], label: string): Html {
  const hasModule = rows.some(({ module }) => module !== '')
  return scroll(
    label,
    html`<table class="kfuncs"><thead><tr><th scope="col">Kfunc</th><th scope="col">What it does</th><th scope="col">Flags</th><th scope="col">Callable from</th>${
      hasModule && html`<th scope="col">Module</th>`
    }</tr></thead><tbody>${rows.map((row) => line(row, hasModule))}</tbody></table>`,
  )
}

function line(
  { name, href, summaryHtml, flags, types, testOnly, module, config }: KfuncRow,
  hasModule: boolean,
): Html {
  const symbols = config !== '' && html` data-config="${config}"`
  return html`<tr${symbols}><th scope="row"><a href="${href}">${name}</a></th><td>${
    testOnly && html`<span class="tag">test only</span>`
  }${raw(summaryHtml)}</td><td class="flags">${flags}</td><td>${types ?? 'not known'}</td>${
    hasModule && html`<td>${module}</td>`
  }</tr>`
}
