/** A time during which releases had something, in words that claim no more than the releases prove. */

/** Releases in a row that have something: from `first` to `last`. */
export interface Lifespan {
  /** The first release that is known to have it. */
  readonly first: string
  /** Is `absentIn` the release right before `first`? */
  readonly isFirst: boolean
  /** The newest release before `first` that is proven not to have it; null: none was read. */
  readonly absentIn: string | null
  /** The last release that is known to have it; null: no newer one is proven not to have it. */
  readonly last: string | null
  /** The release after `last` that is proven not to have it; null where `last` is. */
  readonly goneIn: string | null
  /** Is `goneIn` the very next release? */
  readonly isLast: boolean
}

/** "since 6.3", "from 5.19 to 6.3", "in 6.1"; where that is not proven, "since 6.12 or earlier", "from 6.2 to 6.17 or later". */
export function lifespanText({ first, isFirst, last, isLast }: Lifespan): string {
  const from = isFirst ? first : `${first} or earlier`
  if (last === null) return `since ${from}`
  if (first !== last || (isFirst && !isLast)) return `from ${from} to ${endText(last, isLast)}`
  if (isLast) return isFirst ? `in ${first}` : `until ${last}`
  return `around ${first}`
}

/** "6.19", or "6.17 or later" where the next release is not known to lack it. */
export const endText = (last: string, isLast: boolean): string => (isLast ? last : `${last} or later`)
