/** Versions of kernels: of which release each is, and where mainline tagged it. */
import { Failure } from '../cli/failure.ts'

/** Throws a Failure unless a kernel of this version is one of the release `id`. */
export function requireRelease(id: string, version: string, path: string): void {
  if (version === id || version.startsWith(`${id}.`) || version.startsWith(`${id}-`)) return
  throw new Failure(`${path} is ${version}, expected a kernel of ${id}`, {
    hint: 'check the id and the paths',
  })
}

/** The tag of a version: mainline's first releases have no third number, "7.4.0" → "v7.4", "7.4.0-rc2" → "v7.4-rc2". */
export const tagOf = (version: string): string => `v${version.replace(/^(\d+\.\d+)\.0(?=-|$)/, '$1')}`

/** "7.3.4+deb13-amd64" → "7.3.4". Distributions may count builds instead ("6.1.0-56-amd64"): source decides where there is one. */
export const pointRelease = (version: string | null): string | null =>
  /^\d+\.\d+(?:\.\d+)?/.exec(version ?? '')?.[0] ?? null

/** Does this version of an image number the builds of a distribution? */
export const countsBuilds = (version: string): boolean => /^\d+\.\d+\.0-\d/.test(version)
