/** An event of a kfunc's history as HTML. For pages and browsers alike: no colours, no memory. */
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { groupAnswers, printEvent, printPrototypeChange } from '#lib/publish/history/words.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'
import { type Html, type HtmlValue, html, joined, sentence } from './html.ts'
import { prototypeDiff } from './prototype-diff.ts'
import { SUFFIX_WORDS } from './suffix-words.ts'

/** Gives the address of a kfunc's page, or null for none. */
export type NameLink = (name: string) => string | null

/** What each kind of event is called where events stand in a list. */
export const EVENT_WORDS: Readonly<Record<HistoryEvent['kind'], string>> = {
  'first-seen': 'First read',
  added: 'Came',
  'came-back': 'Came back',
  removed: 'Went',
  renamed: 'Renamed',
  replaced: 'Replaced',
  prototype: 'Prototype',
  'kernel-prototype': 'C function',
  flags: 'Flags',
  callable: 'Callable from',
  registrations: 'Registered',
  object: 'Object',
  config: 'Configuration',
  file: 'File',
}

const MANY = 6

/** What an event says beyond its kind and its releases; empty where that is all. */
export function eventHtml(event: HistoryEvent, link: NameLink): Html {
  const names = (all: readonly string[]): Html => joined(all.map((name) => nameHtml(name, link)))
  switch (event.kind) {
    case 'first-seen':
      return html``
    case 'added':
      return event.replaces.length > 0 ? html`It replaces ${names(event.replaces)}.` : html``
    case 'came-back':
      return html`${event.lastIn !== null && `It was last in ${event.lastIn}.`}${
        event.replaces.length > 0 &&
        html`${event.lastIn !== null && ' '}It replaces ${names(event.replaces)}.`
      }`
    case 'removed':
      return event.replacedBy.length > 0
        ? html`Use ${joined(
            event.replacedBy.map((name) => nameHtml(name, link)),
            ' or ',
          )}.`
        : html``
    case 'renamed':
      return html`${names([event.oldName])} became ${names([event.newName])}.${
        event.before !== null && event.after !== null && diffHtml(event.before, event.after)
      }`
    case 'replaced':
      return html`${names([event.by])} replaces it; both are there.`
    case 'prototype':
      return html`${changeWords(event)}${diffHtml(event.before, event.after)}`
    case 'kernel-prototype':
      return html`Seen by no program: ${changeWords(event)}`
    case 'flags':
      return html`${plusMinus(event.added, event.removed)}${
        event.programTypes && html` for ${programTypesHtml(event.programTypes.map(shortProgramType))}`
      }`
    case 'config':
      return plusMinus(event.added, event.removed)
    case 'callable': {
      const groups = groupAnswers(event.changes)
      const lines = groups.map(([types, words]) => html`${programTypesHtml(types)}: ${sentence(words)}`)
      return lines.length === 1
        ? html`${lines}`
        : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`
    }
    case 'registrations':
    case 'object':
    case 'file':
      return html`${printEvent(event).detail}`
  }
}

/** A kfunc's name, linked where it has a page. */
export function nameHtml(name: string, link: NameLink): Html {
  const href = link(name)
  return href === null ? html`<code>${name}</code>` : html`<a href="${href}"><code>${name}</code></a>`
}

/** Before above after, what differs marked. */
function diffHtml(before: string, after: string): HtmlValue {
  const diff = prototypeDiff(before, after)
  return html`<pre class="diff" tabindex="0"><code>${diff.before}
${diff.after}</code></pre>`
}

function changeWords(event: HistoryEvent & { kind: 'prototype' | 'kernel-prototype' }): string {
  return event.changes.map((change) => printPrototypeChange(change, SUFFIX_WORDS)).join('; ')
}

function plusMinus(added: readonly string[], removed: readonly string[]): Html {
  const come = joined(added.map((one) => html`<ins>${one}</ins>`))
  const gone = joined(removed.map((one) => html`<del>${one}</del>`))
  return html`${added.length > 0 && html`${come} added`}${added.length > 0 && removed.length > 0 && '; '}${
    removed.length > 0 && html`${gone} removed`
  }`
}

/** Are there so many program types that `programTypesHtml` folds them? */
export function isFolded(types: readonly string[]): boolean {
  return types.length > MANY
}

/** Program types: a few by name, many folded. */
export function programTypesHtml(types: readonly string[]): Html {
  if (!isFolded(types)) return html`${types.join(', ')}`
  return html`<details class="types"><summary>${types.length} program types</summary>${types.join(', ')}</details>`
}
