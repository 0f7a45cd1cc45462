import { readPlace } from '#lib/model/places.ts'
import type { ImplicitRow, ImplicitStory } from '#lib/publish/history/implicit.ts'
import { implicitAnchor } from '#lib/site/links/urls.ts'
import type { Site } from '#lib/site/site.ts'

/** A kfunc with arguments that the verifier passes, through the releases. */
export interface ImplicitKfunc {
  readonly name: string
  readonly href: string
  readonly story: ImplicitStory
  /** Neighbours among the releases that say the same, oldest first. */
  readonly runs: readonly ImplicitRun[]
}

/** What releases in a row say. */
export interface ImplicitRun {
  readonly releases: readonly string[]
  readonly row: ImplicitRow
}

/** All that the page on implicit arguments shows. */
export interface ImplicitPage {
  readonly kfuncs: readonly ImplicitKfunc[]
  /** Where each message that refuses a program stands, in the newest release that says it: addresses by message. */
  readonly places: Readonly<Record<string, string>>
  /** How many kfuncs of each release are concerned, oldest first. */
  readonly counts: readonly { readonly release: string; readonly kfuncs: number }[]
}

/** Computes the page: every kfunc that has an implicit argument in some release, by name. */
export function implicitPage(site: Site): ImplicitPage {
  const { catalog, urls } = site
  const stories = [...new Set(site.implicit.values())].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    kfuncs: stories.map((story) => ({
      name: story.name,
      href: urls.kfuncHistory(catalog.sightings(story.name).length > 0 ? story.name : story.implName),
      story,
      runs: runsOf(story.rows),
    })),
    places: placesOf(site, stories),
    counts: catalog.releases.map(({ release }) => ({
      release: release.id,
      kfuncs: stories.filter(({ rows }) =>
        rows.some((row) => row.release === release.id && row.calls !== null),
      ).length,
    })),
  }
}

function placesOf({ texts }: Site, stories: readonly ImplicitStory[]): Record<string, string> {
  const refusals = stories.flatMap(({ rows }) =>
    rows.flatMap(({ meets }) => meets.flatMap((one) => one.refusals ?? [])),
  )
  const wanted = new Set(refusals.map(({ message }) => message))
  return Object.fromEntries(
    texts.library.messages.flatMap((message) => {
      const last = wanted.has(message.message) ? texts.library.said(message).at(-1) : undefined
      const path = last?.path ?? readPlace(message.function)?.path
      if (!last || path === undefined) return []
      return [[message.message, texts.source({ release: last.release, path, line: last.line }).href]]
    }),
  )
}

function runsOf(rows: readonly ImplicitRow[]): readonly ImplicitRun[] {
  const runs: { releases: string[]; row: ImplicitRow; key: string }[] = []
  for (const row of rows) {
    const key = JSON.stringify([row.calls?.prototype.text, row.calls?.name, row.passes, row.hidden, row.impl])
    const last = runs.at(-1)
    if (last?.key === key) last.releases.push(row.release)
    else runs.push({ releases: [row.release], row, key })
  }
  return runs.map(({ releases, row }) => ({ releases, row }))
}

/** Where the implicit arguments of a kfunc are told of; null for one that never had any. */
export function implicitHref(site: Site, name: string): string | null {
  const story = site.implicit.get(name)
  return story ? `${site.urls.implicitArguments}#${implicitAnchor(story.name)}` : null
}
