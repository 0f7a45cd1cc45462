import type { Kfunc, Release } from '#lib/model/published.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'

/** One registration, as a row of the table. */
export interface RegistrationRow {
  readonly set: string
  /** Where the set lists the kfunc. */
  readonly entryHref: string
  readonly programType: string
  /** Flags of this registration, only where registrations differ in them; else null. */
  readonly flags: readonly string[] | null
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
  return kfunc.registrations.map((registration) => {
    const filter = release.filters.find((one) => one.name === registration.filter)
    return {
      set: registration.set,
      entryHref: sourceUrl(tag, registration.entry),
      programType: shortProgramType(registration.programType),
      flags: differ ? registration.flags : null,
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
