import type { ReleaseHead } from '#lib/model/published.ts'
import { type KfuncRow, kfuncRow } from '#lib/site/release/page.ts'
import type { Site } from '#lib/site/site.ts'

/** What the newest release has that the release before it lacks, both named. */
export interface WhatIsNew {
  readonly newer: string
  readonly older: string
  readonly added: readonly KfuncRow[]
  /** Names that went, with their stable addresses. */
  readonly gone: readonly { readonly name: string; readonly href: string }[]
}

/** One way into the site: for whom it is, and where it leads. */
export interface LinkGroup {
  readonly title: string
  readonly links: readonly { readonly text: string; readonly href: string }[]
}

/** All that the home page shows. */
export interface HomePage {
  /** Newest first. */
  readonly releases: readonly {
    readonly head: ReleaseHead
    readonly href: string
    readonly dataHref: string
  }[]
  readonly kfuncs: number
  readonly newest: ReleaseHead
  /** null when there are no two releases that were read in full. */
  readonly news: WhatIsNew | null
  readonly ways: readonly LinkGroup[]
}

/** Computes the home page. */
export function homePage(site: Site): HomePage {
  const { catalog, urls } = site
  return {
    releases: catalog.newestFirst.map((id) => ({
      head: catalog.release(id).release,
      href: urls.release(id),
      dataHref: urls.releaseData(id),
    })),
    kfuncs: catalog.names.length,
    newest: catalog.newest,
    news: whatIsNew(site),
    ways: waysIn(site),
  }
}

/** Where three kinds of readers start. Guides that nobody wrote are left out. */
function waysIn({ catalog, urls, texts }: Site): readonly LinkGroup[] {
  const id = catalog.newest.id
  const guide = (slug: string): LinkGroup['links'] => {
    const note = texts.note('guides', slug)
    return note ? [{ text: note.title, href: note.href }] : []
  }
  return [
    {
      title: 'I write BPF programs',
      links: [
        ...guide('call-a-kfunc'),
        { text: `Kfuncs of ${id}, with filters`, href: urls.release(id) },
        { text: 'What my program type may call', href: urls.programTypes(id) },
        { text: 'What all my kernels have', href: urls.query },
        ...guide('when-the-verifier-says-no'),
      ],
    },
    {
      title: 'I write or review patches',
      links: [
        ...(catalog.before(id) ? [{ text: `What changed in ${id}`, href: urls.changes(id) }] : []),
        { text: 'Compare two releases', href: urls.compare },
        { text: 'Who may call what, in one table', href: urls.grid(id) },
        { text: 'Comments that are missing', href: urls.coverage(id) },
        ...guide('add-a-kfunc'),
      ],
    },
    {
      title: 'I want the data',
      links: [
        { text: `All of ${id} as JSON`, href: urls.releaseData(id) },
        { text: 'The releases, as JSON', href: urls.dataIndex },
        { text: 'The schema of it', href: urls.dataSchema },
        { text: `The declarations of ${id}, a C header`, href: urls.header(id) },
        { text: `One line a kfunc of ${id}, as text`, href: urls.apiText(id) },
      ],
    },
  ]
}

/** Compares the two newest releases whose source was read: what these do not list, they have not. */
export function whatIsNew(site: Site): WhatIsNew | null {
  const { catalog, urls } = site
  const [newer, older] = catalog.newestFirst.filter((id) => catalog.row.readAs(id) === 'source')
  if (newer === undefined || older === undefined) return null
  return {
    newer,
    older,
    added: catalog
      .listed(newer)
      .filter((kfunc) => !catalog.find(older, kfunc.name))
      .map((kfunc) => kfuncRow(site, newer, kfunc)),
    gone: catalog
      .listed(older)
      .filter((kfunc) => !catalog.find(newer, kfunc.name))
      .map(({ name }) => ({ name, href: urls.kfuncHistory(name) })),
  }
}
