/** What stands above the table of a release: the form that narrows it, and how to read its strips. */

import type { FacetChoices } from '#lib/site/release/facet-choices.ts'
import type { ReleasePage } from '#lib/site/release/page.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import { answerBadge } from './badges.ts'

/** What the reader types and chooses, no form since nothing is sent; hidden until the script runs that binds it. */
export function facetForm(facets: readonly FacetChoices[], total: number): Html {
  const selects = facets.map(
    ({ facet, label, choices }) =>
      html`<select name="${facet}" aria-label="${label}" autocomplete="off"><option value="">${label}</option>${choices.map(
        ({ value, text }) => html`<option value="${value}">${text}</option>`,
      )}</select>`,
  )
  return html`<div class="facets" id="facets" role="group" aria-label="Narrow the list" hidden><p><label for="filter">Filter</label> <input id="filter" name="q" type="search" autocomplete="off" spellcheck="false" placeholder="name, flag, word"> <span><output for="filter">${total}</output> of ${total} kfuncs</span> <button type="button" hidden>Show all</button></p><p>${selects}</p></div>`
}

/** What the marks of a strip mean, and the program types in their order. */
export function stripLegend(types: ReleasePage['types']): Html | false {
  if (types.length === 0) return false
  return html`<details class="legend"><summary>The strips show all ${types.length} program types</summary><p>One mark a type, always in this order. A whole mark: ${answerBadge('always')}; half: ${answerBadge('sometimes')}, under conditions that its page has; a dot: ${answerBadge('never')}.</p><ol id="types">${types.map(
    ({ short, segment, href }) => html`<li data-type="${segment}"><a href="${href}">${short}</a></li>`,
  )}</ol></details>`
}
