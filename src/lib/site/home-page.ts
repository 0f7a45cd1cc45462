import type { ReleaseHead } from '#lib/model/published.ts'
import { type KfuncRow, kfuncRow } from './release-page.ts'
import type { Site } from './site.ts'

/** What the newest release has that the release before it lacks, both named. */
export interface WhatIsNew {
  readonly newer: string
  readonly older: string
  readonly added: readonly KfuncRow[]
  /** Names that went, with their stable addresses. */
  readonly gone: readonly { readonly name: string; readonly href: string }[]
}

/** All that the home page shows. */
export interface HomePage {
  /** Newest first. */
  readonly releases: readonly {
    readonly head: ReleaseHead
    readonly href: string
    readonly dataHref: string
  }[]
  readonly kfuncs: number
  readonly newest: ReleaseHead
  /** null when there are no two releases that were read in full. */
  readonly news: WhatIsNew | null
}

/** Computes the home page. */
export function homePage(site: Site): HomePage {
  const { catalog, urls } = site
  return {
    releases: catalog.newestFirst.map((id) => ({
      head: catalog.release(id).release,
      href: urls.release(id),
      dataHref: urls.releaseData(id),
    })),
    kfuncs: catalog.names.length,
    newest: catalog.newest,
    news: whatIsNew(site),
  }
}

/** Compares the two newest releases that were read in full: only those can prove that a name is absent. */
export function whatIsNew(site: Site): WhatIsNew | null {
  const { catalog, urls } = site
  const [newer, older] = catalog.newestFirst.filter((id) => catalog.release(id).release.coverage === 'full')
  if (newer === undefined || older === undefined) return null
  return {
    newer,
    older,
    added: catalog
      .listed(newer)
      .filter((kfunc) => !catalog.find(older, kfunc.name))
      .map((kfunc) => kfuncRow(site, newer, kfunc)),
    gone: catalog
      .listed(older)
      .filter((kfunc) => !catalog.find(newer, kfunc.name))
      .map(({ name }) => ({ name, href: urls.kfuncHistory(name) })),
  }
}
