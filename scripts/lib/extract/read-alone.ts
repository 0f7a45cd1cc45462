/** Reads one thing of a source alone, for a release that was extracted before. */
import { findExamples } from '#lib/examples/find.ts'
import { kfuncsToShow, type Registrar } from '#lib/examples/kfuncs-to-show.ts'
import { kernelVersion } from '#lib/kernel-tree.ts'
import type { StoredPlaces } from '#lib/model/places.ts'
import { citedPaths } from '#lib/model/source-files.ts'
import { findPlaces } from '#lib/places/find.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { Failure } from '../cli/failure.ts'
import type { Progress } from '../cli/progress.ts'
import type { FileTree } from '../tree/object-id.ts'
import { openTree } from '../tree/open-tree.ts'
import { recordingTree } from '../tree/recording-tree.ts'
import { type ExamplesToStore, examplesToStore } from './examples-store.ts'
import type { ReleaseInputs } from './inputs.ts'
import { requireRelease } from './versions.ts'

/** The examples of a source, and git's object ids of the files that they came from. */
export interface ExamplesRead {
  readonly examples: ExamplesToStore
  readonly ids: ReadonlyMap<string, string>
}

/** Reads the examples alone, for a release that was extracted before. Throws a Failure when there is no source. */
export function extractExamples(
  inputs: ReleaseInputs,
  stored: Registrar,
  progress: Progress,
): Promise<ExamplesRead> {
  return readAlone(inputs, 'examples', progress, async (opened) => {
    const { tree, asked } = recordingTree(opened)
    const found = await findExamples(tree, kfuncsToShow(stored))
    const examples = examplesToStore({ release: inputs.id, texts: inputs.texts }, found)
    const ids = await opened.objectIds([...asked, ...citedPaths(examples.file)])
    return { told: `${found.kfuncs.length} kfuncs`, found: { examples, ids } }
  })
}

/** Looks up alone what texts refer to. Throws a Failure when there is no source. */
export function extractPlaces(
  inputs: ReleaseInputs,
  wanted: PlacesToFind,
  progress: Progress,
): Promise<StoredPlaces> {
  return readAlone(inputs, 'places', progress, async (tree) => {
    const found = await findPlaces(tree, wanted)
    return {
      told: `${found.places.length} of ${wanted.places.length}`,
      found: { format: 1, release: inputs.id, ...found },
    }
  })
}

/** Opens the source of a release for one thing, a stage by that name. `read` gives it, and what to tell of it. */
async function readAlone<T>(
  { id, source, tag }: ReleaseInputs,
  what: string,
  progress: Progress,
  read: (tree: FileTree) => Promise<{ told: string; found: T }>,
): Promise<T> {
  if (!source) throw new Failure(`${id}: ${what} are in source; give --source`, { exitCode: 2 })
  const stage = progress.stage(`${id} ${what}`)
  const tree = await openTree(source.path, tag ? { tag } : {})
  try {
    const { told, found } = await read(tree)
    // an archive is read once, by the search; asked for a file before, it would be read twice
    requireRelease(id, await kernelVersion(tree), source.path)
    stage.done(told)
    return found
  } finally {
    await tree.close()
  }
}
