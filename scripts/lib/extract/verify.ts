/** Compares the source files that a release was read from with those of another source, by git's object ids. */
import { kernelVersion } from '#lib/kernel-tree.ts'
import { Failure } from '../cli/failure.ts'
import type { Progress } from '../cli/progress.ts'
import { openTree } from '../tree/open-tree.ts'
import type { ReleaseInputs } from './inputs.ts'
import { readStoredFiles } from './store.ts'
import { requireRelease } from './versions.ts'

/**
 * Says which files differ in the source of `inputs`, and which it lacks; gives whether there is neither. Throws a Failure when
 * there is no list of the release in `out`, or the source is of another release.
 */
export async function verifySource(inputs: ReleaseInputs, out: string, progress: Progress): Promise<boolean> {
  const { id, source, tag } = inputs
  if (!source) throw new Failure(`${id}: give the --source to compare with`, { exitCode: 2 })
  const listed = readStoredFiles(out, id)
  if (!listed)
    throw new Failure(`${id}: ${out}/files has no list of the files that it was read from`, {
      hint: 'a release that was read from its image alone has none; extract any other',
    })
  const stage = progress.stage(`${id} files`)
  const tree = await openTree(source.path, tag ? { tag } : {})
  try {
    const version = await kernelVersion(tree)
    requireRelease(id, version, source.path)
    const ids = await tree.objectIds([...listed.keys()])
    const differing = [...listed].filter(([path, known]) => ids.has(path) && ids.get(path) !== known)
    const missing = [...listed.keys()].filter((path) => !ids.has(path))
    stage.done(`${listed.size} compared`)
    for (const [path, known] of differing)
      process.stdout.write(`${path}: differs: ${known} was read, ${ids.get(path)} is there\n`)
    for (const path of missing) process.stdout.write(`${path}: missing\n`)
    const same = listed.size - differing.length - missing.length
    process.stdout.write(
      `${id}: ${same} of ${listed.size} files are the same in ${tree.what} (Linux ${version}), ${differing.length} differ, ${missing.length} are missing\n`,
    )
    return same === listed.size
  } finally {
    await tree.close()
  }
}
