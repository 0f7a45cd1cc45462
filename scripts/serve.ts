/** Serves the built site on this machine: npm run serve -- [--port N] */
import { createReadStream, realpathSync, type Stats, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { HEADER_POLICY } from '#lib/site/files/content-policy.ts'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, isSystemError, runMain } from './lib/cli/failure.ts'

const HELP = `usage: npm run serve -- [--port N]

Serves the built site in dist on http://localhost:4321/, or on the next port that is free.

  --port N   serve on this port, or the next one that is free; 0 for any
`

const DEFAULT_PORT = 4321
const PORTS_TRIED = 20
/** Bytes below which compressing saves nothing. */
const FITS_A_PACKET = 1400
/** By address, so that no other machine reaches it and no resolver decides. */
const HOST = '127.0.0.1'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
}

/** What a request's path leads to. */
type Target =
  | { is: 'file'; path: string; stats: Stats }
  | { is: 'elsewhere'; location: string }
  | { is: 'missing' }
  | { is: 'nonsense' }

const statOf = (path: string): Stats | null => statSync(path, { throwIfNoEntry: false }) ?? null

/** Finds what `url` asks for under `root`; a path that would leave it is nonsense. */
function targetOf(root: string, url: string): Target {
  const [rawPath = '', ...query] = url.split('?')
  let path: string
  try {
    path = decodeURIComponent(rawPath)
  } catch {
    return { is: 'nonsense' }
  }
  const isPlain = path.startsWith('/') && !/[\\\0]|\/\//.test(path) && !path.split('/').includes('..')
  if (!isPlain) return { is: 'nonsense' }
  const file = join(root, path)
  const stats = statOf(file.replace(/\/$/, ''))
  if (stats?.isDirectory()) {
    if (!path.endsWith('/')) return { is: 'elsewhere', location: [`${rawPath}/`, ...query].join('?') }
    const index = join(file, 'index.html')
    const indexStats = statOf(index)
    return indexStats?.isFile() ? { is: 'file', path: index, stats: indexStats } : { is: 'missing' }
  }
  return stats?.isFile() && !path.endsWith('/') ? { is: 'file', path: file, stats } : { is: 'missing' }
}

function sendFile(response: ServerResponse, status: number, path: string, stats: Stats): void {
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  // As hosts of static files do: what is measured here is what readers get.
  const isPacked =
    /text|json|xml/.test(type) &&
    stats.size > FITS_A_PACKET &&
    /\bgzip\b/.test(String(response.req.headers['accept-encoding']))
  response.writeHead(status, {
    'Content-Type': type,
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': stats.size }),
    Vary: 'Accept-Encoding',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': HEADER_POLICY,
    'X-Content-Type-Options': 'nosniff',
  })
  if (response.req.method === 'HEAD') response.end()
  else if (isPacked) pipeline(createReadStream(path), createGzip(), response, () => {})
  else pipeline(createReadStream(path), response, () => {})
}

function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers })
  response.end(`${text}\n`)
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' })
    return
  }
  const target = targetOf(root, request.url ?? '/')
  switch (target.is) {
    case 'file':
      sendFile(response, 200, target.path, target.stats)
      break
    case 'elsewhere':
      sendText(response, 301, `See ${target.location}`, { Location: target.location })
      break
    case 'nonsense':
      sendText(response, 400, 'No path of this site looks like that.')
      break
    case 'missing': {
      const page = join(root, '404.html')
      const stats = statOf(page)
      if (stats) sendFile(response, 404, page, stats)
      else sendText(response, 404, 'Not found.')
      break
    }
  }
}

/** Listens on `port` or, where that is taken, on the next free one; 0 means any. Gives the port. */
async function listen(server: Server, port: number): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      await new Promise<void>((resolved, rejected) => {
        server.once('error', rejected)
        server.listen(tried, HOST, () => {
          server.off('error', rejected)
          resolved()
        })
      })
      const address = server.address()
      return typeof address === 'object' && address !== null ? address.port : tried
    } catch (error) {
      const isTaken = isSystemError(error) && error.code === 'EADDRINUSE'
      if (isTaken && tried + 1 < Math.min(port + PORTS_TRIED, 65_536)) continue
      const reason = isTaken ? 'taken, as are the next ones' : String(error)
      throw new Failure(`port ${port} is ${reason}`, { hint: 'choose another with --port N' })
    }
  }
}

/** A directory that is being served. */
export interface Served {
  /** Where: "http://localhost:4321/". */
  readonly url: string
  /** Ends it, and the connections that are open. */
  close(): Promise<void>
}

/** Serves the files of `directory` to this machine, on `port` or the next free one (0: any free one). */
export async function serveDirectory(directory: string, port: number): Promise<Served> {
  const root = resolve(directory)
  if (!statOf(root)?.isDirectory())
    throw new Failure(`${directory} is missing`, { hint: 'run: npm run build' })
  const server = createServer((request, response) => {
    try {
      answer(root, request, response)
    } catch {
      sendText(response, 500, 'The file could not be read.')
    }
  })
  const listening = await listen(server, port)
  return {
    url: `http://localhost:${listening}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** The port that the arguments name; null when the user asked for help. */
function readPort(): number | null {
  const given = readArguments({ options: { port: { type: 'string' } }, allowPositionals: false }, HELP)
  if (!given) return null
  const { port: text } = given.values
  if (text === undefined) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw wrongUse(`--port ${text}: a port is a number from 0 to 65535`, HELP)
}

const isMain =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isMain) {
  await runMain(
    async () => {
      const port = readPort()
      if (port === null) return
      const { url } = await serveDirectory('dist', port)
      process.stdout.write(`${url}\n`)
      await new Promise(() => {})
    },
    { interrupted: () => null },
  )
}
