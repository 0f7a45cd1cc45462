import type { Flag, ReleaseHead } from '#lib/model/published.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { coverageText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import type { TextNote } from '#lib/site/texts.ts'
import { type KfuncRow, kfuncRow } from './page.ts'

/** All that the list of a release's flags shows. */
export interface FlagsPage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly coverage: string | null
  readonly rows: readonly {
    readonly flag: Flag
    /** What we say of it; null: nothing. */
    readonly note: TextNote | null
    readonly href: string
    readonly kfuncs: number
  }[]
}

/** Computes the list of a release's flags, in bit order. */
export function flagsPage(site: Site, id: string): FlagsPage {
  const release = site.catalog.release(id)
  const listed = site.catalog.listed(id)
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) => site.urls.flags(head.id)),
    coverage: coverageText(release.release),
    rows: [...release.flags]
      .sort((a, b) => a.bit - b.bit)
      .map((flag) => ({
        flag,
        note: site.texts.note('flags', flag.name),
        href: site.urls.flag(id, flag.name),
        kfuncs: listed.filter((kfunc) => kfunc.flags.includes(flag.name)).length,
      })),
  }
}

/** All that the page of one flag in one release shows. */
export interface FlagPage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly flag: Flag
  /** What we say of it; null: nothing. */
  readonly note: TextNote | null
  /** Where it is defined; null in a release without source, whose flags are named after another release's. */
  readonly place: { readonly text: string; readonly href: string } | null
  readonly rows: readonly KfuncRow[]
}

/** Computes the page of a flag: which kfuncs of the release carry it. Throws when the release does not define it. */
export function flagPage(site: Site, id: string, name: string): FlagPage {
  const { catalog, urls } = site
  const release = catalog.release(id)
  const flag = release.flags.find((one) => one.name === name)
  if (!flag) throw new Error(`${id} defines no flag ${name}`)
  const { tag, coverage } = release.release
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) =>
      catalog.release(head.id).flags.some((one) => one.name === name) ? urls.flag(head.id, name) : null,
    ),
    flag,
    note: site.texts.note('flags', name),
    place: coverage === 'btf-only' ? null : { text: placeText(flag.at), href: sourceUrl(tag, flag.at) },
    rows: catalog
      .listed(id)
      .filter((kfunc) => kfunc.flags.includes(name))
      .map((kfunc) => kfuncRow(site, id, kfunc)),
  }
}
