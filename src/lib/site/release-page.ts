import { byteOrder } from '#lib/model/order.ts'
import type { Kfunc, ReleaseHead } from '#lib/model/published.ts'
import { ALWAYS_NEEDED } from './config-lines.ts'
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
  /** The module it is in; empty in vmlinux, or where no image says. */
  readonly module: string
  /** CONFIG_ symbols that decide over it, in whatever way, separated by blanks. */
  readonly config: string
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
  readonly apiHref: string
  readonly headerHref: string
  readonly coverageHref: string
  /** null for the oldest release. */
  readonly changesHref: string | null
  /** CONFIG_ symbols by name, with how many kfuncs hang on each; empty where they were not read. */
  readonly symbols: readonly { readonly symbol: string; readonly kfuncs: number }[]
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
    apiHref: urls.apiText(id),
    headerHref: urls.header(id),
    coverageHref: urls.coverage(id),
    changesHref: catalog.before(id) ? urls.changes(id) : null,
    symbols: symbolCounts(catalog.listed(id)),
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
    module: moduleOf(kfunc),
    config: symbolsOf(kfunc).join(' '),
  }
}

/** The module of a kfunc, as an image has it, or as the Makefiles say where no image does. */
function moduleOf({ object, gating }: Kfunc): string {
  if (object !== null) return object === 'vmlinux' ? '' : object
  return gating?.tristate === 'tristate' ? (gating.module ?? '') : ''
}

/** The symbols that must be on, and of which one must be, those apart that every kfunc needs. */
function symbolsOf({ config, gating }: Kfunc): readonly string[] {
  const alternatives = (gating?.alternatives ?? []).flat().map((text) => text.replace(/=.*$/, ''))
  return [...new Set([...(config ?? []), ...alternatives])].filter((one) => !ALWAYS_NEEDED.includes(one))
}

function symbolCounts(kfuncs: readonly Kfunc[]): ReleasePage['symbols'] {
  const counts = new Map<string, number>()
  for (const kfunc of kfuncs)
    for (const symbol of symbolsOf(kfunc)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => byteOrder(a, b)).map(([symbol, count]) => ({ symbol, kfuncs: count }))
}
