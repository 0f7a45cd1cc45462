/** npm run extract: reads kernels and writes content/data. The only program that writes there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { differences } from '#lib/model/differences.ts'
import { StoredExamples } from '#lib/model/examples.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { readArguments, wrongUse } from './lib/arguments.ts'
import {
  compareSnippets,
  type ExamplesToStore,
  removeUnusedSnippets,
  writeSnippets,
} from './lib/examples-store.ts'
import { extractExamples, extractRelease } from './lib/extract-release.ts'
import { Failure, runMain } from './lib/failure.ts'
import { inputsFromPaths, inputsIn, type ReleaseInputs, releasesIn } from './lib/inputs.ts'
import { createProgress, type Progress } from './lib/progress.ts'
import { printFacts, writeAtomically } from './lib/write-json.ts'

const HELP = `usage: npm run extract -- <id> --source PATH [--tag TAG] [--image PATH] [--modules DIR]
       npm run extract -- <id> --image PATH [--modules DIR]
       npm run extract -- --kernels DIR [id …]

Reads a kernel's source and binaries and writes content/data/<id>.json, and from the kernel's own programs
content/data/examples/<id>.json and content/data/snippets.

  <id>            the release, such as 7.3
  --source PATH   its source: an unpacked tree, a .tar, .tar.gz, .tar.xz or .tar.zst, or a git repository with --tag
  --tag TAG       the git tag to read, and where source links point (default: v and the version of the source)
  --image PATH    vmlinuz, vmlinux, or raw BTF such as /sys/kernel/btf/vmlinux (which has no flags)
  --modules DIR   its modules (.ko, .ko.xz, .ko.zst, .ko.gz), searched below DIR
  --kernels DIR   a folder of releases: DIR/<id>/source.tar.xz, vmlinuz, modules/
  --only examples read the examples alone, for releases that are there already
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
  readonly isExamplesOnly: boolean
}

function readRequest(): Request | null {
  const given = readArguments({ options: OPTIONS, allowPositionals: true }, HELP)
  if (!given) return null
  const { values, positionals } = given
  const out = values.out ?? 'content/data'
  const isCheck = values.check ?? false
  if (values.only !== undefined && values.only !== 'examples')
    throw wrongUse(`--only ${values.only}: only "examples" can be read alone`, HELP)
  const isExamplesOnly = values.only !== undefined
  if (values.kernels !== undefined) {
    if (values.source ?? values.image ?? values.modules ?? values.tag)
      throw wrongUse('--kernels names all inputs; leave out --source, --tag, --image and --modules', HELP)
    const { kernels } = values
    const ids = positionals.length > 0 ? positionals : releasesIn(kernels)
    return { inputs: ids.map((id) => inputsIn(kernels, id)), out, isCheck, isExamplesOnly }
  }
  const [id, ...rest] = positionals
  if (!id || rest.length > 0) throw wrongUse(`expected one release, saw ${positionals.length}`, HELP)
  if (!values.source && !values.image) throw wrongUse('give --source, --image or both', HELP)
  if (values.modules && !values.image) throw wrongUse('--modules needs --image: their BTF builds on it', HELP)
  return { inputs: [inputsFromPaths(id, values)], out, isCheck, isExamplesOnly }
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

/** Stores or compares the examples of a release; gives whether they are the same. */
function keepExamples({ file, snippets }: ExamplesToStore, { out, isCheck }: Request): boolean {
  const path = join(out, 'examples', `${file.release}.json`)
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

/** What a release is known to register, from its data file. */
function readStored(out: string, id: string): Extracted {
  const path = join(out, `${id}.json`)
  if (!existsSync(path)) throw new Failure(`${path} is not there yet`, { hint: 'leave out --only' })
  return Extracted.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** Reads one release and stores or compares it; gives whether it is the same. */
async function runRelease(inputs: ReleaseInputs, request: Request, progress: Progress): Promise<boolean> {
  const { out, isCheck, isExamplesOnly } = request
  if (isExamplesOnly) {
    const stored = readStored(out, inputs.id)
    return keepExamples(await extractExamples(inputs, stored, progress), request)
  }
  const { extracted, examples } = await extractRelease(inputs, progress)
  const path = join(out, `${inputs.id}.json`)
  const text = printFacts(Extracted.parse(extracted))
  const isSame = !isCheck || check(path, text)
  if (!isCheck) writeAtomically(path, text)
  const { kfuncs, gaps } = extracted
  const verb = isCheck ? 'checked' : 'wrote'
  process.stdout.write(`${verb} ${path}: ${kfuncs.length} kfuncs, ${gaps.length} gaps\n`)
  return (!examples || keepExamples(examples, request)) && isSame
}

await runMain(async () => {
  const request = readRequest()
  if (!request) return
  const progress = createProgress()
  let isSame = true
  for (const inputs of request.inputs) isSame = (await runRelease(inputs, request, progress)) && isSame
  if (!request.isCheck) removeUnusedSnippets(request.out)
  if (!isSame) process.exitCode = 1
})
