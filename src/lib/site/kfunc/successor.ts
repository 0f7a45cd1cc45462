import { sinceText } from '#lib/site/render/dates.ts'
import type { Site } from '#lib/site/site.ts'
import { momentOf } from './history-list.ts'

/** What to use instead of a kfunc, and what it is used instead of. */
export interface Succession {
  /** `since` is there where the release at hand lacks it, or no release is at hand: "since 7.0"; null else, or if not known. */
  readonly use: { readonly name: string; readonly href: string; readonly since: string | null } | null
  readonly insteadOf: readonly { readonly name: string; readonly href: string }[]
}

/**
 * The successor and the predecessors of a kfunc, as the newest release that has it says; each leads to its stable
 * address. `release`: the one at hand, or null.
 */
export function succession(site: Site, name: string, release: string | null): Succession {
  const { catalog, urls } = site
  const link = (one: string) => ({ name: one, href: urls.kfuncHistory(one) })
  const successor = catalog.sightings(name)[0]?.kfunc.replacedBy ?? null
  return {
    use: successor === null ? null : { ...link(successor), since: sinceOf(site, successor, release) },
    insteadOf: catalog.predecessors(name).map(link),
  }
}

function sinceOf({ catalog }: Site, successor: string, release: string | null): string | null {
  if (release !== null && catalog.find(release, successor)) return null
  const introduced = catalog.sightings(successor)[0]?.kfunc.introduced
  return introduced ? sinceText(momentOf(introduced, catalog.row)) : null
}
