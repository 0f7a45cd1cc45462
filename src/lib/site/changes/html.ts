/** Changes between two releases as HTML, for the pages of releases and for the comparison in a browser. */
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { happened } from '#lib/site/render/dates.ts'
import { EVENT_WORDS, eventHtml, type NameLink, nameHtml } from '#lib/site/render/event-html.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import type { ChangeGroup } from './changes.ts'

/** A line that says how many there are of each, with links to the groups. */
export function changeCounts(groups: readonly ChangeGroup[]): Html {
  return html`<ul class="jump">${groups.map(
    ({ anchor, title, events }) =>
      html`<li><a href="#${anchor}">${title}</a> <small>${events.length}</small></li>`,
  )}</ul>`
}

/** The part of the kernel that a kfunc belongs to, for who filters by it. */
export type SubsystemOfKfunc = (kfunc: string) => string

/** The groups, each a heading and a list. `from` is the release compared with: events that began earlier say so. */
export function changesHtml(
  groups: readonly ChangeGroup[],
  from: string,
  link: NameLink,
  partOf?: SubsystemOfKfunc,
): Html {
  return html`${groups.map(({ anchor, title, noticed, events }) => {
    const list = events.length === 0 ? html`<p class="none">None</p>` : entries(events, from, link, partOf)
    return html`<section><h2 id="${anchor}">${title}</h2>${
      noticed || events.length === 0
        ? list
        : html`<details><summary>${events.length} changes that no program notices</summary>${list}</details>`
    }</section>`
  })}`
}

/** Kinds that share a group, so that each entry names its own. */
const MIXED: readonly HistoryEvent['kind'][] = [
  'kernel-prototype',
  'registrations',
  'file',
  'object',
  'came-back',
]

/** Kfuncs of which the same is to be said, under it. */
function entries(
  events: readonly HistoryEvent[],
  from: string,
  link: NameLink,
  partOf?: SubsystemOfKfunc,
): Html {
  const same = new Map<string, { text: Html; when: string; events: HistoryEvent[] }>()
  for (const event of events) {
    const when = event.from !== null && event.from !== from ? happened(event) : ''
    const text = html`${MIXED.includes(event.kind) && `${EVENT_WORDS[event.kind]}: `}${eventHtml(event, link)}`
    const key = `${when}\n${text.html}`
    const entry = same.get(key)
    if (entry) entry.events.push(event)
    else same.set(key, { text, when, events: [event] })
  }
  return html`<dl class="changes">${[...same.values()].map(
    ({ text, when, events: own }) =>
      html`<div>${own.map(
        (event) =>
          html`<dt${partOf && html` data-part="${partOf(event.kfunc)}"`}>${nameHtml(event.kfunc, link)}${event.testOnly && html` <span class="tag">test only</span>`}</dt>`,
      )}<dd>${when !== '' && html`<small>${when}</small> `}${text}</dd></div>`,
  )}</dl>`
}
