/** Opens the inputs of one release, has them read, and gives what is to be stored. */
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { findExamples } from '#lib/examples/find.ts'
import { kfuncsToShow, type Registrar } from '#lib/examples/kfuncs-to-show.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { kernelVersion } from '#lib/kernel-tree.ts'
import { type BinaryObject, readBinary } from '#lib/kfunc/binary.ts'
import { joinRelease } from '#lib/kfunc/release.ts'
import { readSource, type SourceFacts } from '#lib/kfunc/source.ts'
import type { Extracted } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { StoredPlaces } from '#lib/model/places.ts'
import type { Input } from '#lib/model/published.ts'
import { findPlaces } from '#lib/places/find.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import type { Diagnostic } from '#lib/text/diagnostic.ts'
import { Failure } from '../cli/failure.ts'
import type { Progress } from '../cli/progress.ts'
import { type Image, openImage, openModules } from '../image/images.ts'
import { openTree } from '../tree/open-tree.ts'
import { recordingTree } from '../tree/recording-tree.ts'
import { type ExamplesToStore, examplesToStore } from './examples-store.ts'
import type { ReleaseInputs } from './inputs.ts'

/** What one release gives; `examples` and `places` are null where no source was read. */
export interface ExtractedParts {
  readonly extracted: Extracted
  readonly examples: ExamplesToStore | null
  readonly places: StoredPlaces | null
}

interface SourceRead {
  readonly facts: SourceFacts
  readonly examples: ExamplesToStore
  readonly places: StoredPlaces
  readonly version: string
  readonly input: Input
}

interface BinariesRead {
  readonly objects: readonly BinaryObject[]
  readonly images: readonly Input[]
  readonly otherModules: Extracted['release']['otherModules']
  readonly version: string | null
}

/** Extracts one release, and what `wanted` says. Throws a Failure or FormatError when an input cannot be read. */
export async function extractRelease(
  inputs: ReleaseInputs,
  wanted: PlacesToFind,
  progress: Progress,
): Promise<ExtractedParts> {
  // an image is read while threads search the source; what is wrong with it is said when it is asked for
  const image = inputs.image ? openKernel(inputs.image.path) : null
  image?.catch(() => {})
  const source = inputs.source ? await readTree(inputs, inputs.source, wanted, progress) : null
  const binaries = inputs.image && image ? await readImages(inputs, inputs.image, image, progress) : null
  const version = source?.version ?? pointRelease(binaries?.version ?? null) ?? inputs.tag?.replace(/^v/, '')
  if (!version)
    throw new Failure(`${inputs.id}: nothing says which point release this is`, {
      hint: 'raw BTF does not: give --source, or the tag of the release as --tag v7.3.4',
    })
  const head: Extracted['release'] = {
    id: inputs.id,
    version,
    tag: inputs.tag ?? tagOf(version),
    sources: source ? [source.input] : [],
    images: [...(binaries?.images ?? [])],
    otherModules: binaries?.otherModules ?? null,
    coverage: source ? (binaries ? 'full' : 'source-only') : 'btf-only',
  }
  const notes = compareVersions(source, binaries)
  return {
    extracted: joinRelease(head, source?.facts ?? null, binaries?.objects ?? [], notes),
    examples: source?.examples ?? null,
    places: source?.places ?? null,
  }
}

/** Reads the examples alone, for a release that was extracted before. Throws a Failure when there is no source. */
export function extractExamples(
  inputs: ReleaseInputs,
  stored: Registrar,
  progress: Progress,
): Promise<ExamplesToStore> {
  return readAlone(inputs, 'examples', progress, async (tree) => {
    const found = await findExamples(tree, kfuncsToShow(stored))
    return { told: `${found.kfuncs.length} kfuncs`, found: examplesToStore(inputs.id, found) }
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
  read: (tree: KernelTree) => Promise<{ told: string; found: T }>,
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

async function readTree(
  inputs: ReleaseInputs,
  source: { path: string; origin: string },
  wanted: PlacesToFind,
  progress: Progress,
): Promise<SourceRead> {
  const stage = progress.stage(`${inputs.id} source`)
  const opened = await openTree(source.path, inputs.tag ? { tag: inputs.tag } : {})
  const { tree, filesRead } = recordingTree(opened)
  try {
    // an archive is read once, by the search; asked for a file before, it would be read twice
    const facts = await readSource(tree)
    const version = await kernelVersion(tree)
    requireRelease(inputs.id, version, source.path)
    if (facts.kfuncs.length === 0)
      throw new Failure(
        `${source.path}: no kfunc is registered in it; expected the whole source of a kernel of 5.13 or later`,
      )
    const examples = examplesToStore(inputs.id, await findExamples(tree, kfuncsToShow(facts)))
    // what texts refer to decides over no fact: it is no part of what was read for them
    const places: StoredPlaces = { format: 1, release: inputs.id, ...(await findPlaces(opened, wanted)) }
    stage.done(`${facts.kfuncs.length} kfuncs`)
    // a directory or a repository is no file: what stands for it is what was read of it
    const input = statSync(source.path).isFile() ? await fileInput(source.path) : filesRead()
    return {
      facts,
      examples,
      places,
      version,
      input: { name: basename(source.path), origin: source.origin, ...input },
    }
  } finally {
    await tree.close()
  }
}

/** The image of a kernel; `vmlinux` null: it has no BTF. */
type KernelImage = Image & { readonly vmlinux: BinaryObject | null }

async function openKernel(path: string): Promise<KernelImage> {
  const image = await openImage(path)
  return { ...image, vmlinux: readBinary({ ...image, name: 'vmlinux' }, null) }
}

async function readImages(
  inputs: ReleaseInputs,
  given: { path: string; origin: string },
  opened: Promise<KernelImage>,
  progress: Progress,
): Promise<BinariesRead> {
  const stage = progress.stage(`${inputs.id} image`)
  const image = await opened
  if (image.version) requireRelease(inputs.id, image.version, given.path)
  const { vmlinux } = image
  if (!vmlinux)
    throw new Failure(
      `${given.path} has no section .BTF; expected a kernel built with CONFIG_DEBUG_INFO_BTF=y`,
    )
  stage.done(`${vmlinux.kfuncs.length} kfuncs`)
  const images: Input[] = [
    { name: 'vmlinux', origin: given.origin, sha256: image.sha256, bytes: image.bytes },
  ]
  if (!inputs.modules) return { objects: [vmlinux], images, otherModules: null, version: image.version }
  const modules = await readModules(inputs, inputs.modules, vmlinux, image.version, progress)
  return {
    ...modules,
    objects: [vmlinux, ...modules.objects],
    images: [...images, ...modules.images],
    version: image.version,
  }
}

async function readModules(
  inputs: ReleaseInputs,
  given: { path: string; origin: string },
  vmlinux: BinaryObject,
  version: string | null,
  progress: Progress,
): Promise<Omit<BinariesRead, 'version'>> {
  const stage = progress.stage(`${inputs.id} modules`)
  const objects: BinaryObject[] = []
  const images: Input[] = []
  const others: string[] = []
  for await (const module of openModules(given.path, (done, total) => stage.update(done, total))) {
    requireSameBuild(module, version, given.path)
    const object = readBinary(module, vmlinux)
    if (object && object.kfuncs.length > 0) {
      objects.push(object)
      images.push({ name: module.name, origin: given.origin, sha256: module.sha256, bytes: module.bytes })
    } else others.push(`${module.sha256}  ${module.name}\n`)
  }
  stage.done(`${objects.length} of ${objects.length + others.length} carry kfuncs`)
  const byName = (a: { name: string }, b: { name: string }): number => byteOrder(a.name, b.name)
  const sha256 = createHash('sha256').update(others.sort(byteOrder).join('')).digest('hex')
  return {
    objects: objects.sort(byName),
    images: images.sort(byName),
    otherModules: { count: others.length, sha256 },
  }
}

/** A module built for another kernel has BTF over another base: its ids would mean other types. */
function requireSameBuild(module: Image, version: string | null, path: string): void {
  if (!module.version || !version || module.version === version) return
  throw new Failure(
    `${path}: module ${module.name} was built for ${module.version}, the image is ${version}`,
    {
      hint: 'give the modules of the same package as the image',
    },
  )
}

function requireRelease(id: string, version: string, path: string): void {
  if (version === id || version.startsWith(`${id}.`) || version.startsWith(`${id}-`)) return
  throw new Failure(`${path} is ${version}, expected a kernel of ${id}`, {
    hint: 'check the id and the paths',
  })
}

/** The tag of a version: mainline's first releases have no third number, "7.4.0" → "v7.4", "7.4.0-rc2" → "v7.4-rc2". */
const tagOf = (version: string): string => `v${version.replace(/^(\d+\.\d+)\.0(?=-|$)/, '$1')}`

/** "7.3.4+deb13-amd64" → "7.3.4". Distributions may count builds instead ("6.1.0-56-amd64"): source decides where there is one. */
const pointRelease = (version: string | null): string | null =>
  /^\d+\.\d+(?:\.\d+)?/.exec(version ?? '')?.[0] ?? null
const countsBuilds = (version: string): boolean => /^\d+\.\d+\.0-\d/.test(version)

function compareVersions(source: SourceRead | null, binaries: BinariesRead | null): Diagnostic[] {
  const version = binaries?.version ?? null
  const image = pointRelease(version)
  if (!source || !version || image === null || image === source.version || countsBuilds(version)) return []
  const message = `source is ${source.version}, the image is ${version}: differences between the two point releases show as disagreements`
  return [{ rule: 'point-releases-differ', message, kfunc: null, place: null }]
}

async function fileInput(path: string): Promise<Pick<Input, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { sha256: hash.digest('hex'), bytes: statSync(path).size }
}
