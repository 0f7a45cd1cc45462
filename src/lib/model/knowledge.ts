/** What people know of the row of releases and no kernel says of itself: the files `content/*.json`. */
import { z } from 'zod'

const ReleaseId = z.string().regex(/^\d+\.\d+$/)

/** A place in the tree of one tag: lines count from 1. */
export const TaggedPlace = z.strictObject({
  path: z.string().regex(/^[^/]/),
  line: z.int().min(1),
  tag: z.string().regex(/^v\d/),
})

/** One kfunc that stands for another since a release. The old name may go then, later or never. */
export const Rename = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The first mainline release whose kernel has it so, whether or not that release was read. */
  in: ReleaseId,
  /** For readers: how the kernel says so. */
  because: z.string().min(1),
  at: TaggedPlace.optional(),
})

/** Two kfuncs that the rule proposes, and that have nothing to do with each other. */
export const Declined = z.strictObject({ from: z.string(), to: z.string(), because: z.string().min(1) })

/** `content/renames.json`: of several successors of one kfunc, the first is the one to use. */
export const Renames = z.strictObject({
  about: z.string(),
  renames: z.array(Rename),
  declined: z.array(Declined),
})

/** `content/mainline.json`: where the major releases of mainline end, and which releases are long-term ones. */
export const Mainline = z.strictObject({
  about: z.string(),
  ends: z.array(
    z.strictObject({
      /** The last minor release of a major one; the .0 of the next major one follows it. */
      last: ReleaseId,
      /** The address that says so. */
      at: z.url(),
    }),
  ),
  longTerm: z.strictObject({
    releases: z.array(ReleaseId),
    /** The page of kernel.org that names them. */
    at: z.url(),
  }),
})

/** When one kfunc came to mainline. */
export const IntroducedRow = z.strictObject({
  release: ReleaseId,
  /** The mainline release before, read and without it. */
  absentIn: ReleaseId,
  /** false: the release itself was not readable for this kfunc. */
  exact: z.boolean(),
  /** It went: absent from the first to the last of these, and there again in `again`. */
  goneIn: z.tuple([ReleaseId, ReleaseId]).optional(),
  again: ReleaseId.optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
})

/** `content/introduced.json`: kfuncs by name. */
export const IntroducedTable = z.strictObject({
  about: z.string(),
  kfuncs: z.record(z.string(), IntroducedRow),
})

export type Rename = z.infer<typeof Rename>
export type Declined = z.infer<typeof Declined>
export type Renames = z.infer<typeof Renames>
export type Mainline = z.infer<typeof Mainline>
export type IntroducedRow = z.infer<typeof IntroducedRow>
export type IntroducedTable = z.infer<typeof IntroducedTable>
