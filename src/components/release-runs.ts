import type { ReleaseRun } from '#lib/site/kfunc/history-page.ts'
import { type Html, html, joined, raw } from '#lib/site/render/html.ts'
import { scrollBox } from './badges.ts'

/** A kfunc's prototype, flags, types and object, release by release, newest first. */
export function releaseRuns(runs: readonly ReleaseRun[]): Html {
  return scrollBox(
    'Releases',
    html`<table class="history"><thead><tr><th scope="col">Releases</th><th scope="col">Prototype</th><th scope="col">Flags</th><th scope="col">Callable from</th><th scope="col">Object</th></tr></thead><tbody>${runs.map(line)}</tbody></table>`,
  )
}

function line(run: ReleaseRun): Html {
  const ids = joined(
    run.releases.map(({ id, href }) => (href === null ? html`${id}` : html`<a href="${href}">${id}</a>`)),
    ' ',
  )
  if (run.absence !== null)
    return html`<tr class="absent"><th scope="row">${ids}</th><td colspan="4">${run.absence}</td></tr>`
  const prototype =
    run.prototypeHtml === null
      ? run.samePrototype
        ? 'as above'
        : 'not known'
      : html`<pre><code>${raw(run.prototypeHtml)}</code></pre>`
  return html`<tr><th scope="row">${ids}</th><td>${prototype}</td><td class="flags">${run.flags || 'none'}</td><td>${
    run.types ?? 'not known'
  }</td><td>${run.object ?? 'in no image'}</td></tr>`
}
