import { shortFlag } from './flag-notes.ts'
import { layoutPrototype } from './prototype-html.ts'
import { absenceText } from './release-menu.ts'
import type { Site } from './site.ts'
import { supportSummary } from './support.ts'

/** One release as a row of a kfunc's history. */
export interface HistoryRow {
  readonly id: string
  /** null: no page, since the release does not list it. */
  readonly href: string | null
  /** Why there is no page; null when there is one. */
  readonly absence: string | null
  /** The prototype in colour where it is not that of the row above; null where it is the same, or not known. */
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
  readonly rows: readonly HistoryRow[]
  readonly dataHref: string
}

/** Computes the page of a kfunc through all releases, newest first. Throws for a name that no release lists. */
export function historyPage(site: Site, name: string): HistoryPage {
  const { catalog, urls, doc, highlighter } = site
  const sightings = catalog.sightings(name)
  const latest = sightings[0]
  if (!latest) throw new Error(`no release lists ${name}`)
  const documented = sightings.find(({ kfunc }) => kfunc.doc !== null)?.kfunc
  let above: string | null = null
  const rows = catalog.newestFirst.map((id): HistoryRow => {
    const kfunc = catalog.find(id, name)
    if (!kfunc) {
      const absence = catalog.hasGenerated(id, name)
        ? 'in BTF only, as a generated twin that cannot be called'
        : absenceText(catalog.release(id).release)
      return {
        id,
        href: null,
        absence,
        prototypeHtml: null,
        samePrototype: false,
        flags: '',
        types: null,
        object: null,
      }
    }
    const text = kfunc.prototype?.text ?? null
    const samePrototype = text !== null && text === above
    above = text ?? above
    return {
      id,
      href: urls.kfunc(id, name),
      absence: null,
      prototypeHtml: text === null || samePrototype ? null : highlighter.html(layoutPrototype(text).code),
      samePrototype,
      flags: kfunc.flags.map(shortFlag).join(' '),
      types: supportSummary(kfunc.programTypes),
      object: kfunc.object,
    }
  })
  return {
    name,
    summaryHtml: doc.inline(documented?.doc?.summary ?? '', () => null),
    description: documented?.doc?.summary || latest.kfunc.prototype?.text || name,
    newest: { id: latest.head.id, href: urls.kfunc(latest.head.id, name) },
    current: latest.head.id === catalog.newest.id,
    testOnly: latest.kfunc.kind === 'test-only',
    rows,
    dataHref: urls.kfuncData(name),
  }
}
