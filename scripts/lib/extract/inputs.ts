/** What the extraction of a release is given: paths, and where each file came from. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { releaseOrder } from '#lib/model/order.ts'
import type { ReleaseHead } from '#lib/model/published.ts'
import { Failure } from '../cli/failure.ts'

/** The inputs of one release; null: not given. Origins are said in the published data. */
export interface ReleaseInputs {
  readonly id: string
  readonly source: { readonly path: string; readonly origin: string } | null
  readonly tag: string | null
  readonly image: { readonly path: string; readonly origin: string } | null
  readonly modules: { readonly path: string; readonly origin: string } | null
  /** "facts": of comments and examples only places and sha256 are to be stored. */
  readonly texts: ReleaseHead['texts']
}

/** The origin of somebody's copy of a kernel; its texts are never taken. Of the repository's name and commit on, all is kept. */
const COPY = /^copy of Linux (\d\S*), [\w.-]+\/[\w.-]+@[0-9a-f]{40}(?: \S+)?$/
const isCopy = (origin: string | undefined | null): boolean => origin?.startsWith('copy of ') ?? false

/** The version that an origin says the copy is of: "6.8.0"; null: it is no copy. */
export const versionInOrigin = (origin: string): string | null => COPY.exec(origin)?.[1] ?? null

/** Checks the origin of a source as it was given. */
export function requireOrigin(origin: string): string {
  if (origin.includes('\n') || origin.trim() !== origin || origin === '')
    throw new Failure(`origin "${origin}": expected one line without blanks around it`, { exitCode: 2 })
  if (isCopy(origin) && !COPY.test(origin))
    throw new Failure(`origin "${origin}": expected "copy of Linux VERSION, OWNER/NAME@COMMIT"`, {
      hint: 'VERSION is what its Makefile says, such as 6.8.0; COMMIT has forty digits',
      exitCode: 2,
    })
  return origin
}

const RELEASE_ID = /^\d+\.\d+$/

/** Checks that a release is named as "7.3". */
export function requireReleaseId(id: string): string {
  if (RELEASE_ID.test(id)) return id
  throw new Failure(`"${id}" is no release; expected major.minor, such as 7.3`, { exitCode: 2 })
}

const given = (path: string | undefined, origin: string | null = null): ReleaseInputs['source'] =>
  path === undefined ? null : { path: resolve(path), origin: origin ?? `file ${basename(resolve(path))}` }

const isFolder = (path: string | undefined): boolean => path !== undefined && statSync(path).isDirectory()

/** The inputs that were named one by one on the command line. */
export function inputsFromPaths(
  id: string,
  paths: {
    source?: string | undefined
    tag?: string | undefined
    image?: string | undefined
    modules?: string | undefined
    origin?: string | undefined
    facts?: boolean | undefined
  },
): ReleaseInputs {
  for (const path of [paths.source, paths.image, paths.modules])
    if (path !== undefined && !existsSync(path))
      throw new Failure(`${path}: no such file or directory`, { hint: 'check the path' })
  const beside = (path: string | undefined): Origins =>
    path === undefined ? NO_ORIGINS : readOrigins(join(dirname(resolve(path)), 'inputs.txt'))
  const said = paths.origin ?? beside(paths.source).source
  const origin = said === null ? null : requireOrigin(said)
  const modules = beside(paths.modules)
  return {
    id: requireReleaseId(id),
    source: given(paths.source, origin ?? (paths.tag && isFolder(paths.source) ? `git ${paths.tag}` : null)),
    tag: paths.tag ?? null,
    image: given(paths.image, beside(paths.image).image),
    modules: given(paths.modules, modules.modules ?? modules.image),
    texts: paths.facts || isCopy(origin) ? 'facts' : 'own',
  }
}

/** The ids of the releases below a folder of kernels: DIR/<release>/source.tar.xz, vmlinuz, modules/. */
export function releasesIn(dir: string): string[] {
  const ids = readdirIds(dir)
  if (ids.length > 0) return ids
  throw new Failure(
    `${dir} holds no kernels; expected a folder for each release, such as ${join(dir, '7.3')}`,
  )
}

function readdirIds(dir: string): string[] {
  if (!existsSync(dir) || !statSync(dir).isDirectory())
    throw new Failure(`${dir}: no such folder`, { hint: 'check the path' })
  return readdirSync(dir)
    .filter((name) => RELEASE_ID.test(name))
    .sort(releaseOrder)
}

/**
 * The inputs of a release in such a folder: DIR/<id>/source.tar.xz, vmlinuz, modules/, and inputs.txt, which says
 * the package and version of each.
 */
export function inputsIn(dir: string, id: string): ReleaseInputs {
  const folder = join(dir, requireReleaseId(id))
  const file = (name: string): string | undefined =>
    existsSync(join(folder, name)) ? join(folder, name) : undefined
  const origins = readOrigins(join(folder, 'inputs.txt'))
  const inputs: ReleaseInputs = {
    id,
    source: given(file('source.tar.xz') ?? file('source'), origins.source),
    tag: null,
    image: given(file('vmlinuz'), origins.image),
    modules: given(file('modules'), origins.modules ?? origins.image),
    texts: isCopy(origins.source) ? 'facts' : 'own',
  }
  if (inputs.source || inputs.image) return inputs
  throw new Failure(`${folder} holds neither source.tar.xz nor vmlinuz`, {
    hint: 'put one of them there, or both',
  })
}

interface Origins {
  readonly source: string | null
  readonly image: string | null
  readonly modules: string | null
}

const NO_ORIGINS: Origins = { source: null, image: null, modules: null }

/**
 * Reads inputs.txt: "source FILE SHA256" and "image PACKAGE SHA256 FILE" lines, or "source copy of Linux VERSION: REPOSITORY@COMMIT".
 * Of several images the last is that of the modules.
 */
function readOrigins(path: string): Origins {
  if (!existsSync(path)) return NO_ORIGINS
  const lines = readFileSync(path, 'utf8').split('\n')
  const [, version, copied] =
    lines.map((line) => /^source copy of Linux (\S+)[^:]*: (.*\S)\s*$/.exec(line)).find(Boolean) ?? []
  const debs = (kind: string): string[] =>
    lines
      .map((line) => line.split(' '))
      .flatMap(([what, first = '', , file]) =>
        what === kind ? [packageOf(kind === 'image' ? (file ?? first) : first)] : [],
      )
  const images = debs('image')
  return {
    source: copied === undefined ? (debs('source')[0] ?? null) : `copy of Linux ${version}, ${copied}`,
    image: images[0] ?? null,
    modules: images.at(-1) ?? null,
  }
}

/** "linux-source-7.3_7.3.4-1~bpo13+1_all.deb" → "Debian linux-source-7.3 7.3.4-1~bpo13+1". */
function packageOf(file: string): string {
  const [name = file, version] = file.split('_')
  return file.endsWith('.deb') && version ? `Debian ${name} ${version}` : `Debian ${file}`
}
