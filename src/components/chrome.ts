/** What stands around every page, and the menu of releases. */

import type { RepositoryLinks } from '#lib/site/links/repository-links.ts'
import type { MenuEntry } from '#lib/site/release-menu.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import { bySeries } from '#lib/site/render/release-head.ts'
import { repository, urls } from './addresses.ts'

/**
 * The head of a page; `release` is the one that it is about, or null, and `path` its own address. `releases` are the ids of
 * all, oldest first.
 */
export function siteHeader(release: string | null, path: string, releases: readonly string[]): Html {
  const id = release ?? releases.at(-1) ?? ''
  const links = [
    [`Kfuncs of ${id}`, urls.release(id)],
    ['Program types', urls.programTypes(id)],
    ['Flags', urls.flags(id)],
    ...(id !== releases[0] ? [['Changes', urls.changes(id)]] : []),
    ['Learn', urls.learn],
    ['Compare', urls.compare],
    ['My kernels', urls.query],
    ['All names', urls.kfuncs],
    ['About', urls.about],
  ] as const
  const current = (href: string | undefined): Html | false => href === path && html` aria-current="page"`
  return html`<header class="site"><a class="home" href="${urls.home}"${current(urls.home)}>Kfunc Atlas</a>${searchBox(
    release,
  )}<nav aria-label="Main"><ul>${links.map(
    ([text, href]) => html`<li><a href="${href}"${current(href)}>${text}</a></li>`,
  )}</ul></nav></header>`
}

/** The search form: `release` is the one a hit opens in; null: the newest that has it. */
function searchBox(release: string | null): Html {
  const atHand = release !== null && html` data-release="${release}"`
  return html`<form class="search" role="search" action="${urls.search}" data-base="${urls.home}"${atHand}><label class="unseen" for="q">Search kfuncs</label><input id="q" name="q" type="search" placeholder="Search kfuncs" autocomplete="off" autocapitalize="off" spellcheck="false" aria-keyshortcuts="/ Control+K Meta+K"> <button type="submit">Search</button><ul id="hits" hidden></ul></form>`
}

/** A file of `content`, "content/kfuncs/bpf_x.md", and whether someone wrote it yet. */
export interface EditedText {
  readonly path: string
  readonly exists: boolean
}

/** The foot of a page; `path` is its own address. */
export function siteFooter(page: {
  readonly path: string
  readonly release: string | null
  readonly text?: EditedText | undefined
}): Html {
  return html`<footer class="site"><p>Made from kernel sources and images; what a source says links to its line. <a href="${urls.kfuncs}">All kfuncs</a> · <a href="${urls.implicitArguments}">Implicit arguments</a> · <a href="${urls.dataIndex}">Data</a> · <a href="${urls.dataSchema}">Schema</a> · <a href="${urls.about}">How to read a page</a></p>${repository && corrections(repository, page)}</footer>`
}

function corrections(
  links: RepositoryLinks,
  { path, release, text }: Parameters<typeof siteFooter>[0],
): Html {
  const edit =
    text &&
    html` · <a href="${links.edit(text.path, text.exists)}">${text.exists ? 'Edit the text of this page' : 'Write on it'}</a>`
  return html`<p><a class="report" href="${links.report(path, release)}">Report a mistake on this page</a>${edit}</p>`
}

/** The title of a page that every release has, with the menu that leads to the others. */
export function titleWithMenu(title: Html, entries: readonly MenuEntry[]): Html {
  const here = entries.find((entry) => entry.here)
  const series = bySeries(entries).map(
    ({ series: name, releases: own }) => html`<dt>${name}</dt><dd><ul>${own.map(menuItem)}</ul></dd>`,
  )
  const key =
    entries.some(({ note }) => note !== null) &&
    html`<p>Dashed: not there; leads to all kfuncs of that release.</p>`
  return html`<div class="title">${title} <nav class="releases" aria-label="Releases"><details><summary>Release ${
    here?.id
  }</summary><div><dl>${series}</dl>${key}</div></details></nav></div>`
}

function menuItem({ id, href, here, longTerm, note }: MenuEntry): Html {
  const absent = note !== null && html` class="absent" title="${note}"`
  const why = note !== null && html`<span class="unseen">: ${note}</span>`
  return html`<li><a href="${href}"${absent}${here && html` aria-current="page"`}>${id}${longTerm && html` <small>LTS</small>`}${why}</a></li>`
}
