import type { Kfunc, Release } from '#lib/model/published.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'

/** A flag, and the set that stands for it where the release has no flags; null: it stands in the entry. */
interface RegisteredFlag {
  readonly name: string
  readonly set: { readonly name: string; readonly href: string } | null
}

/** One registration, as a row of the table. */
export interface RegistrationRow {
  readonly set: string
  /** Where the set lists the kfunc. */
  readonly entryHref: string
  readonly programType: string
  /** Flags of this registration, only where registrations differ in them or sets stand for them; else null. */
  readonly flags: readonly RegisteredFlag[] | null
  readonly filter: {
    readonly name: string
    readonly href: string | null
    readonly sentence: string | null
  } | null
  /** The register call, as a place and its address. */
  readonly place: string
  readonly href: string
}

/** Where a kfunc is registered; null when the release cannot tell. */
export function registrationRows(release: Release, kfunc: Kfunc): readonly RegistrationRow[] | null {
  if (kfunc.registrations === null) return null
  const { tag } = release.release
  const differ = new Set(kfunc.registrations.map((one) => one.flags.join())).size > 1
  const areSets = kfunc.registrations.some(({ flagSets }) => flagSets !== undefined)
  return kfunc.registrations.map((registration) => {
    const filter = release.filters.find((one) => one.name === registration.filter)
    return {
      set: registration.set,
      entryHref: sourceUrl(tag, registration.entry),
      programType: shortProgramType(registration.programType),
      flags:
        differ || areSets
          ? registration.flags.map((flag) => {
              const source = registration.flagSets?.find((one) => one.flag === flag)
              const set = source ? { name: source.set, href: sourceUrl(tag, source.at) } : null
              return { name: flag, set }
            })
          : null,
      filter:
        registration.filter === null
          ? null
          : {
              name: registration.filter,
              href: filter ? sourceUrl(tag, filter.at) : null,
              sentence: filter?.sentence ?? null,
            },
      place: placeText(registration.at),
      href: sourceUrl(tag, registration.at),
    }
  })
}
