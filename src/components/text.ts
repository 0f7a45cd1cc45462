/** Pages of hand-written texts: the text, and beside it what the data says of the same thing. */

import type { MessageBlock, MessageGroup } from '#lib/site/message-list.ts'
import type { FactCell, TextFacts } from '#lib/site/pages/text-facts.ts'
import type { TextList, TextPage } from '#lib/site/pages/text-page.ts'
import { type Html, html, joined, raw } from '#lib/site/render/html.ts'
import { scrollBox } from './badges.ts'

/** A text below its title, with the facts. */
export function textBody(page: TextPage): Html {
  const { summaryHtml, bodyHtml, headings, facts } = page
  const jump =
    headings.length > 0 &&
    html`<nav aria-label="On this page"><ul class="jump">${headings.map(
      ({ text, href }) => html`<li><a href="${href}">${text}</a></li>`,
    )}</ul></nav>`
  return html`<p class="lead">${raw(summaryHtml)}</p>${jump}<div class="prose">${raw(bodyHtml)}</div>${facts && factsOf(facts)}`
}

function factsOf({ columns, rows, kfuncs }: TextFacts): Html {
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`)
  const lines = rows.map(
    ({ release, cells, note }) =>
      html`<tr${cells === null && html` class="absent"`}><th scope="row">${release}</th>${
        cells === null
          ? html`<td colspan="${columns.length}">${note}</td>`
          : cells.map((one) => html`<td>${cell(one)}</td>`)
      }</tr>`,
  )
  const table = html`<table><thead><tr><th scope="col">Release</th>${heads}</tr></thead><tbody>${lines}</tbody></table>`
  const names =
    kfuncs &&
    html`<h2 id="in-kfuncs">Kfuncs of ${kfuncs.release} <small>${kfuncs.rows.length}</small></h2><ul class="names">${kfuncs.rows.map(
      ({ name, href, parameters }) =>
        html`<li><a href="${href}">${name}</a>${parameters !== '' && html` <small>${parameters}</small>`}</li>`,
    )}</ul>`
  return html`<h2 id="in-releases">In each release</h2>${scrollBox('In each release', table)}${names}`
}

const cell = ({ text, href }: FactCell): Html =>
  href === null ? html`${text}` : html`<a href="${href}">${text}</a>`

/** All texts that have a page. */
export function textLists(lists: readonly TextList[]): Html {
  return html`${lists.map(
    ({ kind, title, isName, rows }) =>
      html`<h2 id="${kind}">${title}</h2><dl class="texts">${rows.map((row) => {
        const name = isName ? html`<code>${row.title}</code>` : html`${row.title}`
        return html`<div><dt><a href="${row.href}">${name}</a></dt><dd>${raw(row.summaryHtml)}</dd></div>`
      })}</dl>`,
  )}`
}

/** The messages of the verifier, release by release. */
export function messageList(groups: readonly MessageGroup[]): Html {
  return html`${groups.map(
    ({ release, isNewest, messages }) =>
      html`<h2 id="said-${release.replace('.', '-')}">${isNewest ? `What ${release} says` : `Last said by ${release}`} <small>${messages.length}</small></h2>${messages.map(message)}`,
  )}`
}

function message(block: MessageBlock): Html {
  const { anchor, text, meaningHtml, cureHtml, place, releases, concerns } = block
  const names = joined(concerns.map(({ title, href }) => html`<a href="${href}">${title}</a>`))
  return html`<section class="message" id="${anchor}"><h3><a href="#${anchor}"><code>${text}</code></a></h3><p>${raw(meaningHtml)}</p><p><strong>Cure:</strong> ${raw(cureHtml)}</p><p class="from"><a href="${place.href}">${place.text}</a>${
    block.function && html` in <code>${block.function}</code>`
  }; said by ${releases.join(', ')}${concerns.length > 0 && html`. See ${names}`}</p></section>`
}
