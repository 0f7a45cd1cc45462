import type { Site } from './site.ts'

/** What to use instead of a kfunc, and what it is used instead of. */
export interface Succession {
  readonly use: { readonly name: string; readonly href: string } | null
  readonly insteadOf: readonly { readonly name: string; readonly href: string }[]
}

/** The successor and the predecessors of a kfunc, as the newest release that has it says; each leads to its stable address. */
export function succession(site: Site, name: string): Succession {
  const { catalog, urls } = site
  const link = (one: string) => ({ name: one, href: urls.kfuncHistory(one) })
  const successor = catalog.sightings(name)[0]?.kfunc.replacedBy ?? null
  return {
    use: successor === null ? null : link(successor),
    insteadOf: catalog.predecessors(name).map(link),
  }
}
