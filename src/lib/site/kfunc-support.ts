import type { Kfunc, Release, Support } from '#lib/model/published.ts'
import type { Site } from './site.ts'
import { howText, sortSupport, supportSentence } from './support.ts'
import { shortProgramType } from './urls.ts'

/** One program type's answer, as a row of the table. */
export interface SupportRow {
  readonly programType: string
  readonly short: string
  readonly href: string
  readonly callable: Support['callable']
  readonly how: string
  readonly conditions: readonly string[]
}

/** Who may call a kfunc: what is callable as rows, what is not apart. */
export interface CallableFrom {
  readonly sentence: string
  readonly rows: readonly SupportRow[]
  readonly never: readonly SupportRow[]
}

/** The answers of every program type for a kfunc; null when the release cannot tell. */
export function callableFrom(site: Site, release: Release, kfunc: Kfunc): CallableFrom | null {
  if (kfunc.programTypes === null) return null
  const rows = sortSupport(kfunc.programTypes).map((support) => ({
    programType: support.programType,
    short: shortProgramType(support.programType),
    href: site.urls.programType(release.release.id, support.programType),
    callable: support.callable,
    how: howText(support, kfunc, release.hooks),
    conditions: support.conditions,
  }))
  return {
    sentence: supportSentence(kfunc.programTypes),
    rows: rows.filter((row) => row.callable !== 'never'),
    never: rows.filter((row) => row.callable === 'never'),
  }
}
