/** The grid of a release as one small picture that leads to the parts of its table. */
import type { GridAnswer } from '#lib/site/kfunc/grid.ts'
import type { ReleaseGrid, ReleaseGridGroup } from '#lib/site/release/grid.ts'
import { type Html, html } from '#lib/site/render/html.ts'

/** In units of the picture, which are pixels where it has room. */
const LABEL = 196
const WIDTH = 2
const PART_GAP = 3
const TYPE_HEIGHT = 4
const LEAST_HEIGHT = 13
const ROW_GAP = 2
const TOP = 16
/** The width of a letter of a label. */
const LETTER = 6.5

interface Part {
  readonly group: ReleaseGridGroup
  readonly x: number
  readonly width: number
}

/** The picture: kfuncs from left to right by parts of the kernel, program types from top to bottom. Hidden from screen readers: the table says the same. */
export function gridMap({ groups, columns }: ReleaseGrid): Html {
  const parts = partsOf(groups)
  const last = parts.at(-1)
  const width = last ? last.x + last.width : LABEL
  let y = TOP
  const bands = columns.map(({ types }, column) => {
    const height = Math.max(types.length * TYPE_HEIGHT, LEAST_HEIGHT)
    const top = y
    y += height + ROW_GAP
    const more = types.length > 1 && ` and ${types.length - 1} more`
    const filled = [
      ['always', runs(parts, column, 'yes', top, height)],
      ['sometimes', runs(parts, column, 'if', top + height / 4, height / 2)],
      ['unknown', runs(parts, column, 'unknown', top + height / 2, 1)],
    ] as const
    return html`<text x="${LABEL - 6}" y="${top + height / 2 + 4}">${types[0]?.short}${more}</text>${filled.map(
      ([name, path]) => path !== '' && html`<path class="${name}" d="${path}"/>`,
    )}`
  })
  const links = parts.map(({ group, x, width: wide }) => {
    const isNamed = group.name.length * LETTER < wide
    return html`<a href="#${group.anchor}" tabindex="-1"><title>${group.name}: ${group.rows.length}</title>${
      isNamed && html`<text class="part" x="${x}" y="11">${group.name}</text>`
    }<rect x="${x}" y="${TOP}" width="${wide}" height="${y - TOP - ROW_GAP}"/></a>`
  })
  return html`<svg class="map" viewBox="0 0 ${width} ${y}" aria-hidden="true">${bands}${links}</svg>`
}

function partsOf(groups: readonly ReleaseGridGroup[]): readonly Part[] {
  let x = LABEL
  return groups.map((group) => {
    const width = group.rows.length * WIDTH
    const part = { group, x, width }
    x += width + PART_GAP
    return part
  })
}

/** The outline of all stretches of kfuncs that give one answer to a column, as one path. */
function runs(parts: readonly Part[], column: number, answer: GridAnswer, y: number, height: number): string {
  let path = ''
  for (const { group, x } of parts) {
    const hits = group.rows.map(({ cells }) => cells[column]?.answer === answer)
    for (let from = hits.indexOf(true); from !== -1; ) {
      const end = hits.indexOf(false, from)
      const to = end === -1 ? hits.length : end
      path += `M${x + from * WIDTH} ${y}h${(to - from) * WIDTH}v${height}h${(from - to) * WIDTH}z`
      from = hits.indexOf(true, to)
    }
  }
  return path
}
