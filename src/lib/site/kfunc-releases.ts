import { layoutPrototype } from './prototype-html.ts'
import type { Site } from './site.ts'

/** Releases in a row that have the same prototype. */
export interface PrototypeRun {
  readonly releases: readonly { readonly id: string; readonly href: string; readonly here: boolean }[]
  /** null: the prototype is not known there. */
  readonly prototypeHtml: string | null
}

/** A kfunc in the other releases: its prototypes, newest first, and where it is missing. */
export interface OtherReleases {
  readonly runs: readonly PrototypeRun[]
  /** Releases with source that do not have it. */
  readonly absent: readonly string[]
  /** Releases of which only an image was read that does not have it: that proves less. */
  readonly notInImage: readonly string[]
}

/** Looks a kfunc up in all releases and joins neighbours whose prototypes read the same. */
export function otherReleases(site: Site, here: string, name: string): OtherReleases {
  const runs: { releases: PrototypeRun['releases'][number][]; text: string | null }[] = []
  const absent: string[] = []
  const notInImage: string[] = []
  for (const id of site.catalog.newestFirst) {
    const kfunc = site.catalog.find(id, name)
    if (!kfunc) {
      const { coverage } = site.catalog.release(id).release
      ;(coverage === 'btf-only' ? notInImage : absent).push(id)
      continue
    }
    const text = kfunc.prototype?.text ?? null
    const entry = { id, href: site.urls.kfunc(id, name), here: id === here }
    const last = runs.at(-1)
    if (last && last.text === text) last.releases.push(entry)
    else runs.push({ releases: [entry], text })
  }
  return {
    absent,
    notInImage,
    runs: runs.map(({ releases, text }) => ({
      releases,
      prototypeHtml: text === null ? null : site.highlighter.html(layoutPrototype(text).code),
    })),
  }
}
