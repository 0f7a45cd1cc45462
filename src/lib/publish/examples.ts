/** Stored examples as they are published: each with its text. */
import type { StoredExample, StoredExamples } from '#lib/model/examples.ts'
import type { Example, Gap } from '#lib/model/published.ts'

/** The examples of one release by kfunc, best first, and what could not be read of them. */
export interface ReleaseExamples {
  readonly byKfunc: ReadonlyMap<string, Example[]>
  readonly compiler: string | null
  readonly gaps: readonly Gap[]
}

/**
 * Puts texts to the examples of a release; `textOf` gives that of a snippet. null: it is not known, as can be where texts were
 * not taken; such an example is left out.
 */
export function publishExamples(
  stored: StoredExamples,
  textOf: (snippet: string) => string | null,
): ReleaseExamples {
  const byKfunc = new Map(
    stored.kfuncs.map(({ name, examples }) => [
      name,
      // one that is known not to compile comes after the others
      examples
        .toSorted((a, b) => Number(a.compiled === false) - Number(b.compiled === false))
        .flatMap((example) => publishExample(example, textOf(example.snippet)) ?? []),
    ]),
  )
  return { byKfunc, compiler: stored.compiler, gaps: stored.gaps }
}

function publishExample(example: StoredExample, code: string | null): Example | null {
  if (code === null) return null
  return {
    function: example.function,
    section: example.section,
    programType: example.programType,
    code,
    at: example.at,
    endLine: example.endLine,
    license: example.license,
    via: example.via,
    isChoice: example.isChoice,
    callLines: example.callLines,
    isFailing: example.isFailing,
    isShortened: example.whole !== null,
    compiled: example.compiled,
    compileError: example.compileError,
  }
}
