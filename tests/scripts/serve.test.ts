import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Served, serveDirectory } from '#scripts/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'serve-'))
const root = join(folder, 'dist')
const files: Record<string, string> = {
  'dist/index.html': 'home',
  'dist/404.html': 'not here',
  'dist/7.3/index.html': 'the release',
  'dist/7.3/a.css': 'b {}',
  'dist/long.css': 'b {}\n'.repeat(1000),
  'dist/data/7.3.json': '{}',
  'dist/data/strange': '?',
  secret: 'secret',
}
let site: Served

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  site = await serveDirectory(root, 0)
})

afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends a path just as it is; fetch would tidy it up. */
const askRaw = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = createConnection(Number(new URL(site.url).port), '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    })
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })

describe('serving a directory', () => {
  it.each([
    ['', 200, 'text/html; charset=utf-8', 'home'],
    ['7.3/', 200, 'text/html; charset=utf-8', 'the release'],
    ['7.3/?q=a', 200, 'text/html; charset=utf-8', 'the release'],
    ['7.3/a.css', 200, 'text/css; charset=utf-8', 'b {}'],
    ['data/7.3.json', 200, 'application/json; charset=utf-8', '{}'],
    ['data/strange', 200, 'application/octet-stream', '?'],
    ['data/', 404, 'text/html; charset=utf-8', 'not here'],
    ['none', 404, 'text/html; charset=utf-8', 'not here'],
    ['7.3/a.css/', 404, 'text/html; charset=utf-8', 'not here'],
  ])('answers /%s with %i, %s', async (path, status, type, text) => {
    const response = await fetch(site.url + path)
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type])
    expect(await response.text()).toBe(text)
  })

  it('compresses long texts for those who take that', async () => {
    const asked = (encoding: string) =>
      fetch(`${site.url}long.css`, { headers: { 'Accept-Encoding': encoding } })
    const packed = await asked('gzip, br')
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(await packed.text()).toBe(files['dist/long.css'])
    const plain = await asked('identity')
    expect([plain.headers.get('content-encoding'), plain.headers.get('content-length')]).toEqual([
      null,
      '5000',
    ])
  })

  it('sends the content policy, and lets no other page frame one', async () => {
    const policy = (await fetch(site.url)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self' 'sha256-")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('sends a directory without its slash to the one with it, keeping the query', async () => {
    const response = await fetch(`${site.url}7.3?q=a`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([301, '/7.3/?q=a'])
  })

  it('sends the head alone when asked for that, and refuses to be written to', async () => {
    const head = await fetch(site.url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '4', ''])
    expect((await fetch(site.url, { method: 'POST' })).status).toBe(405)
  })

  it.each([
    '/../secret',
    '/7.3/../../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/..\\secret',
    '//secret',
    '/%00',
    '/%zz',
    'secret',
  ])('finds no way out of the directory by %s', async (path) => {
    const answer = await askRaw(path)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toContain('\r\n\r\nsecret')
  })

  it('takes the next port when one is taken', async () => {
    const port = Number(new URL(site.url).port)
    const other = await serveDirectory(root, port)
    expect(Number(new URL(other.url).port)).toBeGreaterThan(port)
    await other.close()
  })

  it('names the command that makes the directory when it is missing', async () => {
    await expect(serveDirectory(join(folder, 'none'), 0)).rejects.toMatchObject({
      hint: 'run: npm run build',
    })
  })
})

describe('npm run serve', () => {
  const run = (...args: string[]) => {
    const script = fileURLToPath(new URL('../../scripts/serve.ts', import.meta.url))
    const tsx = createRequire(import.meta.url).resolve('tsx')
    const { status, stderr } = spawnSync(process.execPath, ['--import', tsx, script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { status, stderr }
  }

  it.each([
    [['--prot', '1'], "serve: Unknown option '--prot'"],
    [['--port', 'x'], 'serve: --port x: a port is a number from 0 to 65535'],
    [['--port', '70000'], 'serve: --port 70000: a port is a number from 0 to 65535'],
  ])('refuses %j as wrong use', (args, message) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
  })
  it('says what to do when nothing is built', () => {
    rmSync(root, { recursive: true })
    expect(run()).toEqual({ status: 1, stderr: 'serve: dist is missing\n  run: npm run build\n' })
  })
})
