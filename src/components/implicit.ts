/** The kfuncs with implicit arguments, one block each: what each release wants, and what older programs meet. */

import type { ImplicitKfunc, ImplicitPage, ImplicitRun } from '#lib/site/kfunc/implicit-page.ts'
import { implicitAnchor } from '#lib/site/links/urls.ts'
import { type Html, html, joined } from '#lib/site/render/html.ts'
import { scrollBox } from './badges.ts'

/** A block for each kfunc, by name. */
export function implicitKfuncs({ kfuncs, places }: ImplicitPage): Html {
  return html`${kfuncs.map((kfunc) => block(kfunc, places))}`
}

function block({ name, href, story, runs }: ImplicitKfunc, places: ImplicitPage['places']): Html {
  return html`<section class="story"><h3 id="${implicitAnchor(name)}"><a href="${href}"><code>${name}</code></a></h3>${scrollBox(
    `${name} in each release`,
    html`<table class="implicit"><thead><tr><th scope="col">Releases</th><th scope="col">A program calls</th><th scope="col">Place holders</th><th scope="col">Left out</th><th scope="col"><code>${story.implName}</code></th></tr></thead><tbody>${runs.map(line)}</tbody></table>`,
  )}${meeting(story, places)}</section>`
}

const IMPL = {
  real: 'a kfunc',
  generated: 'in BTF only, cannot be called',
  absent: 'not there',
  unknown: 'not known',
} as const

function line({ releases, row }: ImplicitRun): Html {
  const { calls, passes, hidden, impl } = row
  return html`<tr><th scope="row">${releases.join(' ')}</th><td>${
    calls === null ? 'none, or not known' : html`<code>${calls.prototype.text}</code>`
  }</td><td>${passes.length === 0 && 'nothing'}${passes.map(({ parameter, value }) => html`<code>${value}</code> for <code>${parameter}</code> `)}</td><td>${
    hidden === null
      ? 'not known'
      : hidden.length === 0
        ? 'nothing'
        : joined(hidden.map((one) => html`<code>${one}</code>`))
  }</td><td>${IMPL[impl]}</td></tr>`
}

/** What a program that was built for another release meets on the newest one. */
function meeting({ rows, forms }: ImplicitKfunc['story'], places: ImplicitPage['places']): Html | false {
  const last = rows.at(-1)
  if (!last || forms.length < 2) return false
  const newest = last.release
  const lines = last.meets.map(({ form, refusals }) => {
    const built = html`Built for ${form.releases.join(', ')}, on ${newest}`
    if (refusals === null) return html`<li>${built}: not known.</li>`
    if (refusals.length === 0) return html`<li>${built}: it loads as before.</li>`
    const said = refusals.map(({ by, says, saysIfWeak, message }) => {
      const place = places[message]
      return html` ${place ? html`<a href="${place}">${by} says</a>` : `${by} says`} “${says}”${
        saysIfWeak !== null && html`; where it is declared weak, “${saysIfWeak}” once it is called`
      }.`
    })
    return html`<li>${built}:${said}</li>`
  })
  return html`<ul class="meets">${lines}</ul>`
}
