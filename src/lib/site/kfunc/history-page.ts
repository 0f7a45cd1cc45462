import type { Kfunc, Prototype, Release } from '#lib/model/published.ts'
import { areSameTypes } from '#lib/model/same-type.ts'
import { sightingIn } from '#lib/publish/history/presence.ts'
import { limitsOn } from '#lib/publish/usage/usage.ts'
import type { NameLink } from '#lib/site/render/event-html.ts'
import { layoutPrototype } from '#lib/site/render/prototype-layout.ts'
import type { Site } from '#lib/site/site.ts'
import { contextNotes } from './context-notes.ts'
import { shortFlag } from './flag-notes.ts'
import { type Grid, mergedGrid } from './grid.ts'
import { type HistoryStep, historySteps } from './history-list.ts'
import { implicitHref } from './implicit-page.ts'
import { type OurUsage, ourUsage } from './our-usage.ts'
import { type Succession, succession } from './successor.ts'
import { supportSummary } from './support-words.ts'
import { trustedText } from './trusted.ts'

/** Releases in a row that say the same of a kfunc. */
export interface ReleaseRun {
  /** Newest first; `href` is null where the release does not list it. */
  readonly releases: readonly { readonly id: string; readonly href: string | null }[]
  /** Why there is nothing to say; null where there is. */
  readonly absence: string | null
  /** The prototype in colour; null where it is that of the row above, or not known. */
  readonly prototypeHtml: string | null
  readonly samePrototype: boolean
  readonly flags: string
  readonly types: string | null
  readonly object: string | null
}

/** All that the page of a kfunc through all releases shows. */
export interface HistoryPage {
  readonly name: string
  readonly summaryHtml: string
  readonly description: string
  /** The newest release that has it. */
  readonly newest: { readonly id: string; readonly href: string }
  /** Whether the newest release of all has it. */
  readonly current: boolean
  readonly testOnly: boolean
  readonly succession: Succession
  readonly grid: Grid
  /** What keeps programs that are permitted to call from calling, in the newest release that has it. */
  readonly limits: readonly string[]
  readonly history: readonly HistoryStep[]
  readonly historyLink: NameLink
  /** Where arguments that the verifier passes are explained; null for a kfunc without. */
  readonly implicitHref: string | null
  /** What the end of KF_TRUSTED_ARGS meant for it; null: nothing. */
  readonly trusted: string | null
  /** What we wrote on it, for the newest release that has it; null: nothing. */
  readonly ours: OurUsage | null
  readonly runs: readonly ReleaseRun[]
  readonly dataHref: string
}

/** Computes the page of a kfunc through all releases, newest first. Throws for a name that no release lists. */
export function historyPage(site: Site, name: string): HistoryPage {
  const { catalog, urls, doc } = site
  const sightings = catalog.sightings(name)
  const latest = sightings[0]
  if (!latest) throw new Error(`no release lists ${name}`)
  const documented = sightings.find(({ kfunc }) => kfunc.doc !== null)?.kfunc
  return {
    name,
    summaryHtml: doc.inline(documented?.doc?.summary ?? '', () => null),
    description: documented?.doc?.summary || latest.kfunc.prototype?.text || name,
    newest: { id: latest.head.id, href: urls.kfunc(latest.head.id, name) },
    current: latest.head.id === catalog.newest.id,
    testOnly: latest.kfunc.kind === 'test-only',
    succession: succession(site, name, null),
    grid: mergedGrid(site, name),
    limits: limitsOf(latest.kfunc, catalog.release(latest.head.id)),
    history: historySteps(site.history.get(name) ?? [], latest.kfunc.introduced, catalog.row),
    historyLink: (target) =>
      target !== name && catalog.sightings(target).length > 0 ? urls.kfuncHistory(target) : null,
    implicitHref: implicitHref(site, name),
    trusted: trustedText(name, catalog.releases),
    ours: ourUsage(site, latest.head.id, latest.kfunc),
    runs: releaseRuns(site, name),
    dataHref: urls.kfuncData(name),
  }
}

/** What keeps programs that are permitted to call from calling, as the newest release has it. Our sentences. */
function limitsOf(kfunc: Kfunc, release: Release): readonly string[] {
  const contexts = contextNotes(kfunc).filter(({ without }) => without.length > 0)
  return [...contexts, ...limitsOn(kfunc, release)].map(({ text }) => text)
}

/** The releases, newest first, neighbours that say the same in one row. */
function releaseRuns(site: Site, name: string): readonly ReleaseRun[] {
  const { catalog, urls, highlighter } = site
  const runs: (ReleaseRun & { key: string; releases: ReleaseRun['releases'][number][] })[] = []
  let above: Prototype | null = null
  for (const id of catalog.newestFirst) {
    const release = catalog.release(id)
    const kfunc = catalog.find(id, name)
    const own = kfunc?.prototype ?? null
    // an image alone has no names for a callback's parameters: that is no other prototype
    const shown: Prototype | null = own && above && readAlike(own, above) ? above : own
    const text = shown?.text ?? null
    const flags = kfunc?.flags.map(shortFlag).join(' ') ?? ''
    const types = kfunc ? supportSummary(kfunc.programTypes) : null
    const absence = kfunc ? null : absenceOf(site, release, name)
    const key = [text, flags, types, kfunc?.object, absence].join('\n')
    const entry = { id, href: kfunc ? urls.kfunc(id, name) : null }
    const last = runs.at(-1)
    if (last?.key === key) {
      last.releases.push(entry)
      continue
    }
    const samePrototype = shown !== null && shown === above
    above = shown ?? above
    const prototypeHtml = text === null || samePrototype ? null : highlighter.html(layoutPrototype(text).code)
    const object = kfunc?.object ?? null
    runs.push({ key, releases: [entry], absence, prototypeHtml, samePrototype, flags, types, object })
  }
  return runs
}

function absenceOf(site: Site, release: Release, name: string): string {
  return site.catalog.hasGenerated(release.release.id, name)
    ? 'in BTF only, as a generated twin that cannot be called'
    : sightingIn(release, name).presence === 'unknown'
      ? 'not in the image that was read'
      : 'not there'
}

/** Do two prototypes read the same, but for names inside of callbacks? */
const readAlike = (a: Prototype, b: Prototype): boolean =>
  areSameTypes(typesOf(a), typesOf(b)) && a.parameters.every(({ name }, i) => name === b.parameters[i]?.name)

const typesOf = ({ returns, parameters }: Prototype): string[] => [
  returns,
  ...parameters.map(({ type }) => type),
]
