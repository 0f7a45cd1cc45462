/** The pictures that stand beside a shared link, as SVG: what is drawn, not how. */

import type { ColouredRun } from '#lib/site/render/code-lines.ts'
import { escapeHtml } from '#lib/site/render/html.ts'
import { layoutPrototype } from '#lib/site/render/prototype-layout.ts'
import { PICTURE_SIZE } from '#lib/site/share-tags.ts'
import type { Site } from '#lib/site/site.ts'

/** The face of every text in a picture; one width for all signs, so that a length is a count. */
export const PICTURE_FACE = 'DejaVu Sans Mono'

const MARGIN = 80
const WIDTH = PICTURE_SIZE.width - 2 * MARGIN
/** The width of a sign, as a part of the size of its text. */
const SIGN = 0.603
const LINE = 1.45
/** Of the signature, in pixels from the top. */
const TOP = 215
const BOTTOM = 530
const ONE_LINE = 48

/** The colours of the light theme, by the classes of the highlighter. */
const COLOURS: Readonly<Record<string, string>> = {
  k: '#6b3fa0',
  n: '#17683a',
  s: '#17683a',
  c: '#59636e',
  f: '#0a55a3',
}
const TEXT = '#1a1e23'
const MUTED = '#59636e'
const ACCENT = '#0a55a3'

/** The picture of a kfunc: its name, its signature in the newest release that has it, and the releases between. */
export function kfuncPicture(site: Site, name: string): string {
  const sightings = site.catalog.sightings(name)
  const newest = sightings[0]
  const oldest = sightings.at(-1)
  if (!newest || !oldest) throw new Error(`no release lists ${name}`)
  const text = newest.kfunc.prototype?.text
  const lines = text === undefined ? [] : site.highlighter.lines(layoutPrototype(text, ONE_LINE).code)
  const releases = oldest === newest ? newest.head.id : `${oldest.head.id} to ${newest.head.id}`
  return card(name, lines, `Linux ${releases}`)
}

/** The picture of the site, for pages that are about no kfunc. */
export function sitePicture({ catalog }: Site): string {
  const { releases, names, newest } = catalog
  const lines = [
    'The functions of the Linux kernel',
    'that BPF programs may call,',
    'release by release.',
  ].map(plain)
  return card('BPF kfuncs', lines, `${names.length} kfuncs, Linux ${releases[0]?.release.id} to ${newest.id}`)
}

type Line = readonly ColouredRun[]

/** A title, lines in the highlighter's stretches, and a foot. */
function card(title: string, lines: readonly Line[], foot: string): string {
  const shown = fitting(lines)
  const longest = Math.max(1, ...shown.map((line) => line.reduce((sum, { text }) => sum + text.length, 0)))
  const size = Math.min(36, WIDTH / (SIGN * longest), (BOTTOM - TOP) / (LINE * shown.length))
  const texts = shown.map((line, i) =>
    textAt(TOP + size + i * size * LINE, size, `fill="${TEXT}"`, coloured(line)),
  )
  const titleSize = Math.min(64, WIDTH / (SIGN * title.length))
  const { width, height } = PICTURE_SIZE
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${PICTURE_FACE}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/><rect width="${width}" height="16" fill="${ACCENT}"/>`,
    textAt(150, titleSize, `font-weight="700" fill="${TEXT}"`, escapeHtml(title)),
    ...texts,
    textAt(582, 28, `font-weight="700" fill="${ACCENT}"`, 'Kfunc Atlas'),
    `<text x="${width - MARGIN}" y="582" font-size="28" text-anchor="end" fill="${MUTED}">${escapeHtml(foot)}</text>`,
    '</svg>',
  ].join('')
}

/** As many lines as can be read; the last says that there are more. */
function fitting(lines: readonly Line[]): readonly Line[] {
  const most = 10
  return lines.length <= most ? lines : [...lines.slice(0, most - 2), plain('    …'), ...lines.slice(-1)]
}

function textAt(y: number, size: number, attributes: string, inner: string): string {
  return `<text x="${MARGIN}" y="${y.toFixed(1)}" font-size="${size.toFixed(1)}" xml:space="preserve" ${attributes}>${inner}</text>`
}

function coloured(line: Line): string {
  return line
    .map(({ text, className }) => {
      const inner = escapeHtml(text)
      return className ? `<tspan fill="${COLOURS[className] ?? TEXT}">${inner}</tspan>` : inner
    })
    .join('')
}

const plain = (text: string): Line => [{ text, className: '' }]
