/** The answer to a query as HTML, made in the browser. */
import { GRID_WORDS } from '#lib/site/kfunc/grid.ts'
import type { SiteUrls } from '#lib/site/links/urls.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import type { Query, QueryResult, QueryRow } from './query.ts'

/** Both groups, a table each, with a box before each name that asks for its declaration. */
export function queryHtml(result: QueryResult, query: Query, urls: SiteUrls): Html {
  const { all, some, unread } = result
  const many = query.releases.length > 1
  const rows = [...all, ...some]
  const dim = query.releases.filter((_, at) => {
    const given = new Set(rows.map(({ answers }) => answers[at]))
    return given.has('unknown') && !given.has('yes') && !given.has('if')
  })
  return html`${
    unread.length > 0 &&
    html`<p class="notice">Not read, and so not known: ${unread.join(', ')}. What their neighbours agree on is likely there too, and not proven.</p>`
  }${
    dim.length > 0 &&
    html`<p class="notice">Of ${dim.join(', ')} an image alone was read: who may call is not known there (“?”).</p>`
  }${group('all', many ? (dim.length > 0 ? 'On all that are known' : 'On all of them') : 'Callable', all, query, urls)}${
    many && group('some', 'On some of them only', some, query, urls)
  }`
}

function group(id: string, title: string, rows: readonly QueryRow[], query: Query, urls: SiteUrls): Html {
  const { releases, chosen } = query
  const line = ({ name, answers, prototypes, replacedBy }: QueryRow): Html => {
    const cells = answers.map((answer, i) => {
      const [word, className] = GRID_WORDS[answer]
      const mark = html`<span class="answer ${className}">${word}</span>`
      const isThere = answer === 'yes' || answer === 'if' || answer === 'no'
      const href = isThere ? `${urls.kfunc(releases[i] ?? '', name)}#callable-from` : null
      return html`<td>${href === null ? mark : html`<a class="answer ${className}" href="${href}">${word}</a>`}</td>`
    })
    const notes = [
      ...(prototypes > 1 ? [`${prototypes} prototypes`] : []),
      ...(replacedBy === null ? [] : [`use ${replacedBy}`]),
    ]
    return html`<tr><th scope="row"><label><input type="checkbox" name="k" value="${name}"${
      chosen.includes(name) && html` checked`
    }> <span class="unseen">Declare </span></label><a href="${urls.kfuncHistory(name)}">${name}</a></th>${cells}<td>${notes.join(', ')}</td></tr>`
  }
  if (rows.length === 0)
    return html`<section><h2 id="${id}">${title} <small>0</small></h2><p class="none">None</p></section>`
  return html`<section><h2 id="${id}">${title} <small>${rows.length}</small></h2><div class="scroll" role="region" tabindex="0" aria-label="${title}"><table class="grid answers"><thead><tr><th scope="col">Kfunc</th>${releases.map(
    (release) => html`<th scope="col">${release}</th>`,
  )}<th scope="col">Note</th></tr></thead><tbody>${rows.map(line)}</tbody></table></div></section>`
}
