/** The answer to a query as HTML, made in the browser. */
import { GRID_WORDS, type GridAnswer } from '#lib/site/kfunc/grid.ts'
import type { SiteUrls } from '#lib/site/links/urls.ts'
import { breakableName, type Html, html } from '#lib/site/render/html.ts'
import { releaseHead } from '#lib/site/render/release-head.ts'
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
    const cells = runsOf(answers).map(({ answer, newest, span }) => {
      const [word, className] = GRID_WORDS[answer]
      const isThere = answer === 'yes' || answer === 'if' || answer === 'no'
      const page = urls.kfunc(releases[newest] ?? '', name)
      const wide = span > 1 && html` colspan="${span}"`
      return html`<td${wide}>${
        isThere
          ? html`<a class="answer ${className}" href="${page}#callable-from">${word}</a>`
          : html`<span class="answer ${className}">${word}</span>`
      }</td>`
    })
    const notes = [
      ...(prototypes > 1 ? [`${prototypes} prototypes`] : []),
      ...(replacedBy === null ? [] : [`use ${replacedBy}`]),
    ]
    return html`<tr><th scope="row"><label><input type="checkbox" name="k" value="${name}"${
      chosen.includes(name) && html` checked`
    }> <span class="unseen">Declare </span></label><a href="${urls.kfuncHistory(name)}">${breakableName(name)}</a></th>${cells}<td>${notes.join(', ')}</td></tr>`
  }
  if (rows.length === 0)
    return html`<section><h2 id="${id}">${title} <small>0</small></h2><p class="none">None</p></section>`
  return html`<section><h2 id="${id}">${title} <small>${rows.length}</small></h2><div class="scroll" role="region" tabindex="0" aria-label="${title}"><table class="grid answers">${releaseHead(
    'Kfunc',
    releases.map((release) => ({ id: release, href: null })),
    null,
    'Note',
  )}<tbody>${rows.map(line)}</tbody></table></div></section>`
}

/** Neighbouring releases with one answer; `newest` is the index of the last of them. */
function runsOf(answers: QueryRow['answers']): { answer: GridAnswer; newest: number; span: number }[] {
  const runs: { answer: GridAnswer; newest: number; span: number }[] = []
  for (const [i, answer] of answers.entries()) {
    const last = runs.at(-1)
    if (last?.answer === answer) runs[runs.length - 1] = { answer, newest: i, span: last.span + 1 }
    else runs.push({ answer, newest: i, span: 1 })
  }
  return runs
}
