import { GRID_WORDS, type Grid, type GridCell } from '#lib/site/kfunc/grid.ts'
import type { HistoryStep } from '#lib/site/kfunc/history-list.ts'
import type { Succession } from '#lib/site/kfunc/successor.ts'
import {
  EVENT_WORDS,
  eventHtml,
  isFolded,
  type NameLink,
  programTypesHtml,
} from '#lib/site/render/event-html.ts'
import { type Html, type HtmlValue, html } from '#lib/site/render/html.ts'
import { releaseHead } from '#lib/site/render/release-head.ts'
import { noneNote, scrollBox } from './badges.ts'

/** The events of a kfunc, newest first. */
export function historyList(steps: readonly HistoryStep[], link: NameLink): Html {
  if (steps.length === 0) return noneNote('Nothing is known to have changed.')
  return html`<dl class="events">${steps.map(
    ({ when, events }) =>
      html`<div><dt>${when}</dt><dd>${events.map((event) => {
        const text = eventHtml(event, link)
        return html`<div><b>${EVENT_WORDS[event.kind]}</b>${text.html !== '' && html` ${text}`}</div>`
      })}</dd></div>`,
  )}</dl>`
}

/** Releases × program types. `here` is the release of the page, or null. */
export function gridTable(grid: Grid, here: string | null): Html {
  const body = grid.rows.map(({ types, cells }) => html`<tr>${rowHead(types)}${cells.map(cell)}</tr>`)
  const never =
    grid.never.length > 0 &&
    html`<div class="refused">In none of the releases read from source: ${programTypesHtml(grid.never)}</div>`
  if (!grid.known) return noneNote('Not known: no release that has it was read from source.')
  if (grid.rows.length === 0)
    return html`<p>No program type may call it in any release whose source was read.</p>`
  return html`${scrollBox(
    'Who may call it, release by release',
    html`<table class="grid">${releaseHead('Program types', grid.releases, here)}<tbody>${body}</tbody></table>`,
  )}<p class="legend">yes: always · if: under conditions · no: refused · ?: not known, no source was read · –: not in that release. A cell leads to the reason.</p>${never}`
}

/** A `<th>` may hold no `<details>`, which many types are folded in. */
function rowHead(types: readonly string[]): Html {
  const text = programTypesHtml(types)
  return isFolded(types) ? html`<td role="rowheader">${text}</td>` : html`<th scope="row">${text}</th>`
}

function cell({ answer, href, span }: GridCell): Html {
  const [word, className] = GRID_WORDS[answer]
  const wide = span > 1 && html` colspan="${span}"`
  return html`<td${wide}><a class="answer ${className}" href="${href}">${word}</a></td>`
}

/** What to use instead of a kfunc, and what it replaces. */
export function successionText({ use, insteadOf }: Succession, className = 'notice'): HtmlValue {
  const named = ({ name, href }: { name: string; href: string }): Html =>
    html`<a href="${href}"><code>${name}</code></a>`
  return [
    use &&
      html`<p class="${className}">${use.since ? `${use.since[0]?.toUpperCase()}${use.since.slice(1)}: use` : 'Use'} ${named(use)} instead.</p>`,
    insteadOf.length > 0 &&
      html`<p>It replaces ${insteadOf.map((one, i) => [i > 0 && ', ', named(one)])}.</p>`,
  ]
}
