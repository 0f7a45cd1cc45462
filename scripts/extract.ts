/** npm run extract: reads kernels and writes content/data/<id>.json. The only program that writes there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { differences } from '#lib/model/differences.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { extractRelease } from './lib/extract-release.ts'
import { Failure, runMain } from './lib/failure.ts'
import { inputsFromPaths, inputsIn, type ReleaseInputs, releasesIn } from './lib/inputs.ts'
import { createProgress } from './lib/progress.ts'
import { printFacts, writeAtomically } from './lib/write-json.ts'

const HELP = `usage: npm run extract -- <id> --source PATH [--tag TAG] [--image PATH] [--modules DIR]
       npm run extract -- <id> --image PATH [--modules DIR]
       npm run extract -- --kernels DIR [id …]

Reads a kernel's source and binaries and writes content/data/<id>.json.

  <id>            the release, such as 7.3
  --source PATH   its source: an unpacked tree, a .tar, .tar.gz or .tar.xz, or a git repository with --tag
  --tag TAG       the git tag to read, and where source links point (default: v and the version of the source)
  --image PATH    vmlinuz, vmlinux, or raw BTF such as /sys/kernel/btf/vmlinux
  --modules DIR   its modules (.ko, .ko.xz, .ko.zst, .ko.gz), searched below DIR
  --kernels DIR   a folder of releases: DIR/<id>/source.tar.xz, vmlinuz, modules/
  --out DIR       write there instead of content/data
  --check         write nothing; say what differs from the data that is there, and exit 1 if anything does
  --help          this text
`

interface Request {
  readonly inputs: readonly ReleaseInputs[]
  readonly out: string
  readonly isCheck: boolean
}

function readRequest(): Request | null {
  const { values, positionals } = parseArguments()
  if (values.help) return null
  const out = values.out ?? 'content/data'
  const isCheck = values.check ?? false
  if (values.kernels !== undefined) {
    if (values.source ?? values.image ?? values.modules ?? values.tag)
      throw new Failure('--kernels names all inputs; leave out --source, --tag, --image and --modules', {
        exitCode: 2,
      })
    const { kernels } = values
    const ids = positionals.length > 0 ? positionals : releasesIn(kernels)
    return { inputs: ids.map((id) => inputsIn(kernels, id)), out, isCheck }
  }
  const [id, ...rest] = positionals
  if (!id || rest.length > 0)
    throw new Failure(`expected one release, saw ${positionals.length}\n${HELP}`, { exitCode: 2 })
  if (!values.source && !values.image)
    throw new Failure(`give --source, --image or both\n${HELP}`, { exitCode: 2 })
  if (values.modules && !values.image)
    throw new Failure('--modules needs --image: their BTF builds on it', { exitCode: 2 })
  return { inputs: [inputsFromPaths(id, values)], out, isCheck }
}

function parseArguments() {
  const string = { type: 'string' } as const
  const boolean = { type: 'boolean' } as const
  const options = {
    source: string,
    tag: string,
    image: string,
    modules: string,
    kernels: string,
    out: string,
    check: boolean,
    help: boolean,
  }
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error}\n${HELP}`, { exitCode: 2 })
  }
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

await runMain(async () => {
  const request = readRequest()
  if (!request) {
    process.stdout.write(HELP)
    return
  }
  const progress = createProgress()
  let isSame = true
  for (const inputs of request.inputs) {
    const extracted = Extracted.parse(await extractRelease(inputs, progress))
    const path = join(request.out, `${inputs.id}.json`)
    const text = printFacts(extracted)
    if (request.isCheck) isSame = check(path, text) && isSame
    else writeAtomically(path, text)
    const { kfuncs, gaps } = extracted
    const verb = request.isCheck ? 'checked' : 'wrote'
    process.stdout.write(`${verb} ${path}: ${kfuncs.length} kfuncs, ${gaps.length} gaps\n`)
  }
  if (!isSame) process.exitCode = 1
})
