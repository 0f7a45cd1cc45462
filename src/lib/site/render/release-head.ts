/** The head of a table whose columns are releases, oldest first: each series stands over its releases. */
import { type Html, type HtmlValue, html } from './html.ts'

/** One release as a column; `href` is null where it leads nowhere. */
export interface ReleaseColumn {
  readonly id: string
  readonly href: string | null
}

/** The series that a release belongs to: "6.x" for 6.12. */
export const seriesOf = (id: string): string => `${id.split('.')[0]}.x`

/** Releases in a row that belong to one series, in the order that they come in. */
export function bySeries<R extends { readonly id: string }>(
  releases: readonly R[],
): { readonly series: string; readonly releases: readonly R[] }[] {
  const groups: { series: string; releases: R[] }[] = []
  for (const release of releases) {
    const series = seriesOf(release.id)
    const last = groups.at(-1)
    if (last?.series === series) last.releases.push(release)
    else groups.push({ series, releases: [release] })
  }
  return groups
}

/**
 * The rows of the head. `corner` names what the rows are, `here` is the release of the page, or null; `last` names a
 * column behind the releases, where there is one.
 */
export function releaseHead(
  corner: HtmlValue,
  releases: readonly ReleaseColumn[],
  here: string | null,
  last: string | null = null,
): Html {
  const series = bySeries(releases).map(
    ({ series: name, releases: own }) =>
      html`<th scope="colgroup" colspan="${own.length}"><span>${name}</span></th>`,
  )
  const ids = releases.map(({ id, href }) => {
    const current = id === here && html` aria-current="true"`
    return html`<th scope="col"${current}>${href === null ? id : html`<a href="${href}">${id}</a>`}</th>`
  })
  return html`<thead><tr><th scope="col" rowspan="2">${corner}</th>${series}${last !== null && html`<th scope="col" rowspan="2">${last}</th>`}</tr><tr>${ids}</tr></thead>`
}
