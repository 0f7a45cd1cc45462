import type { Site } from '#lib/site/site.ts'
import { changesPage } from './page.ts'

/** How much changed in one release since the one before it. */
export interface ChangeCounts {
  readonly id: string
  readonly before: string
  readonly href: string
  /** Of each kind of change that programs notice. */
  readonly groups: readonly { readonly title: string; readonly count: number; readonly href: string }[]
}

/** The steps from release to release, newest first. */
export function comparePage(site: Site): readonly ChangeCounts[] {
  const { catalog, urls } = site
  return catalog.newestFirst.flatMap((id) => {
    if (!catalog.before(id)) return []
    const { before, groups } = changesPage(site, id)
    const href = urls.changes(id)
    return [
      {
        id,
        before: before.id,
        href,
        groups: groups
          .filter(({ noticed }) => noticed)
          .map(({ title, events, anchor }) => ({ title, count: events.length, href: `${href}#${anchor}` })),
      },
    ]
  })
}
