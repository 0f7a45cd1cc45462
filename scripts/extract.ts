/** npm run extract: reads kernels and writes content/data. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { differences } from '#lib/model/differences.ts'
import { StoredExamples } from '#lib/model/examples.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { StoredPlaces } from '#lib/model/places.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { tuneForExtraction } from './lib/build/v8.mjs'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, runMain } from './lib/cli/failure.ts'
import { createProgress, type Progress } from './lib/cli/progress.ts'
import {
  compareSnippets,
  type ExamplesToStore,
  removeUnusedSnippets,
  withVerdicts,
  writeSnippets,
} from './lib/extract/examples-store.ts'
import { extractExamples, extractPlaces, extractRelease } from './lib/extract/extract-release.ts'
import { inputsFromPaths, inputsIn, type ReleaseInputs, releasesIn } from './lib/extract/inputs.ts'
import { readPlacesToFind } from './lib/extract/read-places-to-find.ts'
import { printFacts, writeAtomically } from './lib/files/write-json.ts'

const HELP = `usage: npm run extract -- <id> --source PATH [--tag TAG] [--image PATH] [--modules DIR]
       npm run extract -- <id> --image PATH [--modules DIR]
       npm run extract -- --kernels DIR [id …]

Reads a kernel's source and binaries and writes content/data/<id>.json, and from the kernel's own programs
content/data/examples/<id>.json and content/data/snippets. What content/**/*.md and content/messages.json refer to is
looked up in the source, for content/data/places/<id>.json.

  <id>            the release, such as 7.3
  --source PATH   its source: an unpacked tree, a .tar, .tar.gz, .tar.xz or .tar.zst, or a git repository with --tag
  --tag TAG       the git tag to read, and where source links point (default: v and the version of the source)
  --image PATH    vmlinuz, vmlinux, or raw BTF such as /sys/kernel/btf/vmlinux (which has no flags)
  --modules DIR   its modules (.ko, .ko.xz, .ko.zst, .ko.gz), searched below DIR
  --kernels DIR   a folder of releases: DIR/<id>/source.tar.xz, vmlinuz, modules/
  --only examples read the examples alone, for releases that are there already
  --only places   look up alone what the texts of content refer to
  --out DIR       write there instead of content/data
  --check         write nothing; say what differs from the data that is there, and exit 1 if anything does
  --help          this text
`

const string = { type: 'string' } as const
const boolean = { type: 'boolean' } as const
const OPTIONS = {
  source: string,
  tag: string,
  image: string,
  modules: string,
  kernels: string,
  out: string,
  only: string,
  check: boolean,
}

interface Request {
  readonly inputs: readonly ReleaseInputs[]
  readonly out: string
  readonly isCheck: boolean
  readonly only: Only | null
  /** What the texts of content refer to. */
  readonly wanted: PlacesToFind
}

type Only = 'examples' | 'places'
const isOnly = (word: string): word is Only => word === 'examples' || word === 'places'

function readRequest(): Request | null {
  const given = readArguments({ options: OPTIONS, allowPositionals: true }, HELP)
  if (!given) return null
  const { values, positionals } = given
  const out = values.out ?? 'content/data'
  const isCheck = values.check ?? false
  const only = values.only ?? null
  if (only !== null && !isOnly(only))
    throw wrongUse(`--only ${only}: only "examples" and "places" can be read alone`, HELP)
  const wanted = only === 'examples' ? { places: [], messages: [], rules: [] } : readPlacesToFind()
  if (values.kernels !== undefined) {
    if (values.source ?? values.image ?? values.modules ?? values.tag)
      throw wrongUse('--kernels names all inputs; leave out --source, --tag, --image and --modules', HELP)
    const { kernels } = values
    const ids = positionals.length > 0 ? positionals : releasesIn(kernels)
    const all = ids.map((id) => inputsIn(kernels, id))
    // what is in source alone is not asked of a release that has none, unless it was named
    const inputs = only && positionals.length === 0 ? all.filter(({ source }) => source) : all
    return { inputs, out, isCheck, only, wanted }
  }
  const [id, ...rest] = positionals
  if (!id || rest.length > 0) throw wrongUse(`expected one release, saw ${positionals.length}`, HELP)
  if (!values.source && !values.image) throw wrongUse('give --source, --image or both', HELP)
  if (values.modules && !values.image) throw wrongUse('--modules needs --image: their BTF builds on it', HELP)
  return { inputs: [inputsFromPaths(id, values)], out, isCheck, only, wanted }
}

/** Compares with what is stored; gives whether they are the same. */
function check(path: string, text: string): boolean {
  if (!existsSync(path)) {
    process.stdout.write(`${path}: not there yet\n`)
    return false
  }
  const lines = differences(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(text))
  for (const line of lines) process.stdout.write(`${path}: ${line}\n`)
  return lines.length === 0
}

/** null: there are none, or of an older form. */
function readStoredExamples(path: string): StoredExamples | null {
  if (!existsSync(path)) return null
  return StoredExamples.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
}

/** Stores or compares the examples of a release; gives whether they are the same. */
function keepExamples({ file: found, snippets }: ExamplesToStore, { out, isCheck }: Request): boolean {
  const path = join(out, 'examples', `${found.release}.json`)
  const file = withVerdicts(found, readStoredExamples(path))
  const text = printFacts(StoredExamples.parse(file))
  const wrong = isCheck ? compareSnippets(out, snippets) : []
  for (const line of wrong) process.stdout.write(`${line}\n`)
  const isSame = !isCheck || (check(path, text) && wrong.length === 0)
  if (!isCheck) {
    writeSnippets(out, snippets)
    writeAtomically(path, text)
  }
  const verb = isCheck ? 'checked' : 'wrote'
  const { kfuncs, gaps } = file
  process.stdout.write(`${verb} ${path}: ${kfuncs.length} kfuncs with examples, ${gaps.length} gaps\n`)
  return isSame
}

/** Stores or compares the places of a release; gives whether they are the same. */
function keepPlaces(found: StoredPlaces, { out, isCheck, wanted }: Request): boolean {
  const path = join(out, 'places', `${found.release}.json`)
  const text = printFacts(StoredPlaces.parse(found))
  const isSame = !isCheck || check(path, text)
  if (!isCheck) writeAtomically(path, text)
  const verb = isCheck ? 'checked' : 'wrote'
  const { places, messages } = found
  const rules = found.rules.filter(({ line }) => line !== null)
  process.stdout.write(
    `${verb} ${path}: ${places.length} of ${wanted.places.length} places, ${messages.length} of ${wanted.messages.length} messages, ${rules.length} of ${wanted.rules.length} places of rules\n`,
  )
  return isSame
}

/** What a release is known to register, from its data file. */
function readStored(out: string, id: string): Extracted {
  const path = join(out, `${id}.json`)
  if (!existsSync(path)) throw new Failure(`${path} is not there yet`, { hint: 'leave out --only' })
  return Extracted.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Reads one release and stores or compares it; gives whether it is the same. */
async function runRelease(inputs: ReleaseInputs, request: Request, progress: Progress): Promise<boolean> {
  const { out, isCheck, only, wanted } = request
  if (only === 'places') return keepPlaces(await extractPlaces(inputs, wanted, progress), request)
  if (only === 'examples') {
    const stored = readStored(out, inputs.id)
    return keepExamples(await extractExamples(inputs, stored, progress), request)
  }
  const { extracted, examples, places } = await extractRelease(inputs, wanted, progress)
  const path = join(out, `${inputs.id}.json`)
  const text = printFacts(Extracted.parse(extracted))
  const isSame = !isCheck || check(path, text)
  if (!isCheck) writeAtomically(path, text)
  const { kfuncs, gaps } = extracted
  const verb = isCheck ? 'checked' : 'wrote'
  process.stdout.write(`${verb} ${path}: ${kfuncs.length} kfuncs, ${gaps.length} gaps\n`)
  const isSameWithExamples = (!examples || keepExamples(examples, request)) && isSame
  return (!places || keepPlaces(places, request)) && isSameWithExamples
}

await runMain(async () => {
  const request = readRequest()
  if (!request) return
  tuneForExtraction()
  const progress = createProgress()
  let isSame = true
  for (const inputs of request.inputs) isSame = (await runRelease(inputs, request, progress)) && isSame
  if (!request.isCheck && request.only !== 'places') removeUnusedSnippets(request.out)
  if (!isSame) process.exitCode = 1
})
