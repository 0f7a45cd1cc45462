/** What changed between two releases as HTML: the part of the comparison page that is fetched when someone compares. */
import type { Release } from '#lib/model/published.ts'
import { TRUSTED_BY_DEFAULT } from '#lib/site/changes/changes.ts'
import { compareReleases } from '#lib/site/changes/comparison.ts'
import { changeCounts, changesHtml } from '#lib/site/changes/html.ts'
import type { SiteUrls } from '#lib/site/links/urls.ts'
import { type Html, html } from '#lib/site/render/html.ts'

/** The comparison of two releases; a kfunc leads to its page in the newer one that has it. */
export function comparisonHtml(older: Release, newer: Release, urls: SiteUrls): Html {
  const listed = (release: Release): Set<string> =>
    new Set(release.kfuncs.filter(({ kind }) => kind !== 'generated').map(({ name }) => name))
  const [before, after] = [listed(older), listed(newer)]
  const link = (name: string): string | null =>
    after.has(name)
      ? urls.kfunc(newer.release.id, name)
      : before.has(name)
        ? urls.kfunc(older.release.id, name)
        : null
  const { groups, unknowns, trustedByDefault } = compareReleases(older, newer)
  return html`<p class="lead">Kfuncs of ${newer.release.version} compared with those of ${older.release.version}.</p>${unknowns.map(
    (text) => html`<p class="notice">${text}</p>`,
  )}${
    trustedByDefault && html`<p class="notice">${TRUSTED_BY_DEFAULT}</p>`
  }${changeCounts(groups)}${changesHtml(groups, older.release.id, link)}`
}
