/** How much of a release is told, and comments ready to be written. */
import type { CoverageCounts, CoveragePage } from '#lib/site/release/coverage-page.ts'
import { type Html, html, joined, sentence } from '#lib/site/render/html.ts'
import { scrollBox, textLink } from './badges.ts'

const percent = (part: number, all: number): string =>
  all === 0 ? '–' : `${Math.round((100 * part) / all)} %`

/** The numbers of the whole release, with bars. */
export function coverageSummary({ all, compiler }: CoveragePage): Html {
  const rows: [title: string, part: number, of: number][] = [
    ['Say what they do', all.documented, all.kfuncs],
    ['Comment complete', all.complete, all.kfuncs],
    ['With an example', all.withExample, all.kfuncs],
    [
      `With an example that compiles${compiler === null ? '' : ` (${compiler})`}`,
      all.withCompiled,
      all.kfuncs,
    ],
    ['Parameters that the kernel describes', all.described, all.parameters],
    ['Parameters described here, the kernel’s words or ours', all.described + all.composed, all.parameters],
  ]
  return html`<table class="coverage blocks"><tbody>${rows.map(
    ([title, part, of]) =>
      html`<tr><th scope="row">${title}</th><td><meter min="0" max="${of}" value="${part}">${percent(part, of)}</meter></td><td class="number">${percent(part, of)}</td><td class="number">${part} of ${of}</td></tr>`,
  )}</tbody></table>`
}

/** The same by subsystem. */
export function coverageBySubsystem({ groups }: CoveragePage): Html {
  const heads = ['Kfuncs', 'Documented', 'Complete', 'Example', 'Compiles', 'Parameters', 'Described', 'Gaps']
  const cells = (one: CoverageCounts): readonly number[] => [
    one.kfuncs,
    one.documented,
    one.complete,
    one.withExample,
    one.withCompiled,
    one.parameters,
    one.described,
    one.gaps,
  ]
  return scrollBox(
    'By subsystem',
    html`<table><thead><tr><th scope="col">Subsystem</th>${heads.map(
      (head) => html`<th scope="col" class="number">${head}</th>`,
    )}</tr></thead><tbody>${groups.map(
      (group) =>
        html`<tr><th scope="row">${group.name}</th>${cells(group).map((count) => html`<td class="number">${count}</td>`)}</tr>`,
    )}</tbody></table>`,
  )
}

/** Kfuncs whose comment lacks something, each with a comment to start from. */
export function kernelDocStubs({ undocumented }: CoveragePage): Html {
  return html`${undocumented.map(
    ({ name, href, lacks, place, stub }) =>
      html`<details class="stub"><summary><code>${name}</code> lacks ${sentence(lacks)}</summary><p><a href="${href}">Its page</a>${place && html`, defined in ${textLink(place)}`}</p><pre tabindex="0"><code>${stub}</code></pre></details>`,
  )}`
}

/** Names, each leading to its page. */
export function nameList(names: CoveragePage['withoutExample']): Html {
  return html`<p class="names">${joined(names.map(({ name, href }) => html`<a href="${href}">${name}</a>`))}</p>`
}
