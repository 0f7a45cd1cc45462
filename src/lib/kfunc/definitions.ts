/** The C definitions of kfuncs, each with the kernel's comment above it. */
import { conditionsAt } from '#lib/c/conditions.ts'
import { type FunctionDefinition, findFunctions } from '#lib/c/functions.ts'
import { commentAbove, commentText, isDocumentation, parseKernelDoc } from '#lib/c/kernel-doc.ts'
import type { CFile } from '#lib/c/scan.ts'
import { DEFINITION_MARK } from '#lib/kfunc/dialects.ts'
import type { Doc, Remark } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A definition and the file it stands in. */
export interface DefinitionInFile {
  readonly file: CFile
  readonly function: FunctionDefinition
}

/** All definitions of the names, by name; inline ones in headers are left out: they are stubs of what is not built. */
export function findFunctionDefinitions(
  files: readonly CFile[],
  names: ReadonlySet<string>,
): Map<string, DefinitionInFile[]> {
  const found = new Map<string, DefinitionInFile[]>()
  for (const file of files) {
    for (const fn of findFunctions(file, names)) {
      const isStub = file.source.path.endsWith('.h') && fn.markers.includes('inline')
      if (isStub && !fn.markers.includes(DEFINITION_MARK)) continue
      found.set(fn.name, [...(found.get(fn.name) ?? []), { file, function: fn }])
    }
  }
  return found
}

/**
 * The definition to show when there are several: marked __bpf_kfunc before not, in a file of `homes` (where its
 * sets stand) before elsewhere, in the fewest #else branches, since stubs stand there. Reports a tie.
 */
export function chooseDefinition(
  name: string,
  candidates: readonly DefinitionInFile[],
  homes: ReadonlySet<string>,
  report: Report,
): DefinitionInFile | null {
  const rank = (definition: DefinitionInFile): number[] => [
    definition.function.markers.includes(DEFINITION_MARK) ? 0 : 1,
    homes.has(definition.file.source.path) ? 0 : 1,
    conditionsAt(definition.file, definition.function.nameStart).filter((condition) => condition.negated)
      .length,
  ]
  const ranked = candidates
    .map((definition) => ({ definition, rank: rank(definition) }))
    .sort((a, b) => a.rank.reduce((order, value, i) => order || value - (b.rank[i] ?? 0), 0))
  const [first, second] = ranked
  if (!first) return null
  if (second && first.rank.every((value, i) => value === second.rank[i])) {
    const other = placeOf(second.definition.file.source, second.definition.function.nameStart)
    report({
      rule: 'definition-ambiguous',
      message: `${name} is defined here and in ${other.path}:${other.line}; this one is shown`,
      kfunc: name,
      place: placeOf(first.definition.file.source, first.definition.function.nameStart),
    })
  }
  return first.definition
}

/** The kernel's own text on a definition: kernel-doc, or a plain comment that begins with its name; else null. */
export function docOf({ file, function: fn }: DefinitionInFile): Doc | null {
  const comment = commentAbove(file, fn)
  if (!comment || !isDocumentation(comment, fn.name)) return null
  const { summary, body, parameters, returns } = parseKernelDoc(comment.text)
  const { path, line } = placeOf(file.source, comment.start)
  return { summary, body, parameters, returns, at: { path, line }, license: licenseOf(file) }
}

/** A comment right above a definition that is not its documentation: a remark on the code below it; null: there is none. */
export function remarkOf({ file, function: fn }: DefinitionInFile): Remark | null {
  const comment = commentAbove(file, fn)
  if (!comment || isDocumentation(comment, fn.name)) return null
  const { path, line } = placeOf(file.source, comment.start)
  return { text: commentText(comment), at: { path, line }, license: licenseOf(file) }
}

/** The licence that a file names in its SPDX line, "GPL-2.0-only"; null: it has none. */
function licenseOf(file: CFile): string | null {
  const comment = file.comments[0]
  const text = comment ? file.source.text.slice(comment.start, comment.end) : ''
  return /SPDX-License-Identifier:\s*(.+?)\s*(?:\*\/)?$/m.exec(text)?.[1] ?? null
}
