/** Texts that are missing: every flag, suffix and program type of any release has one. */
import { byteOrder } from '#lib/model/order.ts'
import type { ProseProblem } from '#lib/prose/document.ts'
import type { ProseKind } from '#lib/prose/kinds.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import type { Library } from '#lib/prose/library.ts'

/** A problem for each text that is to be written; `folder` is where the texts lie. */
export function missingTexts(library: Library, vocabulary: KnownNames, folder: string): ProseProblem[] {
  const needed: readonly (readonly [ProseKind, ReadonlySet<string>, string])[] = [
    ['flags', vocabulary.flags, 'flag'],
    ['suffixes', vocabulary.suffixes, 'suffix'],
    ['program-types', vocabulary.programTypes, 'program type'],
  ]
  return needed.flatMap(([kind, names, word]) =>
    [...names]
      .sort(byteOrder)
      .filter((name) => !library.find(kind, name))
      .map((name) => {
        const path = `${folder}/${kind}/${name}.md`
        return {
          rule: 'prose-missing',
          message: `the ${word} ${name} has no page: write ${path}`,
          place: { path, line: 1, column: 1 },
        }
      }),
  )
}
