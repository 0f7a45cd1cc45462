import type { Kfunc, ReleaseHead } from '#lib/model/published.ts'
import { shortFlag } from './flag-notes.ts'
import { coverageText, type MenuEntry, releaseMenu } from './release-menu.ts'
import type { Site } from './site.ts'
import { groupBySubsystem, subsystemsOf } from './subsystem.ts'
import { supportSummary } from './support.ts'

/** One kfunc as a row of a list. */
export interface KfuncRow {
  readonly name: string
  readonly href: string
  /** Empty when the kernel has no comment. */
  readonly summaryHtml: string
  /** Flags without their prefix. */
  readonly flags: string
  /** Who may call it, in a few words; null: not known. */
  readonly types: string | null
  readonly testOnly: boolean
}

/** All that the page of a release shows. */
export interface ReleasePage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly coverage: string | null
  readonly groups: readonly {
    readonly name: string
    readonly anchor: string
    readonly rows: readonly KfuncRow[]
  }[]
  /** Gaps of the release that are about no single kfunc. */
  readonly gaps: readonly string[]
  readonly dataHref: string
}

/** Computes the page of a release: its kfuncs, group by group. */
export function releasePage(site: Site, id: string): ReleasePage {
  const { catalog, urls } = site
  const release = catalog.release(id)
  const at = catalog.releases.indexOf(release)
  const groups = groupBySubsystem(catalog.listed(id), subsystemsOf(catalog.releases, at))
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) => urls.release(head.id)),
    coverage: coverageText(release.release),
    groups: groups.map(([name, kfuncs]) => ({
      name,
      anchor: name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
      rows: kfuncs.map((kfunc) => kfuncRow(site, id, kfunc)),
    })),
    gaps: release.gaps.filter((gap) => gap.kfunc === null).map((gap) => gap.message),
    dataHref: urls.releaseData(id),
  }
}

/** A kfunc as a row of a list of its release. */
export function kfuncRow(site: Site, id: string, kfunc: Kfunc): KfuncRow {
  const { catalog, urls, doc } = site
  return {
    name: kfunc.name,
    href: urls.kfunc(id, kfunc.name),
    summaryHtml: doc.inline(kfunc.doc?.summary ?? '', (target) =>
      catalog.find(id, target) ? urls.kfunc(id, target) : null,
    ),
    flags: kfunc.flags.map(shortFlag).join(' '),
    types: supportSummary(kfunc.programTypes),
    testOnly: kfunc.kind === 'test-only',
  }
}
