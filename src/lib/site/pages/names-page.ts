/** All names through all releases, as a table: one row a name, one column a release. */
import type { HistoryEvent } from '#lib/publish/history/events.ts'
import { type Presence, sightingIn } from '#lib/publish/history/presence.ts'
import { type Succession, succession } from '#lib/site/kfunc/successor.ts'
import type { Site } from '#lib/site/site.ts'

/** Releases in a row in which nothing that is shown changed. */
export interface NameRun {
  readonly presence: Presence
  /** What happened as the run began: "came", "prototype, flags"; null: nothing that is known. */
  readonly began: string | null
  /** How many releases. */
  readonly span: number
  /** The page of the kfunc in the newest of these releases; null where it is not there. */
  readonly href: string | null
}

/** One name. */
export interface NameRow {
  readonly name: string
  readonly href: string
  readonly runs: readonly NameRun[]
  /** What to use instead; null: nothing is known to stand in its place. */
  readonly use: Succession['use']
}

/** All that the list of all names shows. */
export interface NamesPage {
  /** Oldest first. */
  readonly releases: readonly { readonly id: string; readonly href: string }[]
  /** In byte order. */
  readonly rows: readonly NameRow[]
}

/** The words of the events that begin a run; an event of a kind that is not here is not shown. */
const WORDS: Partial<Readonly<Record<HistoryEvent['kind'], string>>> = {
  added: 'came',
  'came-back': 'came back',
  removed: 'went',
  renamed: 'renamed',
  replaced: 'replaced',
  prototype: 'prototype',
  flags: 'flags',
  callable: 'callers',
}

/** Computes the list of all names. */
export function namesPage(site: Site): NamesPage {
  const { catalog, urls } = site
  return {
    releases: catalog.releases.map(({ release: { id } }) => ({ id, href: urls.release(id) })),
    rows: catalog.names.map((name) => ({
      name,
      href: urls.kfuncHistory(name),
      runs: runsOf(site, name),
      use: succession(site, name, null).use,
    })),
  }
}

function runsOf({ catalog, urls, history }: Site, name: string): NameRun[] {
  const events = history.get(name) ?? []
  const runs: NameRun[] = []
  for (const release of catalog.releases) {
    const { id } = release.release
    const { presence } = sightingIn(release, name)
    const href = presence === 'there' ? urls.kfunc(id, name) : null
    const began = wordsOf(events.filter(({ to }) => to === id))
    const last = runs.at(-1)
    if (last?.presence === presence && began === null)
      runs[runs.length - 1] = { ...last, span: last.span + 1, href }
    else runs.push({ presence, began, span: 1, href })
  }
  return runs
}

/** A new name says "renamed", which tells more than that it came; so does an old one. */
function wordsOf(events: readonly HistoryEvent[]): string | null {
  const words = new Set(events.flatMap(({ kind }) => WORDS[kind] ?? []))
  if (words.has('renamed')) for (const one of ['came', 'went']) words.delete(one)
  return words.size === 0 ? null : [...words].join(', ')
}
