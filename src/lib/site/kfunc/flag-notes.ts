import type { Flag, Release } from '#lib/model/published.ts'
import type { Site } from '#lib/site/site.ts'
import type { TextNote } from '#lib/site/texts.ts'
import type { SinceMarks } from './since.ts'

/** A flag as a page mentions it: its name, the kernel's own words on it and ours, the pages on it. */
export interface FlagNote {
  readonly name: string
  /** null: the kernel says nothing beside it. */
  readonly comment: string | null
  /** The kfuncs of the release that carry it. */
  readonly href: string | null
  /** null: nobody wrote on it. */
  readonly note: TextNote | null
  /** Since when the kfunc has it, where that is later than the kfunc; else null. */
  readonly since: string | null
}

/** Notes on flags, in the order given. A flag that the release does not define has no list to lead to. */
export function flagNotes(
  site: Site,
  release: Release,
  names: readonly string[],
  marks: SinceMarks,
): readonly FlagNote[] {
  return names.map((name) => {
    const flag: Flag | undefined = release.flags.find((one) => one.name === name)
    return {
      name,
      comment: flag?.comment ?? null,
      href: flag ? site.urls.flag(release.release.id, name) : null,
      note: site.texts.note('flags', name),
      since: marks.flag(name),
    }
  })
}

/** A flag without the prefix that all of them share, for narrow places: "ACQUIRE". */
export function shortFlag(flag: string): string {
  return flag.replace(/^KF_/, '')
}
