import type { Dates } from '#lib/prose/dates.ts'

/** Dates for texts that have none. */
export const NO_DATES: Dates = { lifespans: () => [] }
