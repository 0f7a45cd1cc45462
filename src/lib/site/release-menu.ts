import type { ReleaseHead } from '#lib/model/published.ts'
import type { Site } from './site.ts'

/** One line of the release menu. */
export interface MenuEntry {
  readonly id: string
  readonly href: string
  /** Whether this is the release of the page itself. */
  readonly here: boolean
  /** Whether kernel.org keeps it for the long term. */
  readonly longTerm: boolean
  /** Why the link leads to something else than the same page in that release; null when it does not. */
  readonly note: string | null
}

/** The menu that moves between releases and stays on the page: what `same` gives, or the release itself and a note. */
export function releaseMenu(
  site: Site,
  here: string,
  same: (head: ReleaseHead) => string | null,
): readonly MenuEntry[] {
  return site.catalog.newestFirst.map((id) => {
    const { release: head } = site.catalog.release(id)
    const href = same(head)
    return {
      id,
      href: href ?? site.urls.release(id),
      here: id === here,
      longTerm: head.longTerm,
      note: href === null ? absenceText(head) : null,
    }
  })
}

/** Says that something is not in a release, and no more than that release can prove. */
export function absenceText(head: ReleaseHead): string {
  return head.coverage === 'btf-only' ? `not in the image read of ${head.id}` : `not in ${head.id}`
}

/**
 * What a reader must know of a release that was read from somebody's copy of it: which, and what was not taken; null for any
 * other.
 */
export function factsText({ id, version, texts, sources }: ReleaseHead): string | null {
  if (texts === 'own') return null
  const origin = sources[0]?.origin ?? `copy of Linux ${version}`
  return `Facts come from a ${origin}. A later point release of ${id} may hold backports. The copy's comments and programs were not taken: one that another release has word for word is shown, and of any other comment the place is linked.`
}

/** Why a release that was read from its image alone cannot answer; null for a release with source. */
export function coverageText(head: ReleaseHead): string | null {
  switch (head.coverage) {
    case 'full':
      return null
    case 'source-only':
      return `No image of ${head.id} was read: prototypes come from its source.`
    case 'btf-only':
      return `No source of ${head.id} was to be had: names, prototypes and flags come from its image; program types, comments and places are not known.`
  }
}
