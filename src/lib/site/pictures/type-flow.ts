/** The kfuncs around one as a picture: left those that give what it takes, right those that take what it gives. */
import type { Kfunc, Release } from '#lib/model/published.ts'
import { type FlowEnd, NEIGHBOURS, type TypeFlow, typeFlow } from '#lib/publish/relations/type-flow.ts'
import { type Html, type HtmlValue, html } from '#lib/site/render/html.ts'

/** In pixels: the height of a line, the width of a letter of a name, what lies between the columns, the air around a name. */
const LINE = 20
const LETTER = 7.3
const GAP = 40
const PAD = 6

interface Line {
  readonly text: string
  readonly href: string | null
  /** What the line is: a name to which an edge leads, or the type or number that stands with some. */
  readonly isName: boolean
}

/** Draws the flow around a kfunc; null where there is none. Hidden from screen readers: the list of related kfuncs says the same. */
export function flowPicture(kfunc: Kfunc, release: Release, href: (name: string) => string): Html | null {
  const flow = typeFlow(kfunc, release)
  return flow.givers.length + flow.takers.length === 0 ? null : draw(kfunc.name, flow, href)
}

function draw(name: string, { givers, takers }: TypeFlow, href: (name: string) => string): Html {
  const left = linesOf(givers, href)
  const right = linesOf(takers, href)
  const height = Math.max(left.length, right.length, 1) * LINE + PAD
  const middle = height / 2
  const start = left.length === 0 ? PAD : width(left) + GAP
  const end = start + width([{ text: name }]) + 2 * PAD
  const ins = ends(left, middle).map((y) => curve(start - GAP + PAD, y, start, middle))
  const outs = ends(right, middle).map((y) => `${curve(end, middle, end + GAP - PAD, y)}m-5-4l5 4l-5 4`)
  const tip = ins.length > 0 ? `M${start - 5} ${middle - 4}l5 4l-5 4` : ''
  const wide = Math.ceil(right.length === 0 ? end + PAD : end + GAP + width(right))
  return html`<svg class="flow" width="${wide}" height="${height}" viewBox="0 0 ${wide} ${height}" aria-hidden="true"><path d="${ins.join(
    '',
  )}${tip}${outs.join('')}"/><rect x="${start}" y="${middle - 12}" width="${end - start}" height="24"/><text x="${start + PAD}" y="${middle + 4}">${name}</text>${
    left.length > 0 && html`<g class="in">${column(left, start - GAP, middle)}</g>`
  }${column(right, end + GAP, middle)}</svg>`
}

/** The lines of a column: each type above the names that share it, and how many are left out. */
function linesOf(ends: readonly FlowEnd[], href: (name: string) => string): Line[] {
  const shown = ends.slice(0, NEIGHBOURS)
  const types = [...new Set(shown.map(({ type }) => type))]
  const more = ends.length - shown.length
  return [
    ...types.flatMap((type) => [
      { text: type, href: null, isName: false },
      ...shown
        .filter((one) => one.type === type)
        .map(({ name }) => ({ text: name, href: href(name), isName: true })),
    ]),
    ...(more > 0 ? [{ text: `and ${more} more`, href: null, isName: false }] : []),
  ]
}

const width = (lines: readonly { readonly text: string }[]): number =>
  Math.round(Math.max(...lines.map(({ text }) => text.length)) * LETTER)

const yOf = (index: number, lines: readonly Line[], middle: number): number =>
  middle + (index - (lines.length - 1) / 2) * LINE

/** Where the edges of a column begin or end. */
function ends(lines: readonly Line[], middle: number): number[] {
  return lines.flatMap(({ isName }, index) => (isName ? [yOf(index, lines, middle)] : []))
}

function column(lines: readonly Line[], x: number, middle: number): HtmlValue {
  return lines.map(({ text, href, isName }, index) => {
    const y = yOf(index, lines, middle) + 4
    return isName
      ? html`<a href="${href}" tabindex="-1"><text x="${x}" y="${y}">${text}</text></a>`
      : html`<text class="by" x="${x}" y="${y}">${text}</text>`
  })
}

/** A curve that leaves and arrives level. */
function curve(x: number, y: number, toX: number, toY: number): string {
  const half = Math.round((x + toX) / 2)
  return `M${x} ${y}C${half} ${y} ${half} ${toY} ${toX} ${toY}`
}
