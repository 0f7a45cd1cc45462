/** What holds of every kind of page: for axe, on small screens, in light and dark; pictures of each are kept. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { built, builtFiles } from '../site/dist.ts'
import { START_MS, startReader } from '../site/reader.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
/** Pictures of every kind of page, for people and for CI to keep; git does not. */
const PICTURES = join(import.meta.dirname, '../screenshots')
const PICTURE_HEIGHT = 1800
/** A page on which nothing stands is smaller, in bytes. */
const BLANK = 12_000

const { on, onEach, address } = startReader()
const { releases } = JSON.parse(built('data/index.json')) as { releases: { id: string }[] }
const newest = releases.at(-1)?.id ?? ''
const name = 'bpf_task_acquire'

const kinds = (): readonly string[] => [
  '/',
  '/about/',
  '/search/?q=task',
  '/404.html',
  '/kfuncs/',
  `/kfuncs/${name}/`,
  `/${newest}/`,
  `/${newest}/${name}/`,
  `/7.0/${name}/`,
  `/${newest}/program-types/`,
  `/${newest}/program-types/xdp/`,
  `/7.0/program-types/`,
  `/${newest}/grid/`,
  '/7.0/grid/',
  `/${newest}/flags/`,
  `/${newest}/changes/`,
  '/7.0/changes/',
  `/${newest}/coverage/`,
  '/compare/',
  '/compare/?from=6.12&to=7.3',
  '/implicit-arguments/',
  '/query/',
  '/query/?in=6.12,7.3&type=xdp&k=bpf_dynptr_slice',
  '/kfuncs/bpf_dynptr_from_skb/',
  `/${newest}/flags/KF_ACQUIRE/`,
  '/learn/',
  ...texts(),
]

/** Every guide, and of the other texts the longest of each kind. */
function texts(): string[] {
  const pages = builtFiles('index.html')
  const of = (kind: string) => pages.filter((page) => page.startsWith(`${kind}/`))
  const longest = ['flags', 'suffixes', 'arguments', 'program-types', 'concepts'].flatMap((kind) =>
    of(kind)
      .sort((a, b) => built(b).length - built(a).length)
      .slice(0, 1),
  )
  return [...of('guides'), ...longest].map((page) => `/${page.replace('index.html', '')}`)
}

describe('every kind of page', { timeout: 3 * START_MS }, () => {
  it.each(['light', 'dark'] as const)('has nothing for axe to complain of, %s', async (colorScheme) => {
    const answers = await onEach(
      kinds(),
      async (page) => {
        await page.addScriptTag({ path: AXE })
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[]
        }
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      },
      // axe is put into the page, which the page's own policy forbids.
      { colorScheme, bypassCSP: true },
    )
    expect(answers.filter(([, violations]) => violations.length > 0)).toEqual([])
  })

  it.each([320, 390])('fits a screen of %i pixels without sideways scroll', async (width) => {
    const answers = await onEach(
      kinds(),
      (page) => page.evaluate<number>('document.documentElement.scrollWidth'),
      { viewport: { width, height: 800 } },
    )
    expect(answers.filter(([, wide]) => wide > width)).toEqual([])
  })

  it('asks this host only, and without complaint', async () => {
    const odd: string[] = []
    const home = address('/')
    await on('about:blank', async (page) => {
      page.on('request', (request) => request.url().startsWith(home) || odd.push(request.url()))
      page.on(
        'response',
        (response) => response.status() >= 400 && odd.push(`${response.status()} ${response.url()}`),
      )
      page.on('console', (message) => message.type() === 'error' && odd.push(message.text()))
      page.on('pageerror', (error) => odd.push(error.message))
      for (const path of kinds()) await page.goto(address(path), { waitUntil: 'load' })
    })
    expect(odd).toEqual([])
  })

  it.each([
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('is kept as a picture for who looks, %i wide, %s', async (width, colorScheme) => {
    const sizes = await onEach(
      kinds(),
      async (page, path) => {
        const name = path.replace(/\W+/g, '_').replace(/^_|_$/g, '') || 'home'
        const picture = await page.screenshot({
          path: join(PICTURES, `${name}-${width}-${colorScheme}.jpg`),
          type: 'jpeg',
          quality: 70,
        })
        return picture.length
      },
      { viewport: { width, height: PICTURE_HEIGHT }, colorScheme },
    )
    expect(sizes.filter(([, size]) => size < BLANK)).toEqual([])
  })

  it('follows the reader from light to dark', async () => {
    const background = (colorScheme: 'light' | 'dark') =>
      on('/', (page) => page.evaluate('getComputedStyle(document.documentElement).backgroundColor'), {
        colorScheme,
      })
    expect(await background('light')).not.toBe(await background('dark'))
  })
})
