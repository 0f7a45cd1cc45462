/** When something happened, in words that claim no more than the releases prove. */

/** Two releases, and whether what happened between them happened in the second. */
export interface Moment {
  readonly from: string | null
  readonly to: string
  readonly exact: boolean
}

/** "in 7.0" when the release is known, else "between 6.12 and 6.16"; "first read in 6.1" where nothing was before. */
export function happened({ from, to, exact }: Moment): string {
  if (from === null) return `first read in ${to}`
  return exact ? `in ${to}` : `between ${from} and ${to}`
}

/** A mark beside a line: "since 7.0", "new between 6.12 and 6.16"; "in 6.1 or before" where nothing was before. */
export function sinceText({ from, to, exact }: Moment): string {
  if (exact) return `since ${to}`
  return from === null ? `in ${to} or before` : `new between ${from} and ${to}`
}
