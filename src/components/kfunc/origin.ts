/** Where a kfunc comes from: its history, its configuration, its lines in the source, and what is missing. */

import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import type { RegistrationRow } from '#lib/site/kfunc/registrations.ts'
import { NEEDED_BY_ALL } from '#lib/site/render/config-lines.ts'
import { type Html, html, joined, sentence } from '#lib/site/render/html.ts'
import { noneNote, pageSection, scrollBox, textLink } from '../badges.ts'
import { gridTable, historyList } from '../history.ts'

/** Who may call it in each release, and what happened between them. */
export function historySection({ grid, history: steps, historyLink, historyHref, head }: KfuncPage): Html {
  return pageSection(
    'history',
    'History',
    gridTable(grid, head.id),
    historyList(steps, historyLink),
    html`<p><a href="${historyHref}">Through all releases</a></p>`,
  )
}

/** What a kernel must be configured with. */
export function configurationSection({ config, head }: KfuncPage): Html {
  const always = html`<p class="from">${NEEDED_BY_ALL}</p>`
  if (config === null) {
    const why = head.coverage === 'btf-only' ? ': no source was read' : ''
    return pageSection('configuration', 'Configuration', html`<p class="none">Not known${why}</p>`, always)
  }
  const { lines, places } = config
  const said = joined(places.map(textLink))
  return pageSection(
    'configuration',
    'Configuration',
    lines.length === 0
      ? noneNote('Nothing beyond what every kfunc needs')
      : html`<ul class="needs">${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
    places.length > 4
      ? html`<details class="from"><summary>${places.length} lines say so</summary>${said}</details>`
      : places.length > 0 && html`<p class="from">Said by ${said}</p>`,
    always,
  )
}

/** Object, definition and registrations. */
export function sourceSection({ definition, registered, kfunc, head }: KfuncPage): Html {
  const { object } = kfunc
  const module =
    object !== null && object !== 'vmlinux' && ', a module in the image that was read: it has to be loaded'
  const defined =
    definition === null
      ? head.coverage === 'btf-only'
        ? 'Not known: no source was read'
        : 'Not found'
      : textLink(definition)
  return pageSection(
    'source',
    'Source',
    html`<dl class="facts"><div><dt>Object</dt><dd>${
      object === null ? 'In no image that was read' : html`<code>${object}</code>${module}`
    }</dd></div><div><dt>Defined</dt><dd>${defined}</dd></div></dl><h3>Registered</h3>`,
    registered === null
      ? html`<p>Not known: no source was read.</p>`
      : registered.length === 0
        ? noneNote()
        : registrations(registered),
  )
}

function registrations(rows: readonly RegistrationRow[]): Html {
  const hasFlags = rows.some((row) => row.flags !== null)
  const hasFilter = rows.some((row) => row.filter !== null)
  const lines = rows.map(
    (row) =>
      html`<tr><td><a href="${row.entryHref}"><code>${row.set}</code></a></td><td>${
        row.programType === 'UNSPEC' ? 'every type (UNSPEC)' : row.programType
      }</td>${hasFlags && html`<td class="flags">${flagList(row.flags)}</td>`}${
        hasFilter && html`<td>${filter(row.filter)}</td>`
      }<td><a href="${row.href}">${row.place}</a></td></tr>`,
  )
  const table = scrollBox(
    'Registrations',
    html`<table><thead><tr><th scope="col">Id set</th><th scope="col">For program type</th>${
      hasFlags && html`<th scope="col">Flags</th>`
    }${hasFilter && html`<th scope="col">Filter</th>`}<th scope="col">Registered at</th></tr></thead><tbody>${lines}</tbody></table>`,
  )
  const areSets = rows.some(({ flags }) => flags?.some(({ set }) => set !== null))
  return html`${table}${
    areSets &&
    html`<p>This release has sets where 6.0 and later have flags: a kfunc in such a set has the flag.</p>`
  }`
}

function flagList(flags: RegistrationRow['flags']): Html {
  if (flags === null || flags.length === 0) return html`none`
  return joined(
    flags.map(({ name, set }) =>
      set ? html`${name} (<a href="${set.href}"><code>${set.name}</code></a>)` : html`${name}`,
    ),
    ' ',
  )
}

function filter(one: RegistrationRow['filter']): Html {
  if (one === null) return html`none`
  const name = html`<code>${one.name}</code>`
  return html`${one.href ? html`<a href="${one.href}">${name}</a>` : name}${one.sentence && html` ${sentence(one.sentence)}`}`
}

/** What could not be read. */
export function gapsSection({ gaps: all, coverage }: KfuncPage): Html {
  const lines = all.map(
    ({ text, place }) => html`<li>${sentence(text)}${place && html` (${textLink(place)})`}</li>`,
  )
  return pageSection(
    'gaps',
    'Gaps',
    all.length === 0 && coverage === null && noneNote(),
    coverage !== null && html`<p>${coverage}</p>`,
    lines.length > 0 && html`<ul>${lines}</ul>`,
  )
}
