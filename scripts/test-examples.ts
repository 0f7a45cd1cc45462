/** npm run test:examples: compiles every example for BPF, and writes into the data which did. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StoredExample, StoredExamples } from '#lib/model/examples.ts'
import { byteOrder } from '#lib/model/order.ts'
import { loadReleases } from '../src/content-fs.ts'
import { type BpfHeaders, includeFolders, layOutHeaders, withoutKfuncs } from './lib/bpf/headers.ts'
import { findProgram, runProgram } from './lib/bpf/programs.ts'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, onExit, runMain } from './lib/cli/failure.ts'
import { createProgress, type Progress } from './lib/cli/progress.ts'
import { inputsIn, releasesIn } from './lib/extract/inputs.ts'
import { printFacts, writeAtomically } from './lib/files/write-json.ts'

const HELP = `usage: npm run test:examples -- --kernels DIR [id …] [--least PERCENT]

Compiles every example of a release for BPF: against its own libbpf, its selftests' headers, a vmlinux.h that bpftool
prints from its image, and the declarations of kfuncs that we publish. Writes into content/data/examples/<id>.json
which compiled, and of the others the first error.

  --kernels DIR    a folder of releases: DIR/<id>/source.tar.xz or source/, and vmlinuz
  --least PERCENT  exit 1 when a smaller part of a release's examples compiles
  --help           this text

It takes clang, bpftool and python3, and tar and xz where the source is packed.
`

const FOLDER = 'content/data'

/** What is compiled once: a text, for a path that it includes from. */
interface Job {
  readonly key: string
  readonly text: string
  readonly path: string
}

const keyOf = ({ snippet, whole, at }: StoredExample): string => `${whole ?? snippet} ${at.path}`

function jobsOf({ kfuncs }: StoredExamples): Job[] {
  const jobs = new Map<string, Job>()
  for (const { examples } of kfuncs)
    for (const example of examples) {
      const key = keyOf(example)
      const file = join(FOLDER, 'snippets', `${example.whole ?? example.snippet}.txt`)
      if (!jobs.has(key)) jobs.set(key, { key, text: readFileSync(file, 'utf8'), path: example.at.path })
    }
  return [...jobs.values()]
}

/** What became of a program: its first error, null where it compiles, and the kfuncs that it declares otherwise than we do. */
interface Verdict {
  readonly error: string | null
  readonly own: ReadonlySet<string>
}

/** How often a program is compiled again, without our declarations of what it declares otherwise. */
const MOST_TRIES = 8

async function compile(clang: string, job: Job, headers: BpfHeaders, folder: string): Promise<Verdict> {
  const name = job.key.replace(/\W/g, '_')
  const file = join(folder, `${name}.bpf.c`)
  writeFileSync(file, job.text)
  const includes = includeFolders(job.path, headers)
  const own = new Set<string>()
  for (let left = MOST_TRIES; ; left--) {
    const { code, stderr } = await runProgram(clang, [
      ...['-target', 'bpf', '-O2', '-g', '-w', '-mcpu=v4', '-mlittle-endian', '-D__TARGET_ARCH_x86'],
      ...(own.size > 0 ? [join(folder, name), ...includes] : includes).map((path) => `-I${path}`),
      ...['-idirafter', '/usr/include/x86_64-linux-gnu', '-c', file, '-o', `${file}.o`],
    ])
    if (code === 0) return { error: null, own }
    const others = declaredOtherwise(stderr).filter(
      (kfunc) => !own.has(kfunc) && headers.declarations.includes(`${kfunc}(`),
    )
    if (others.length === 0 || left === 0) return { error: firstError(stderr, file, headers), own }
    for (const kfunc of others) own.add(kfunc)
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'kfuncs.h'), withoutKfuncs(headers.declarations, own))
  }
}

/**
 * The functions that a program or a header of the kernel's own programs declares otherwise than something before it: with
 * flavours of the structs, or as a wrapper of the same name.
 */
function declaredOtherwise(stderr: string): string[] {
  const complaints =
    /error: (?:conflicting types for|(?:non-)?static declaration of|redefinition of|redeclaration of) '(\w+)'/g
  return [...stderr.matchAll(complaints)].map(([, name = '']) => name)
}

/** The first error that clang tells, without paths of this machine. */
function firstError(stderr: string, file: string, headers: BpfHeaders): string {
  const lines = stderr.split('\n')
  const line = lines.find((one) => /(?:fatal )?error: /.test(one)) ?? lines[0] ?? ''
  return line
    .replaceAll(`${headers.tree}/`, '')
    .replaceAll(`${headers.made}/`, '')
    .replaceAll(file, 'example.bpf.c')
}

async function compileAll(
  clang: string,
  jobs: readonly Job[],
  headers: BpfHeaders,
  onDone: (done: number) => void,
): Promise<Map<string, Verdict>> {
  const folder = mkdtempSync(join(tmpdir(), 'kfunc-objects-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const forget = onExit(remove)
  const verdicts = new Map<string, Verdict>()
  const left = [...jobs]
  const work = async (): Promise<void> => {
    for (let job = left.pop(); job; job = left.pop()) {
      verdicts.set(job.key, await compile(clang, job, headers, folder))
      onDone(verdicts.size)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  remove()
  forget()
  return verdicts
}

/** Compiles the examples of a release and stores the verdicts; gives how many of how many compiled. */
async function testRelease(
  id: string,
  kernels: string,
  clang: { name: string; version: string },
  progress: Progress,
): Promise<readonly [good: number, all: number]> {
  const release = loadReleases().find((one) => one.release.id === id)
  const path = join(FOLDER, 'examples', `${id}.json`)
  if (!release) throw new Failure(`${id} is no release of ${FOLDER}`, { hint: 'extract it first' })
  if (release.release.texts === 'facts')
    throw new Failure(`${id}: its texts were not taken, so there is nothing to compile`)
  const stored = StoredExamples.parse(JSON.parse(readFileSync(path, 'utf8')))
  const preparing = progress.stage(`${id} headers`)
  const headers = await layOutHeaders(inputsIn(kernels, id), release)
  preparing.done()
  const jobs = jobsOf(stored)
  const stage = progress.stage(`${id} compiling`)
  const verdicts = await compileAll(clang.name, jobs, headers, (done) => stage.update(done, jobs.length))
  headers.remove()
  const good = [...verdicts.values()].filter(({ error }) => error === null).length
  stage.done(`${good} of ${jobs.length}`)
  const kfuncs = stored.kfuncs.map(({ name, examples }) => ({
    name,
    examples: examples.map((example) => {
      const compileError = verdicts.get(keyOf(example))?.error ?? null
      return { ...example, compiled: compileError === null, compileError }
    }),
  }))
  const file = { ...stored, compiler: `clang ${clang.version}`, kfuncs }
  writeAtomically(path, printFacts(StoredExamples.parse(file)))
  const own = new Set([...verdicts.values()].flatMap((verdict) => [...verdict.own]))
  if (own.size > 0)
    process.stdout.write(`${id}: declared otherwise by programs: ${[...own].sort(byteOrder).join(', ')}\n`)
  return [good, jobs.length]
}

await runMain(async () => {
  const options = { kernels: { type: 'string' }, least: { type: 'string' } } as const
  const given = readArguments({ options, allowPositionals: true }, HELP)
  if (!given) return
  const { kernels, least = '0' } = given.values
  if (kernels === undefined) throw wrongUse('give --kernels', HELP)
  if (!/^\d+$/.test(least)) throw wrongUse(`--least ${least}: a whole number was expected`, HELP)
  const clang = findProgram(
    ['clang', ...[22, 21, 20, 19].map((version) => `clang-${version}`)],
    'install clang 19 or newer, on Debian: apt-get install clang-19',
  )
  findProgram(['bpftool'], 'on Debian: apt-get install bpftool')
  // of a release whose texts were not taken there is nothing to compile
  const withSource = loadReleases().filter(
    ({ release }) => release.sources.length > 0 && release.texts === 'own',
  )
  const known = new Set(withSource.map(({ release }) => release.id))
  const ids =
    given.positionals.length > 0 ? given.positionals : releasesIn(kernels).filter((id) => known.has(id))
  const progress = createProgress()
  for (const id of ids) {
    const [good, all] = await testRelease(id, kernels, clang, progress)
    const percent = (100 * good) / Math.max(1, all)
    process.stdout.write(`${id}: ${good} of ${all} programs compile (${percent.toFixed(1)} %)\n`)
    if (percent < Number(least)) process.exitCode = 1
  }
})
