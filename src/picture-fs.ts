/** The one module that draws pictures, and keeps what it drew on disk. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { CACHE } from './cache-folder.mjs'

const require = createRequire(join(process.cwd(), 'package.json'))
const FONTS = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'].map((file) =>
  require.resolve(`dejavu-fonts-ttf/ttf/${file}`),
)

/** What beside the SVG decides how a picture looks. */
const DRAWN_WITH = ['@resvg/resvg-js', 'dejavu-fonts-ttf']
  .map((name) => `${name} ${(require(`${name}/package.json`) as { version: string }).version}`)
  .join(' ')

/** An SVG as PNG. One that was drawn before is read from the cache: equal text, fonts and renderer give an equal file. */
export function drawPicture(svg: string): Buffer {
  const key = createHash('sha256').update(`${DRAWN_WITH}\n${svg}`).digest('hex')
  const path = join(CACHE, `${key}.png`)
  if (existsSync(path)) return readFileSync(path)
  const drawn = new Resvg(svg, { font: { fontFiles: FONTS, loadSystemFonts: false } })
  const png = drawn.render().asPng()
  mkdirSync(CACHE, { recursive: true })
  // Moved into place, so that a build that was broken off leaves no half picture.
  const partial = `${path}.${process.pid}`
  writeFileSync(partial, png)
  renameSync(partial, path)
  return png
}
