/** One release: what source and binaries say, joined into what is stored. */
import { btfEnumerators } from '#lib/btf/functions.ts'
import type { BinaryObject } from '#lib/kfunc/binary.ts'
import { PROGRAM_TYPE_ENUM } from '#lib/kfunc/dialects.ts'
import { joinKfuncs } from '#lib/kfunc/join.ts'
import type { SourceFacts } from '#lib/kfunc/source.ts'
import type { Extracted } from '#lib/model/extracted.ts'
import type { Gap } from '#lib/model/published.ts'
import { compareDiagnostics, type Diagnostic, type Report } from '#lib/text/diagnostic.ts'

/**
 * Joins a release. `source` is null where there was none, `binaries` is empty where no image was read; vmlinux
 * comes first. `notes` are what was noticed before, of the inputs as a whole.
 */
export function joinRelease(
  head: Extracted['release'],
  source: SourceFacts | null,
  binaries: readonly BinaryObject[],
  notes: readonly Diagnostic[],
): Extracted {
  const diagnostics: Diagnostic[] = [...notes, ...(source?.diagnostics ?? [])]
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  for (const { name } of binaries.filter(({ hasIdSets }) => !hasIdSets)) {
    const message = `what was read of ${name} is BTF alone, without id sets: its kfuncs are those that BTF tags, and flags are not compared`
    report({ rule: 'no-id-sets', message, kfunc: null, place: null })
  }
  const kfuncs = joinKfuncs(source, binaries, report)
  return {
    format: 1,
    release: head,
    flags: [...(source?.flags ?? [])],
    suffixes: [...(source?.suffixes ?? [])],
    implicitTypes: [...(source?.implicitTypes ?? [])],
    programTypes: [...(source?.programTypes ?? programTypesIn(binaries))],
    hooks: [...(source?.hooks ?? [])],
    sleepability: source?.sleepability ?? null,
    filters: [...(source?.filters ?? [])],
    demands: source ? [...source.demands] : null,
    tables: [...(source?.tables ?? [])],
    vocabulary: source?.vocabulary ?? null,
    contexts: [...(source?.contexts ?? [])],
    projections: [...(source?.projections ?? [])],
    destructors: source ? [...source.destructors] : null,
    fmodRetSets: [...(source?.fmodRetSets ?? [])],
    // with source, sets are known by name
    binarySets: source
      ? []
      : binaries.flatMap(({ name, sets }) => sets.map((names) => ({ object: name, names: [...names] }))),
    kfuncs,
    gaps: diagnostics.sort(compareDiagnostics).map(gapOf),
  }
}

function programTypesIn(binaries: readonly BinaryObject[]): string[] {
  const [vmlinux] = binaries
  const names = vmlinux ? (btfEnumerators(vmlinux.btf, PROGRAM_TYPE_ENUM) ?? []) : []
  return names.map(({ name }) => name).filter((name) => name.startsWith('BPF_PROG_TYPE_'))
}

const gapOf = ({ rule, message, kfunc, place }: Diagnostic): Gap => ({
  rule,
  message,
  kfunc,
  at: place && { path: place.path, line: place.line },
})
