/** All names through all releases. */

import type { NameRow, NameRun, NamesPage } from '#lib/site/pages/names-page.ts'
import { breakableName, type Html, html } from '#lib/site/render/html.ts'
import { releaseHead } from '#lib/site/render/release-head.ts'
import { scrollBox } from './badges.ts'

/** One row a name, one column a release; releases in a row in which nothing changed share a cell. */
export function namesTable({ releases, rows }: NamesPage): Html {
  return scrollBox(
    'All kfuncs, release by release',
    html`<table class="lives">${releaseHead('Kfunc', releases, null)}<tbody>${rows.map(row)}</tbody></table>`,
  )
}

function row({ name, href, runs, use }: NameRow): Html {
  return html`<tr><th scope="row"><a href="${href}">${breakableName(name)}</a>${
    use && html` <small>use <a href="${use.href}">${breakableName(use.name)}</a></small>`
  }</th>${runs.map(cell)}</tr>`
}

function cell({ presence, began, span, href }: NameRun): Html {
  const wide = span > 1 && html` colspan="${span}"`
  switch (presence) {
    case 'there':
      return html`<td${wide} class="there"><a href="${href}">${began ?? 'there'}</a></td>`
    case 'absent':
      return html`<td${wide}>${began ?? '–'}</td>`
    case 'unknown':
      return html`<td${wide}>${began ?? '?'}</td>`
  }
}
