/** A small site built for an address of its own, under a base path: what GitHub Pages and its like serve. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const HOME = 'https://x.example/c++/'
const BASE = '/c++/' // signs of regular expressions included
const RELEASES = ['6.1', '6.12']
const START_MS = 300_000

const folder = mkdtempSync(join(tmpdir(), 'base-path-'))
const dist = join(folder, 'dist')
const html = new Map<string, string>()

beforeAll(async () => {
  const content = join(folder, 'content')
  mkdirSync(join(content, 'data'), { recursive: true })
  const link = (path: string) => symlinkSync(resolve('content', path), join(content, path))
  // No texts: they refer to kfuncs of later releases.
  for (const path of ['filters', 'renames.json', 'introduced.json', 'mainline.json']) link(path)
  for (const path of ['examples', 'files', 'places', 'snippets', ...RELEASES.map((id) => `${id}.json`)])
    link(`data/${path}`)
  await build({ CONTENT_DIR: content, SITE_URL: HOME }, dist)
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('.html')) html.set(path, readFileSync(join(dist, path), 'utf8'))
}, START_MS)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a site under a base path', () => {
  it('has no link that leaves the base or leads nowhere', () => {
    const broken = new Set<string>()
    for (const [page, text] of html)
      for (const [, href = ''] of text.matchAll(/ (?:href|src|action|data-base)="([^"]*)"/g)) {
        if (/^https?:|^#/.test(href)) continue
        const [path = ''] = href.split(/[?#]/)
        const file = path.slice(BASE.length)
        const target = file === '' || file.endsWith('/') ? `${file}index.html` : file
        if (!path.startsWith(BASE) || !existsSync(join(dist, target))) broken.add(`${page}: ${href}`)
      }
    expect(html.size).toBeGreaterThan(300)
    expect([...broken].slice(0, 20)).toEqual([])
  })

  it('names its host in the tags for those who share a link, and has every picture', () => {
    const page = html.get('6.12/bpf_task_acquire/index.html') ?? ''
    expect(page).toContain(`<link rel="canonical" href="${HOME}6.12/bpf_task_acquire/">`)
    expect(page).toContain(`<meta property="og:image" content="${HOME}og/bpf_task_acquire.png">`)
    const pictures = [...html].map(([path, text]) => {
      const [, address = ''] = /<meta property="og:image" content="([^"]+)"/.exec(text) ?? []
      return [path, address.startsWith(HOME) && existsSync(join(dist, address.slice(HOME.length)))] as const
    })
    expect(pictures.filter(([, isThere]) => !isThere)).toEqual([])
  })

  it('tells browsers how to search it', () => {
    expect(html.get('index.html')).toContain(`href="${BASE}opensearch.xml"`)
    expect(readFileSync(join(dist, 'opensearch.xml'), 'utf8')).toContain(`${HOME}search/?q={searchTerms}`)
  })

  it('draws pictures of the size that is asked for', () => {
    const png = readFileSync(join(dist, 'og/bpf_task_acquire.png'))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630])
  })

  it('gives search engines the newest page of a kfunc and the stable one, not the older ones', () => {
    const sitemap = readFileSync(join(dist, 'sitemap.xml'), 'utf8')
    const isIn = (path: string) => sitemap.includes(`<loc>${HOME}${path}</loc>`)
    expect(
      ['', '6.1/', '6.12/bpf_ct_release/', 'kfuncs/bpf_ct_release/'].filter((path) => !isIn(path)),
    ).toEqual([])
    expect(['6.1/bpf_ct_release/', '404.html', '404/'].filter(isIn)).toEqual([])
    expect(html.get('6.1/bpf_ct_release/index.html')).toContain(
      `<link rel="canonical" href="${HOME}kfuncs/bpf_ct_release/">`,
    )
    expect(html.get('404.html')).not.toContain('rel="canonical"')
    expect(readFileSync(join(dist, 'robots.txt'), 'utf8')).toContain(`Sitemap: ${HOME}sitemap.xml\n`)
  })
})

describe('an address that is none', () => {
  it.each(['kfuncs.example', 'ftp://x.example/', 'https://x.example/?a=b'])(
    '%s ends the build in a sentence',
    async (address) => {
      await expect(build({ SITE_URL: address }, dist)).rejects.toThrow(
        `SITE_URL is ${address}; expected an address`,
      )
    },
    START_MS,
  )
})

/** Builds the site with more in the environment; rejects with what was printed when that fails. */
function build(environment: Record<string, string>, out: string): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/astro/astro.js', 'build', '--outDir', out], {
    // Not all of ours: the test runner's own BASE_URL would be taken for the site's.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ASTRO_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += chunk
    })
  return new Promise((done, failed) => {
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(printed))))
  })
}
