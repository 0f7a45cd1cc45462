/** How much of a release is told: comments, examples, parameters, gaps. */
import type { Kfunc, Release } from '#lib/model/published.ts'
import { parameterWords } from '#lib/publish/arguments/words.ts'
import { missingDoc, parametersOf } from '#lib/publish/usage/kernel-doc-stub.ts'

/** Counts over some kfuncs; those of the kernel's own tests and generated ones are not among them. */
export interface CoverageCounts {
  readonly kfuncs: number
  /** With a comment that says what it does. */
  readonly documented: number
  /** Whose comment lacks nothing: what it does, each parameter, what it returns. */
  readonly complete: number
  readonly withExample: number
  /** With an example that compiles. */
  readonly withCompiled: number
  readonly parameters: number
  /** Described by the kernel. */
  readonly described: number
  /** Not by the kernel, but by what suffix and type ask for. */
  readonly composed: number
  readonly gaps: number
}

/** Counts over kfuncs of a release. */
export function coverageOf(release: Release, kfuncs: readonly Kfunc[]): CoverageCounts {
  const names = new Set(kfuncs.map(({ name }) => name))
  const parameters = kfuncs.flatMap((kfunc) => parametersOf(kfunc).map((one) => ({ kfunc, one })))
  const isDescribed = ({ kfunc, one }: (typeof parameters)[number]): boolean =>
    Boolean(one.doc || kfunc.doc?.parameters[one.name])
  const rest = parameters.filter((entry) => !isDescribed(entry))
  const count = (test: (kfunc: Kfunc) => boolean): number => kfuncs.filter(test).length
  return {
    kfuncs: kfuncs.length,
    documented: count(({ doc }) => Boolean(doc?.summary)),
    complete: count((kfunc) => missingDoc(kfunc) === null),
    withExample: count(({ examples }) => examples.length > 0),
    withCompiled: count(({ examples }) => examples.some(({ compiled }) => compiled)),
    parameters: parameters.length,
    described: parameters.length - rest.length,
    composed: rest.filter(({ kfunc, one }) => one.implicit || parameterWords(one, kfunc, release) !== null)
      .length,
    gaps: release.gaps.filter(({ kfunc }) => kfunc !== null && names.has(kfunc)).length,
  }
}
