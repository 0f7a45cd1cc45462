/** What the extraction of a release is given: paths, and where each file came from. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { releaseOrder } from '#lib/model/order.ts'
import { Failure } from '../cli/failure.ts'

/** The inputs of one release; null: not given. Origins are said in the published data. */
export interface ReleaseInputs {
  readonly id: string
  readonly source: { readonly path: string; readonly origin: string } | null
  readonly tag: string | null
  readonly image: { readonly path: string; readonly origin: string } | null
  readonly modules: { readonly path: string; readonly origin: string } | null
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
  },
): ReleaseInputs {
  for (const path of [paths.source, paths.image, paths.modules])
    if (path !== undefined && !existsSync(path))
      throw new Failure(`${path}: no such file or directory`, { hint: 'check the path' })
  return {
    id: requireReleaseId(id),
    source: given(paths.source, paths.tag && isFolder(paths.source) ? `git ${paths.tag}` : null),
    tag: paths.tag ?? null,
    image: given(paths.image),
    modules: given(paths.modules),
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
  const inputs = {
    id,
    source: given(file('source.tar.xz') ?? file('source'), origins.source),
    tag: null,
    image: given(file('vmlinuz'), origins.image),
    modules: given(file('modules'), origins.modules ?? origins.image),
  }
  if (inputs.source || inputs.image) return inputs
  throw new Failure(`${folder} holds neither source.tar.xz nor vmlinuz`, {
    hint: 'put one of them there, or both',
  })
}

/**
 * Reads inputs.txt: "source FILE SHA256" and "image PACKAGE SHA256 FILE" lines. Of several images the last is that
 * of the modules.
 */
function readOrigins(path: string): { source: string | null; image: string | null; modules: string | null } {
  const lines = existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.split(' '))
    : []
  const debs = (kind: string): string[] =>
    lines.flatMap(([what, first = '', , file]) =>
      what === kind ? [packageOf(kind === 'image' ? (file ?? first) : first)] : [],
    )
  const images = debs('image')
  return { source: debs('source')[0] ?? null, image: images[0] ?? null, modules: images.at(-1) ?? null }
}

/** "linux-source-7.3_7.3.4-1~bpo13+1_all.deb" → "Debian linux-source-7.3 7.3.4-1~bpo13+1". */
function packageOf(file: string): string {
  const [name = file, version] = file.split('_')
  return file.endsWith('.deb') && version ? `Debian ${name} ${version}` : `Debian ${file}`
}
