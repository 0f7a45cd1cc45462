/** npm run mutate: changes the library in small ways and tells which changes no test sees. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { MutantResult } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, runMain } from './lib/cli/failure.ts'
import { draw } from './lib/mutate/draw.ts'
import { mutantKey } from './lib/mutate/mutant-key.mjs'
import { mutationReport } from './lib/mutate/report.ts'

const HELP = `usage: npm run mutate -- [--sample N] [--seed S] [PATH …]

Draws N mutants of the library (StrykerJS makes them), runs the unit tests and the quick part of the goldens against each,
and prints those that no test killed. Exits 1 when fewer than nine in ten were killed. 400 take about an hour.

  PATH         folders or files of src/lib (default: ${['binary', 'btf', 'c', 'kfunc', 'kbuild', 'publish', 'site'].join(', ')})
  --sample N   how many mutants are drawn (default 400)
  --seed S     a number; the same one draws the same mutants of the same code (default 1)
`

const FOLDERS = ['binary', 'btf', 'c', 'kfunc', 'kbuild', 'publish', 'site'].map((name) => `src/lib/${name}`)

/** The share of mutants that tests must kill. */
const ENOUGH = 0.9

/** Paths of the TypeScript files at or below `path`, sorted. */
function sourcesBelow(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Failure(`${path}: no such file or folder`)
  if (found.isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name))
    .sort()
}

/** A count out of the arguments. */
function count(given: string | undefined, otherwise: number, name: string): number {
  const value = given === undefined ? otherwise : Number(given)
  if (!Number.isSafeInteger(value) || value < 1)
    throw wrongUse(`--${name} takes a whole number from 1 on, and was given ${given}`, HELP)
  return value
}

const silent = () => {}
const LOGGER = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
}

/** The keys of all mutants that Stryker makes of `paths`. */
async function mutantsOf(paths: readonly string[]): Promise<string[]> {
  const files = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
  const { mutants } = await new Instrumenter(LOGGER).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: true,
  })
  return mutants.map((mutant) => mutantKey(mutant, ''))
}

await runMain(
  async () => {
    const given = readArguments(
      { options: { sample: { type: 'string' }, seed: { type: 'string' } }, allowPositionals: true },
      HELP,
    )
    if (!given) return
    const sample = count(given.values.sample, 400, 'sample')
    const seed = count(given.values.seed, 1, 'seed')
    const asked = given.positionals.length > 0 ? given.positionals : FOLDERS
    const paths = asked.flatMap((path) => sourcesBelow(relative('.', path)))
    const all = await mutantsOf(paths)
    const drawn = draw(all, sample, seed)
    process.stderr.write(`mutate: ${drawn.length} of ${all.length} mutants, seed ${seed}\n`)
    const mutated = [...new Set(drawn.map((key) => key.slice(0, key.indexOf('\t'))))]
    const results: MutantResult[] = await new Stryker({
      mutate: mutated,
      drawnMutants: drawn,
      reporters: process.stderr.isTTY ? ['progress'] : [],
    }).runMutationTest()
    const report = mutationReport(results.filter(({ status }) => status !== 'CompileError'))
    process.stdout.write(`${report.lines.join('\n')}\n`)
    if (report.killedShare < ENOUGH)
      throw new Failure(`tests killed ${(report.killedShare * 100).toFixed(1)} % of the mutants`, {
        hint: `${ENOUGH * 100} % are wanted: write tests that the survivors above fail, or say why none can`,
      })
  },
  { interrupted: () => 'interrupted; nothing was changed' },
)
