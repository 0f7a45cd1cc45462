import { layoutPrototype } from './prototype-html.ts'
import { absenceText } from './release-menu.ts'
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
  readonly absent: readonly string[]
}

/** Looks a kfunc up in all releases and joins neighbours whose prototypes read the same. */
export function otherReleases(site: Site, here: string, name: string): OtherReleases {
  const runs: { releases: PrototypeRun['releases'][number][]; text: string | null }[] = []
  const absent: string[] = []
  for (const id of site.catalog.newestFirst) {
    const kfunc = site.catalog.find(id, name)
    if (!kfunc) {
      absent.push(absenceText(site.catalog.release(id).release))
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
    runs: runs.map(({ releases, text }) => ({
      releases,
      prototypeHtml: text === null ? null : site.highlighter.html(layoutPrototype(text).code),
    })),
  }
}
