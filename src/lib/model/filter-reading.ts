/** What a person read out of a filter function: the files in `content/filters`. */
import { z } from 'zod'
import { When } from '#lib/model/published.ts'

/** One way through a filter. All that is given must hold; of lists, any member. */
export const Allow = z.strictObject({
  /** The kfunc is in one of these id tables; left out: in any that the filter governs. */
  sets: z.array(z.string()).min(1).optional(),
  /** The kfunc is in none of these. */
  notIn: z.array(z.string()).min(1).optional(),
  programTypes: z.array(z.string()).min(1).optional(),
  exceptProgramTypes: z.array(z.string()).min(1).optional(),
  when: When.omit({ unread: true, sleepable: true }).optional(),
})

/** One meaning of a filter, for the source that its pins name. */
export const Reading = z.strictObject({
  /** Release to the sha256 of the filter's source in it. The reading holds wherever the source has one of them. */
  pins: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
  /** What it does, for readers, to stand behind its name: "lets only LSM programs through". */
  sentence: z.string(),
  /** The id tables whose kfuncs it narrows; every other kfunc passes. */
  governs: z.array(z.string()).min(1),
  /** A governed kfunc passes when any of these holds. */
  allows: z.array(Allow).min(1),
})

/** All meanings of one filter, oldest first. */
export const FilterReadings = z.strictObject({ name: z.string(), readings: z.array(Reading).min(1) })

export type Allow = z.infer<typeof Allow>
export type Reading = z.infer<typeof Reading>
export type FilterReadings = z.infer<typeof FilterReadings>
