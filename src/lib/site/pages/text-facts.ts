import type { Kfunc, Release } from '#lib/model/published.ts'
import type { ProseDocument } from '#lib/prose/document.ts'
import { argumentsOf } from '#lib/publish/arguments/kinds.ts'
import { HOOK_PREFIX, ownHook } from '#lib/site/kfunc/support-words.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { programTypeSegment, shortProgramType } from '#lib/site/links/urls.ts'
import type { Site } from '#lib/site/site.ts'

/** A cell: text, with the address that it leads to, if any. */
export interface FactCell {
  readonly text: string
  readonly href: string | null
}

/** What the data of each release says of what a text is about. */
export interface TextFacts {
  readonly columns: readonly string[]
  /** Oldest first; cells null: the release has no such thing, or cannot tell, which `note` says. */
  readonly rows: readonly {
    readonly release: string
    readonly cells: readonly FactCell[] | null
    readonly note: string
  }[]
  /** The kfuncs concerned, of the newest release that has any; null: none is, or the release's own page lists them. */
  readonly kfuncs: {
    readonly release: string
    readonly rows: readonly { readonly name: string; readonly href: string; readonly parameters: string }[]
  } | null
}

const UNREAD = 'not known: no source was read'

/** Gathers the facts on what a text is about. null: it is about no thing of the data. */
export function textFacts(site: Site, document: ProseDocument): TextFacts | null {
  const { slug, front } = document
  switch (document.kind) {
    case 'flags':
      return flagFacts(site, slug)
    case 'suffixes':
      return suffixFacts(site, slug)
    case 'program-types':
      return programTypeFacts(site, slug)
    case 'arguments':
      return front.kinds.length === 0 ? null : argumentFacts(site, new Set(front.kinds))
    case 'concepts':
    case 'guides':
    case 'kfuncs':
      return null
  }
}

function flagFacts(site: Site, name: string): TextFacts {
  const carriers = (id: string): readonly Kfunc[] =>
    site.catalog.listed(id).filter(({ flags }) => flags.includes(name))
  return {
    columns: ['Kfuncs', 'Bit'],
    rows: site.catalog.releases.map((release) => {
      const { id, coverage } = release.release
      const flag = release.flags.find((one) => one.name === name)
      const count = String(carriers(id).length)
      if (flag)
        return {
          release: id,
          cells: [
            { text: count, href: site.urls.flag(id, name) },
            { text: String(flag.bit), href: null },
          ],
          note: '',
        }
      // an image alone has flags on kfuncs, by the bits that releases beside it define
      if (coverage !== 'btf-only') return { release: id, cells: null, note: 'not in this release' }
      const cells = count === '0' ? null : [count, 'not known'].map((text) => ({ text, href: null }))
      return { release: id, cells, note: UNREAD }
    }),
    kfuncs: newest(site, (kfunc) => (kfunc.flags.includes(name) ? [] : null)),
  }
}

function suffixFacts(site: Site, name: string): TextFacts {
  const having = ({ prototype, kernelPrototype }: Kfunc): string[] | null => {
    const all = [...(prototype?.parameters ?? []), ...(kernelPrototype?.parameters ?? [])]
    const own = new Set(all.filter(({ suffix }) => suffix === name).map((one) => one.name))
    return own.size === 0 ? null : [...own]
  }
  return {
    columns: ['Kfuncs', 'Tested at'],
    rows: site.catalog.releases.map((release) => {
      const { id, tag, coverage } = release.release
      const suffix = release.suffixes.find((one) => one.name === name)
      const count = site.catalog.listed(id).filter((kfunc) => having(kfunc)).length
      const cells = suffix && [
        { text: String(count), href: null },
        coverage === 'btf-only'
          ? { text: 'not known', href: null }
          : { text: placeText(suffix.at), href: sourceUrl(tag, suffix.at) },
      ]
      const note = coverage === 'btf-only' ? UNREAD : 'not in this release'
      return { release: id, cells: cells ?? null, note }
    }),
    kfuncs: newest(site, having),
  }
}

function argumentFacts(site: Site, kinds: ReadonlySet<string>): TextFacts {
  const taking = (kfunc: Kfunc): string[] | null => {
    const own = argumentsOf(kfunc).filter(({ kind }) => kinds.has(kind))
    return own.length === 0 ? null : own.map(({ parameter }) => parameter.name)
  }
  return {
    columns: ['Kfuncs that take one'],
    rows: site.catalog.releases.map(({ release: { id } }) => {
      const count = site.catalog.listed(id).filter((kfunc) => taking(kfunc)).length
      return { release: id, cells: count === 0 ? null : [{ text: String(count), href: null }], note: 'none' }
    }),
    kfuncs: newest(site, taking),
  }
}

function programTypeFacts(site: Site, segment: string): TextFacts {
  const { catalog, urls } = site
  return {
    columns: ['Always callable', 'Sometimes', 'Hook', 'Types that share it'],
    rows: catalog.releases.map((release) => {
      const { id, coverage } = release.release
      const type = catalog.programTypes(id).find((one) => programTypeSegment(one) === segment)
      const note = coverage === 'btf-only' ? UNREAD : 'not in this release'
      if (type === undefined) return { release: id, cells: null, note }
      const [always, sometimes] = (['always', 'sometimes'] as const).map((answer) =>
        String(countCallable(catalog.listed(id), type, answer)),
      )
      return {
        release: id,
        cells: [
          { text: always ?? '', href: urls.programType(id, type) },
          { text: sometimes ?? '', href: `${urls.programType(id, type)}#sometimes` },
          ...hookCells(release, type),
        ],
        note,
      }
    }),
    kfuncs: null,
  }
}

/** The hook of a type's own, at the line that gives it, and the other types with it. */
function hookCells({ release, hooks }: Release, type: string): FactCell[] {
  const hook = ownHook(type, hooks)
  if (!hook) return ['none', ''].map((text) => ({ text, href: null }))
  const others = hook.programTypes.filter((one) => one !== type).map(shortProgramType)
  return [
    { text: hook.name.replace(HOOK_PREFIX, ''), href: sourceUrl(release.tag, hook.at) },
    { text: others.length > 0 ? others.join(', ') : 'none', href: null },
  ]
}

function countCallable(kfuncs: readonly Kfunc[], type: string, answer: 'always' | 'sometimes'): number {
  return kfuncs.filter((kfunc) =>
    kfunc.programTypes?.some(({ programType, callable }) => programType === type && callable === answer),
  ).length
}

/** The kfuncs concerned, of the newest release that has any: `parameters` gives which of theirs, or null for none. */
function newest(
  { catalog, urls }: Site,
  parameters: (kfunc: Kfunc, release: Release) => readonly string[] | null,
): TextFacts['kfuncs'] {
  for (const release of catalog.releases.toReversed()) {
    const { id } = release.release
    const rows = catalog.listed(id).flatMap((kfunc) => {
      const own = parameters(kfunc, release)
      return own ? [{ name: kfunc.name, href: urls.kfunc(id, kfunc.name), parameters: own.join(', ') }] : []
    })
    if (rows.length > 0) return { release: id, rows }
  }
  return null
}
