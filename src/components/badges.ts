/** Small pieces that many pages print. */

import type { Support } from '#lib/model/published.ts'
import { type Html, type HtmlValue, html, joined, sentence } from '#lib/site/render/html.ts'

/** A section of a kfunc's page: its heading and what stands under it. */
export function pageSection(id: string, title: string, ...content: readonly HtmlValue[]): Html {
  return html`<section><h2 id="${id}">${title}</h2>${content}</section>`
}

/** A box that scrolls sideways by itself, with the name that is read out for it. */
export function scrollBox(label: string, content: HtmlValue): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>`
}

/** An answer, told by word, shape and colour. */
export function answerBadge(callable: Support['callable']): Html {
  return html`<span class="answer ${callable}">${callable}</span>`
}

/** A link with its text, in code where it is the kernel's. */
export function textLink(to: { readonly text: string; readonly href: string }): Html {
  return html`<a href="${to.href}">${to.text}</a>`
}

/** Program types, each leading to its page, with the anchor that the grid's cells lead to. */
export function typeLinks(
  types: readonly { readonly short: string; readonly href: string; readonly anchor?: string }[],
): Html {
  return joined(
    types.map(({ short, href, anchor }) =>
      anchor === undefined
        ? html`<a href="${href}">${short}</a>`
        : html`<a id="${anchor}" href="${href}">${short}</a>`,
    ),
  )
}

/** Conditions: one as a sentence, several as a list. */
export function conditionList(conditions: readonly string[]): Html {
  return conditions.length > 1
    ? html`<ul class="conditions">${conditions.map((one) => html`<li>${sentence(one)}</li>`)}</ul>`
    : sentence(conditions[0] ?? '')
}

/** A mark beside a line that is younger than the kfunc. */
export function sinceMark(since: string | null): HtmlValue {
  return since !== null && html` <span class="since">${since}</span>`
}

/** A paragraph that says that there is nothing. */
export function noneNote(text = 'None'): Html {
  return html`<p class="none">${text}</p>`
}
