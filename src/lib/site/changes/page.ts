import { byteOrder } from '#lib/model/order.ts'
import type { ReleaseHead } from '#lib/model/published.ts'
import { definedFlags } from '#lib/publish/history/flags.ts'
import { changesIn } from '#lib/publish/history/history.ts'
import { type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import { subsystemsOf, UNKNOWN_SUBSYSTEM } from '#lib/site/subsystem.ts'
import { type ChangeGroup, changeGroups, trustBecameDefault, unknownsOf } from './changes.ts'
import type { SubsystemOfKfunc } from './html.ts'

/** All that the page of a release's changes shows. */
export interface ChangesPage {
  readonly head: ReleaseHead
  readonly before: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly groups: readonly ChangeGroup[]
  readonly unknowns: readonly string[]
  /** Whether KF_TRUSTED_ARGS was given up in this step, since all kfuncs ask for trusted pointers. */
  readonly trustedByDefault: boolean
  readonly link: (name: string) => string | null
  /** The part of the kernel that a kfunc belongs to. */
  readonly partOf: SubsystemOfKfunc
  /** The parts in which something changed, by name. */
  readonly parts: readonly string[]
}

/** Computes what changed since the release before. Throws for the oldest, which has none before it. */
export function changesPage(site: Site, id: string): ChangesPage {
  const { catalog, urls, history } = site
  const release = catalog.release(id)
  const before = catalog.before(id)
  if (!before) throw new Error(`${id} is the oldest release: nothing stands before it to compare it with`)
  const flags = definedFlags(catalog.releases)
  const groups = changeGroups(changesIn(history, id))
  const at = catalog.releases.indexOf(release)
  // what is gone stands in the release before
  const [here, there] = [subsystemsOf(catalog.releases, at), subsystemsOf(catalog.releases, at - 1)]
  const partOf: SubsystemOfKfunc = (name) => here.get(name) ?? there.get(name) ?? UNKNOWN_SUBSYSTEM
  const parts = new Set(groups.flatMap(({ events }) => events.map(({ kfunc }) => partOf(kfunc))))
  return {
    head: release.release,
    before: before.release,
    menu: releaseMenu(site, id, (head) => (catalog.before(head.id) ? urls.changes(head.id) : null)),
    groups,
    partOf,
    parts: [...parts].sort(byteOrder),
    unknowns: unknownsOf(before.release, release.release),
    trustedByDefault: trustBecameDefault(flags.get(before) ?? new Set(), flags.get(release) ?? new Set()),
    link: (name) =>
      catalog.find(id, name)
        ? urls.kfunc(id, name)
        : catalog.sightings(name).length > 0
          ? urls.kfuncHistory(name)
          : null,
  }
}
