/** Reads the source of a release. */
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { findExamples } from '#lib/examples/find.ts'
import { kfuncsToShow } from '#lib/examples/kfuncs-to-show.ts'
import { missingFiles } from '#lib/kbuild/missing-files.ts'
import { type KernelTree, kernelVersion } from '#lib/kernel-tree.ts'
import { readSource, type SourceFacts } from '#lib/kfunc/source.ts'
import type { StoredPlaces } from '#lib/model/places.ts'
import type { Input } from '#lib/model/published.ts'
import { citedPaths, printSourceFiles } from '#lib/model/source-files.ts'
import { findPlaces } from '#lib/places/find.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { Failure } from '../cli/failure.ts'
import type { Progress } from '../cli/progress.ts'
import { openTree } from '../tree/open-tree.ts'
import { recordingTree } from '../tree/recording-tree.ts'
import { type ExamplesToStore, examplesToStore } from './examples-store.ts'
import { type ReleaseInputs, versionInOrigin } from './inputs.ts'
import { requireRelease } from './versions.ts'

/** What a source gives. */
export interface SourceRead {
  readonly facts: SourceFacts
  readonly examples: ExamplesToStore
  readonly places: StoredPlaces
  /** The list of the files that facts and examples came from. */
  readonly files: string
  readonly version: string
  readonly input: Input
}

/** What is asked of a source beyond its facts. */
export interface AskedOfSource {
  /** What texts refer to. */
  readonly wanted: PlacesToFind
  /** The files that have the kfuncs of the releases around it. */
  readonly expected: readonly string[]
}

/** Reads a source: its facts, its examples, and what `asked` says. Throws a Failure when it is not what it should be, or not whole. */
export async function readSourceTree(
  inputs: ReleaseInputs,
  source: { path: string; origin: string },
  { wanted, expected }: AskedOfSource,
  progress: Progress,
): Promise<SourceRead> {
  const stage = progress.stage(`${inputs.id} source`)
  const opened = await openTree(source.path, inputs.tag ? { tag: inputs.tag } : {})
  const { tree, filesRead, asked, found } = recordingTree(opened)
  try {
    // an archive is read once, by the search; asked for a file before, it would be read twice
    const facts = await readSource(tree)
    const version = await kernelVersion(tree)
    requireRelease(inputs.id, version, source.path)
    requireOriginVersion(source, version)
    const searched = [...found].filter((path) => !isKconfig(path))
    await requireWhole(opened, source.path, expected)
    if (facts.kfuncs.length === 0)
      throw new Failure(
        `${source.path}: no kfunc is registered in it; expected the whole source of a kernel of 5.13 or later`,
      )
    const examples = examplesToStore(
      { release: inputs.id, texts: inputs.texts },
      await findExamples(tree, kfuncsToShow(facts)),
    )
    const behind = new Set([...asked, ...searched, ...citedPaths([facts, examples.file])])
    const files = printSourceFiles(await opened.objectIds([...behind]))
    // what texts refer to decides over no fact: it is no part of what was read for them
    const places: StoredPlaces = { format: 1, release: inputs.id, ...(await findPlaces(opened, wanted)) }
    stage.done(`${facts.kfuncs.length} kfuncs`)
    // a directory or a repository is no file: what stands for it is what was read of it
    const input = statSync(source.path).isFile() ? await fileInput(source.path) : filesRead()
    return {
      facts,
      examples,
      places,
      files,
      version,
      input: { name: basename(source.path), origin: source.origin, ...input },
    }
  } finally {
    await tree.close()
  }
}

function requireOriginVersion({ path, origin }: { path: string; origin: string }, version: string): void {
  const said = versionInOrigin(origin)
  if (said === null || said === version) return
  throw new Failure(`${path} is Linux ${version} by its Makefile, and ${said} by its origin "${origin}"`, {
    hint: 'give the origin of this very copy',
  })
}

/** Part of a kernel would be published with fewer kfuncs than the release has. */
async function requireWhole(tree: KernelTree, path: string, expected: readonly string[]): Promise<void> {
  const missing = await missingFiles(tree, expected)
  if (missing.length === 0) return
  const list = missing.map(({ lacks, namedBy }) => `${lacks} (named by ${namedBy.path}:${namedBy.line})`)
  throw new Failure(`${path} is not whole: it lacks ${list.join(', ')}`, {
    hint: 'lay out the whole source; without these the release would be published with fewer kfuncs than it has',
  })
}

/** Every Kconfig file is searched for symbols: those that say something are cited. */
const isKconfig = (path: string): boolean => /(^|\/)Kconfig[^/]*$/.test(path)

async function fileInput(path: string): Promise<Pick<Input, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { sha256: hash.digest('hex'), bytes: statSync(path).size }
}
