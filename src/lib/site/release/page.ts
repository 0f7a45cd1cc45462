import { releaseOrder } from '#lib/model/order.ts'
import type { Kfunc, ReleaseHead } from '#lib/model/published.ts'
import { isAlwaysNeeded } from '#lib/publish/support/always-needed.ts'
import { shortFlag } from '#lib/site/kfunc/flag-notes.ts'
import { supportSummary } from '#lib/site/kfunc/support-words.ts'
import { programTypeSegment, shortProgramType } from '#lib/site/links/urls.ts'
import { answerLetters } from '#lib/site/pictures/strip.ts'
import { coverageText, factsText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import { groupBySubsystem, subsystemAnchor, subsystemsOf } from '#lib/site/subsystem.ts'

/** One kfunc as a row of a list. */
export interface KfuncRow {
  readonly name: string
  readonly href: string
  /** Empty when the kernel has no comment. */
  readonly summaryHtml: string
  /** What a program declares, to stand where there is no comment; null: not known, or not needed. */
  readonly prototype: string | null
  /** Flags without their prefix. */
  readonly flags: string
  /** Who may call it, in a few words; null: not known. */
  readonly types: string | null
  /** The answer of each program type, a letter each, as strip.ts has them; null: not known. */
  readonly answers: string | null
  /** When mainline first had it: "6.12"; "≤ 6.16" where that is all that is proven; empty: not known. */
  readonly since: string
  /** The release in which it last changed, this one or one before; null: not known to have changed. */
  readonly changed: string | null
  readonly testOnly: boolean
  /** The module it is in, or that it is in no image that was read; empty in vmlinux. */
  readonly object: string
  /** Who says what it does or how to use it, separated by blanks: "kernel", "ours". */
  readonly told: string
  /** CONFIG_ symbols that decide over it, in whatever way, separated by blanks. */
  readonly config: string
}

/** All that the page of a release shows. */
export interface ReleasePage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly coverage: string | null
  /** That facts alone were read, and of what; null: texts were taken too. */
  readonly factsAlone: string | null
  readonly groups: readonly {
    readonly name: string
    readonly anchor: string
    readonly rows: readonly KfuncRow[]
  }[]
  /** Gaps of the release that are about no single kfunc. */
  readonly gaps: readonly string[]
  /** The program types that the answers of rows are of, in their order; empty where the release cannot tell. */
  readonly types: readonly { readonly short: string; readonly segment: string; readonly href: string }[]
  /** Releases before this one that were read from source, newest first. */
  readonly before: readonly string[]
  readonly dataHref: string
  /** null: no source was read. */
  readonly filesHref: string | null
  readonly apiHref: string
  readonly headerHref: string
  readonly coverageHref: string
  /** null for the oldest release. */
  readonly changesHref: string | null
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
    factsAlone: factsText(release.release),
    groups: groups.map(([name, kfuncs]) => ({
      name,
      anchor: subsystemAnchor(name),
      rows: kfuncs.map((kfunc) => kfuncRow(site, id, kfunc)),
    })),
    gaps: release.gaps.filter((gap) => gap.kfunc === null).map((gap) => gap.message),
    types: catalog.programTypes(id).map((type) => ({
      short: shortProgramType(type),
      segment: programTypeSegment(type),
      href: urls.programType(id, type),
    })),
    before: catalog.row.ids
      .slice(0, at)
      .filter((one) => catalog.row.readAs(one) === 'source')
      .reverse(),
    dataHref: urls.releaseData(id),
    filesHref: release.release.files === null ? null : urls.releaseFiles(id),
    apiHref: urls.apiText(id),
    headerHref: urls.header(id),
    coverageHref: urls.coverage(id),
    changesHref: catalog.before(id) ? urls.changes(id) : null,
  }
}

/** A kfunc as a row of a list of its release. */
export function kfuncRow(site: Site, id: string, kfunc: Kfunc): KfuncRow {
  const { catalog, urls, doc, texts } = site
  const hasComment = Boolean(kfunc.doc?.summary)
  const told = [
    ...(hasComment ? ['kernel'] : []),
    ...(texts.library.find('kfuncs', kfunc.name) ? ['ours'] : []),
  ]
  return {
    name: kfunc.name,
    href: urls.kfunc(id, kfunc.name),
    summaryHtml: doc.inline(kfunc.doc?.summary ?? '', (target) =>
      catalog.find(id, target) ? urls.kfunc(id, target) : null,
    ),
    prototype: hasComment ? null : (kfunc.prototype?.text ?? null),
    flags: kfunc.flags.map(shortFlag).join(' '),
    types: supportSummary(kfunc.programTypes),
    answers: answerLetters(kfunc.programTypes, catalog.programTypes(id)),
    since: sinceShort(kfunc),
    changed: lastChange(site, id, kfunc.name),
    testOnly: kfunc.kind === 'test-only',
    object: objectOf(kfunc),
    told: told.join(' '),
    config: symbolsOf(kfunc).join(' '),
  }
}

/** The module of a kfunc, as an image has it, or as the Makefiles say where no image does. */
function objectOf({ object, gating }: Kfunc): string {
  if (object !== null) return object === 'vmlinux' ? '' : object
  return (gating?.tristate === 'tristate' && gating.module) || 'in no image'
}

function sinceShort({ introduced }: Kfunc): string {
  if (introduced === null) return ''
  return introduced.exact ? introduced.release : `≤ ${introduced.release}`
}

/** That a kfunc was seen for the first time, in the oldest release there is, is no change. */
function lastChange({ history }: Site, id: string, name: string): string | null {
  const past = (history.get(name) ?? []).filter(({ from, to }) => from !== null && releaseOrder(to, id) <= 0)
  return past.at(-1)?.to ?? null
}

/** The symbols that must be on, and of which one must be, those apart that every kfunc needs. */
function symbolsOf({ config, gating }: Kfunc): readonly string[] {
  const alternatives = (gating?.alternatives ?? []).flat().map((text) => text.replace(/=.*$/, ''))
  return [...new Set([...(config ?? []), ...alternatives])].filter((one) => !isAlwaysNeeded(one))
}
