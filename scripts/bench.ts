/** npm run bench: how long the main paths take and how much memory, each measured in a process of its own. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBtfIdSets } from '#lib/btf/id-sets.ts'
import { parseBtf } from '#lib/btf/parse.ts'
import { tuneForExtraction } from './lib/build/v8.mjs'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, onExit, runMain } from './lib/cli/failure.ts'
import { createProgress } from './lib/cli/progress.ts'
import { extractRelease } from './lib/extract/extract-release.ts'
import { readPlacesToFind } from './lib/extract/read-places-to-find.ts'
import { openImage } from './lib/image/images.ts'
import { writeMadeUpContent } from './lib/measure/made-up-content.ts'
import { measureSearch } from './lib/measure/measure-search.ts'

const HELP = `usage: npm run bench -- [--kernels DIR] [--tree DIR] [--release 7.3] [--runs 3] [--only NAME] [--large]

Prints a row a measurement: the median of its runs, and the peak memory of a run.

  --kernels DIR   a folder of kernels: measures the image, and the source archive against xz alone
  --tree DIR      an unpacked source tree of the release: measures extraction from it and the image
  --release ID    the release to measure (default 7.3)
  --runs N        runs of each (default 3)
  --only NAME     measure this alone: btf, tree, archive, xz, build, search or large
  --large         also build a made-up site of 30 releases with 500 kfuncs each

The build of the site from content/data is always measured, and the search over it: the rank of every name of every
release for queries that are made of it.
`

/** What one run says of itself. */
interface Run {
  readonly ms: number
  readonly maxRssMb: number
  readonly note: string
}

interface Options {
  readonly kernels: string | null
  readonly tree: string | null
  readonly release: string
  readonly runs: number
  /** The folder for what a measurement makes. */
  readonly made: string
}

const quiet = createProgress(process.stderr, { quiet: true })

/** The measurements by name: each does its work and gives a note, or what it measured itself; null where its inputs are not at hand. */
const CASES: Record<string, { label: string; run: (options: Options) => Promise<string | Run> | null }> = {
  btf: {
    label: 'BTF of vmlinux indexed, its kfuncs listed',
    run: ({ kernels, release }) => (kernels ? measureBtf(join(kernels, release, 'vmlinuz')) : null),
  },
  tree: {
    label: 'one release from an unpacked tree and a vmlinuz',
    run: ({ kernels, tree, release }) =>
      kernels && tree ? extract(release, tree, join(kernels, release, 'vmlinuz')) : null,
  },
  archive: {
    label: 'one release from source.tar.xz alone',
    run: ({ kernels, release }) =>
      kernels ? extract(release, join(kernels, release, 'source.tar.xz'), null) : null,
  },
  xz: {
    label: 'xz -dc of the same archive',
    run: ({ kernels, release }) => (kernels ? unpack(join(kernels, release, 'source.tar.xz')) : null),
  },
  build: { label: 'the site built from content/data', run: ({ made }) => build(made) },
  search: { label: 'search', run: async () => measureSearch() },
  large: {
    label: 'a made-up site of 30 releases with 500 kfuncs each',
    run: ({ made }) => buildLarge(made),
  },
}

async function buildLarge(made: string): Promise<Run> {
  const content = mkdtempSync(join(made, 'content-'))
  writeMadeUpContent('content', content, 30, 500)
  process.env.CONTENT_DIR = content
  return build(made)
}

/** As `npm run extract` runs. */
async function extract(id: string, source: string, image: string | null): Promise<string> {
  tuneForExtraction()
  const given = (path: string) => ({ path, origin: 'bench' })
  const inputs = {
    id,
    source: given(source),
    tag: null,
    image: image ? given(image) : null,
    modules: null,
    texts: 'own' as const,
  }
  const { kfuncs } = (await extractRelease(inputs, { wanted: readPlacesToFind(), expected: [] }, quiet))
    .extracted
  return `${kfuncs.length} kfuncs`
}

async function measureBtf(path: string): Promise<string> {
  const image = await openImage(path)
  if (!image.btf || !image.btfIds) throw new Failure(`${path} has no BTF with id sets`)
  const start = performance.now()
  const sets = findBtfIdSets(image.btfIds, parseBtf(image.btf, 'vmlinux'))
  const listed = performance.now() - start
  const count = new Set(sets.flatMap((set) => set.entries.map(({ name }) => name))).size
  return `${listed.toFixed(0)} ms of it to index BTF and list ${count} names with flags; the rest is unpacking`
}

async function unpack(path: string): Promise<string> {
  if (spawnSync('sh', ['-c', 'xz -dc "$0" > /dev/null', path]).status !== 0)
    throw new Failure(`xz could not unpack ${path}`)
  return ''
}

/** As `npm run build` runs: in a process that holds nothing else. */
const BUILD = `import { buildSite } from './scripts/lib/build/build-site.mjs'
await buildSite(process.argv[1], false)
console.log(process.resourceUsage().maxRSS / 1024)`

async function build(made: string): Promise<Run> {
  const out = mkdtempSync(join(made, 'site-'))
  const start = performance.now()
  const { status, stdout } = spawnSync(
    process.execPath,
    [...buildOptions(), '--input-type=module', '--eval', BUILD, out],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  )
  if (status !== 0) throw new Failure('the site could not be built; npm run build says why')
  const ms = performance.now() - start
  const pages = readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith('.html'))
  const rate = (pages.length / ms) * 1000
  return { ms, maxRssMb: Number(stdout), note: `${pages.length} pages, ${rate.toFixed(0)} a second` }
}

/** Runs one measurement in this process and says how it went, as a line of JSON. */
async function runCase(name: string, options: Options): Promise<void> {
  const start = performance.now()
  const given = await CASES[name]?.run(options)
  const run =
    typeof given === 'string'
      ? { ms: performance.now() - start, maxRssMb: process.resourceUsage().maxRSS / 1024, note: given }
      : (given ?? null)
  process.stdout.write(`\n${JSON.stringify(run)}\n`)
}

/** What `npm run build` asks of Node, from package.json. */
function buildOptions(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return scripts.build.match(/--[\w-]+=\S+/g) ?? []
}

/**
 * Runs one measurement in a process of its own, so that memory is its own; null where inputs are missing. What it
 * makes goes to the folder `made`.
 */
function spawnCase(name: string, made: string): Promise<Run | null> {
  const script = fileURLToPath(import.meta.url)
  const child = spawn(
    process.execPath,
    [...process.execArgv, script, ...process.argv.slice(2), '--case', name, '--made', made],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== 0) reject(new Failure(`the measurement "${name}" ended with exit code ${code}`))
      else resolve(JSON.parse(printed.trim().split('\n').at(-1) ?? 'null'))
    })
  })
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** What the arguments ask for; null: help. `here` names the case to run in this process, one that bench itself started. */
function readOptions(): { options: Options; cases: readonly string[]; here: string | null } | null {
  const string = { type: 'string' } as const
  const given = readArguments(
    {
      options: {
        kernels: string,
        tree: string,
        release: string,
        runs: string,
        case: string,
        made: string,
        only: string,
        large: { type: 'boolean' },
      },
      allowPositionals: false,
    },
    HELP,
  )
  if (!given) return null
  const {
    kernels,
    tree,
    release = '7.3',
    runs = '3',
    case: here,
    made = '',
    only,
    large = false,
  } = given.values
  for (const path of [kernels, tree])
    if (path !== undefined && !existsSync(path)) throw wrongUse(`${path}: no such folder`, HELP)
  if (!/^[1-9]\d{0,2}$/.test(runs)) throw wrongUse(`--runs ${runs}: expected a number from 1 to 999`, HELP)
  for (const name of [here, only])
    if (name !== undefined && !Object.hasOwn(CASES, name))
      throw wrongUse(`--only ${name}: expected one of ${Object.keys(CASES).join(', ')}`, HELP)
  const cases = Object.keys(CASES).filter((name) =>
    only === undefined ? large || name !== 'large' : name === only,
  )
  const options = { kernels: kernels ?? null, tree: tree ?? null, release, runs: Number(runs), made }
  return { options, cases, here: here ?? null }
}

/** Runs these measurements one after the other and prints a row of each. What they make goes to the folder `made`. */
async function measure(cases: readonly string[], wanted: number, made: string): Promise<void> {
  for (const name of cases) {
    const runs: Run[] = []
    for (let i = 0; i < wanted; i++) {
      const run = await spawnCase(name, made)
      if (run) runs.push(run)
    }
    const ms = median(runs.map((run) => run.ms))
    const memory = Math.max(...runs.map((run) => run.maxRssMb))
    const row =
      runs.length > 0
        ? `${(ms / 1000).toFixed(2)} s  ${memory.toFixed(0)} MB  ${runs.at(-1)?.note}`
        : 'not measured: its inputs were not given'
    process.stdout.write(`${CASES[name]?.label}: ${row}\n`)
  }
}

await runMain(
  async () => {
    const request = readOptions()
    if (!request) return
    const { options, cases, here } = request
    if (here) return await runCase(here, options)
    const made = mkdtempSync(join(tmpdir(), 'kfunc-atlas-bench-'))
    const remove = () => rmSync(made, { recursive: true, force: true })
    onExit(remove)
    await measure(cases, options.runs, made)
    // not after each run: for minutes ext4 looks at every file that was removed before it makes a new one, which costs
    // the next build of a site up to a fifth of its time
    remove()
  },
  { interrupted: () => 'interrupted' },
)
