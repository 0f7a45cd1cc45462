/**
 * `/data/matrix.json`: which kfunc may be called from where in which release, in one small file. Lists that many share are
 * given once and meant by their index; what each says in full stands in `/data/<id>.json`.
 */
import { z } from 'zod'
import { FORMAT, ReleaseHead, When } from '#lib/model/published.ts'

export const MatrixPrototype = z
  .strictObject({
    declared: z
      .string()
      .describe('the declaration without `extern` and what follows it: attributes, address spaces'),
    returns: z.string(),
    parameters: z.array(z.strictObject({ name: z.string(), type: z.string(), fixed: z.string().nullable() })),
    typedefs: z.array(z.string()),
  })
  .meta({ id: 'MatrixPrototype' })

export const MatrixAnswers = z
  .record(
    z.string(),
    z.union([z.literal('always'), z.array(When).describe('callable when any of these holds')]),
  )
  .meta({ id: 'MatrixAnswers', description: 'By program type; a type that is not named may never call.' })

export const MatrixCell = z
  .strictObject({
    prototype: z.int().min(0).nullable().describe('index in prototypes; null: not known'),
    answers: z.int().min(0).nullable().describe('index in answers; null: not known'),
    flags: z.array(z.string()),
  })
  .meta({ id: 'MatrixCell' })

export const Matrix = z
  .strictObject({
    format: z.literal(FORMAT),
    releases: z.array(
      ReleaseHead.pick({ id: true, coverage: true, follows: true }).extend({
        programTypes: z
          .array(z.string())
          .describe('all that its kfuncs were asked for; [] where none is known'),
        alwaysSleepable: z
          .array(z.string())
          .describe('program types whose programs always sleep, as far as its kfuncs show it'),
        absent: z
          .array(z.string())
          .describe('kfuncs that a btf-only release is proven not to have; of others it is not known'),
      }),
    ),
    prototypes: z.array(MatrixPrototype),
    answers: z.array(MatrixAnswers),
    kfuncs: z
      .array(
        z.strictObject({
          name: z.string(),
          replacedBy: z.string().nullable(),
          releases: z.record(z.string(), MatrixCell),
        }),
      )
      .describe("sorted by name, byte order; those of the kernel's tests and generated ones are left out"),
  })
  .meta({ id: 'Matrix' })

export type MatrixPrototype = z.infer<typeof MatrixPrototype>
export type MatrixAnswers = z.infer<typeof MatrixAnswers>
export type MatrixCell = z.infer<typeof MatrixCell>
export type Matrix = z.infer<typeof Matrix>
