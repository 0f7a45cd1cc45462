/** Opens the inputs of one release, has them read, and gives what is to be stored. */
import { createHash } from 'node:crypto'
import { type BinaryObject, readBinary } from '#lib/kfunc/binary.ts'
import { joinRelease } from '#lib/kfunc/release.ts'
import { withoutTexts } from '#lib/kfunc/text-marks.ts'
import type { Extracted } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Input } from '#lib/model/published.ts'
import type { Diagnostic } from '#lib/text/diagnostic.ts'
import { Failure } from '../cli/failure.ts'
import type { Progress } from '../cli/progress.ts'
import { type Image, openImage, openModules } from '../image/images.ts'
import type { ReleaseInputs } from './inputs.ts'
import { requireNoTexts } from './no-texts.ts'
import { type AskedOfSource, readSourceTree, type SourceRead } from './read-source.ts'
import { countsBuilds, pointRelease, requireRelease, tagOf } from './versions.ts'

/** What one release gives; all but `extracted` is null where no source was read. */
export interface ExtractedParts extends Nullable<Pick<SourceRead, 'examples' | 'places' | 'files'>> {
  readonly extracted: Extracted
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null }

interface BinariesRead {
  readonly objects: readonly BinaryObject[]
  readonly images: readonly Input[]
  readonly otherModules: Extracted['release']['otherModules']
  readonly version: string | null
}

/**
 * Extracts one release, and what `asked` says. Throws a Failure or FormatError when an input cannot be read, is not what it
 * should be, or is not whole.
 */
export async function extractRelease(
  inputs: ReleaseInputs,
  asked: AskedOfSource,
  progress: Progress,
): Promise<ExtractedParts> {
  // an image is read while threads search the source; what is wrong with it is said when it is asked for
  const image = inputs.image ? openKernel(inputs.image.path) : null
  image?.catch(() => {})
  const source = inputs.source ? await readSourceTree(inputs, inputs.source, asked, progress) : null
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
    texts: source ? inputs.texts : 'own',
    sources: source ? [source.input] : [],
    images: [...(binaries?.images ?? [])],
    otherModules: binaries?.otherModules ?? null,
    coverage: source ? (binaries ? 'full' : 'source-only') : 'btf-only',
  }
  const notes = compareVersions(source, binaries)
  const extracted = joinRelease(head, source?.facts ?? null, binaries?.objects ?? [], notes)
  const read = {
    places: source?.places ?? null,
    examples: source?.examples ?? null,
    files: source?.files ?? null,
  }
  if (head.texts === 'own') return { extracted, ...read }
  const stored = { extracted: withoutTexts(extracted), ...read }
  requireNoTexts(
    inputs.id,
    [stored.extracted, read.examples?.file],
    extracted,
    read.examples?.snippets ?? new Map(),
  )
  return stored
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

function compareVersions(source: SourceRead | null, binaries: BinariesRead | null): Diagnostic[] {
  const version = binaries?.version ?? null
  const image = pointRelease(version)
  if (!source || !version || image === null || image === source.version || countsBuilds(version)) return []
  const message = `source is ${source.version}, the image is ${version}: differences between the two point releases show as disagreements`
  return [{ rule: 'point-releases-differ', message, kfunc: null, place: null }]
}
