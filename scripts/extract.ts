/** npm run extract: reads kernels and writes content/data. */
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { tuneForExtraction } from './lib/build/v8.mjs'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { runMain } from './lib/cli/failure.ts'
import { createProgress, type Progress } from './lib/cli/progress.ts'
import { removeUnusedSnippets } from './lib/extract/examples-store.ts'
import { extractRelease } from './lib/extract/extract-release.ts'
import { inputsFromPaths, inputsIn, type ReleaseInputs, releasesIn } from './lib/extract/inputs.ts'
import { filesOfNeighbours } from './lib/extract/neighbours.ts'
import { extractExamples, extractPlaces } from './lib/extract/read-alone.ts'
import { readPlacesToFind } from './lib/extract/read-places-to-find.ts'
import {
  keepExamples,
  keepFacts,
  keepFiles,
  keepPlaces,
  readStored,
  relistFiles,
  type Store,
} from './lib/extract/store.ts'
import { verifySource } from './lib/extract/verify.ts'

const HELP = `usage: npm run extract -- <id> --source PATH [--tag TAG] [--image PATH] [--modules DIR]
       npm run extract -- <id> --image PATH [--modules DIR]
       npm run extract -- --kernels DIR [id …]
       npm run extract -- --verify <id> --source PATH [--tag TAG]

Reads a kernel's source and binaries and writes content/data/<id>.json, and from the kernel's own programs
content/data/examples/<id>.json and content/data/snippets. What content/**/*.md and content/messages.json refer to is
looked up in the source, for content/data/places/<id>.json; content/data/files/<id>.txt lists the source files that facts
came from, with their git object ids.

  <id>            the release, such as 7.3
  --source PATH   its source: an unpacked tree, a .tar, .tar.gz, .tar.xz or .tar.zst, or a git repository with --tag
  --tag TAG       the git tag to read, and where source links point (default: v and the version of the source)
  --image PATH    vmlinuz, vmlinux, or raw BTF such as /sys/kernel/btf/vmlinux (which has no flags)
  --modules DIR   its modules (.ko, .ko.xz, .ko.zst, .ko.gz), searched below DIR
  --kernels DIR   a folder of releases: DIR/<id>/source.tar.xz, vmlinuz, modules/
  --facts         take no texts of the source: of comments and examples only places and sha256 are stored
  --origin TEXT   where the source came from, such as "copy of Linux 6.8.0, owner/name@commit" (a copy is read with --facts);
                  without it, what inputs.txt beside the source says
  --only examples read the examples alone, for releases that are there already
  --only places   look up alone what the texts of content refer to
  --out DIR       write there instead of content/data
  --check         write nothing; say what differs from the data that is there, and exit 1 if anything does
  --verify        write nothing; compare the source files that the release was read from with those of another source, and
                  exit 1 if any differs or is missing
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
  origin: string,
  facts: boolean,
  check: boolean,
  verify: boolean,
}

interface Request extends Store {
  readonly inputs: readonly ReleaseInputs[]
  readonly only: Only | null
  readonly isVerify: boolean
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
  const isVerify = values.verify ?? false
  if (isVerify && (only ?? values.image ?? values.facts ?? values.check))
    throw wrongUse('--verify compares source files alone: give it --source, or --kernels', HELP)
  const wanted =
    only === 'examples' || isVerify ? { places: [], messages: [], rules: [] } : readPlacesToFind()
  if (values.kernels !== undefined) {
    if (values.source ?? values.image ?? values.modules ?? values.tag ?? values.origin)
      throw wrongUse(
        '--kernels names all inputs; leave out --source, --tag, --image, --modules and --origin',
        HELP,
      )
    const { kernels } = values
    const ids = positionals.length > 0 ? positionals : releasesIn(kernels)
    const all = ids.map((id): ReleaseInputs => {
      const inputs = inputsIn(kernels, id)
      return values.facts ? { ...inputs, texts: 'facts' } : inputs
    })
    // what is in source alone is not asked of a release that has none, unless it was named
    const inputs = (only || isVerify) && positionals.length === 0 ? all.filter(({ source }) => source) : all
    return { inputs, out, isCheck, only, isVerify, wanted }
  }
  const [id, ...rest] = positionals
  if (!id || rest.length > 0) throw wrongUse(`expected one release, saw ${positionals.length}`, HELP)
  if (!values.source && !values.image) throw wrongUse('give --source, --image or both', HELP)
  if (!values.source && (values.facts ?? values.origin))
    throw wrongUse('--facts and --origin are about a source: give --source', HELP)
  if (values.modules && !values.image) throw wrongUse('--modules needs --image: their BTF builds on it', HELP)
  return { inputs: [inputsFromPaths(id, values)], out, isCheck, only, isVerify, wanted }
}

/** Reads one release and stores or compares it; gives whether it is the same. */
async function runRelease(inputs: ReleaseInputs, request: Request, progress: Progress): Promise<boolean> {
  const { out, only, wanted } = request
  if (only === 'places') return keepPlaces(await extractPlaces(inputs, wanted, progress), wanted, request)
  if (only === 'examples') {
    const stored = readStored(out, inputs.id)
    const { texts } = stored.release
    const { examples, ids } = await extractExamples({ ...inputs, texts }, stored, progress)
    const files = relistFiles(stored, ids, request)
    return [keepExamples(examples, request), keepFiles(inputs.id, files, request)].every(Boolean)
  }
  const asked = { wanted, expected: filesOfNeighbours(out, inputs.id) }
  const { extracted, examples, places, files } = await extractRelease(inputs, asked, progress)
  const same = [
    keepFacts(extracted, request),
    examples === null || keepExamples(examples, request),
    places === null || keepPlaces(places, wanted, request),
    files === null || keepFiles(inputs.id, files, request),
  ]
  return same.every(Boolean)
}

await runMain(async () => {
  const request = readRequest()
  if (!request) return
  tuneForExtraction()
  const progress = createProgress()
  let isSame = true
  for (const inputs of request.inputs) {
    const run = request.isVerify
      ? verifySource(inputs, request.out, progress)
      : runRelease(inputs, request, progress)
    isSame = (await run) && isSame
  }
  const hasWritten = !request.isCheck && !request.isVerify
  if (hasWritten && request.only !== 'places') removeUnusedSnippets(request.out)
  if (!isSame) process.exitCode = 1
})
