/** The kfuncs that source registers, each with its definition, comment, prototype and configuration. */
import { type Condition, conditionsAt } from '#lib/c/conditions.ts'
import { parseTypedefs } from '#lib/c/declare.ts'
import { type CFile, scan } from '#lib/c/scan.ts'
import {
  type BuildGating,
  type ConditionalPlace,
  createGating,
  type GatedKfunc,
  type GatingReader,
} from '#lib/kbuild/gating.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import {
  chooseDefinition,
  type DefinitionInFile,
  docOf,
  findFunctionDefinitions,
  remarkOf,
} from '#lib/kfunc/definitions.ts'
import { isKernelSource, isTestFile } from '#lib/kfunc/dialects.ts'
import type { PlainPrototype } from '#lib/kfunc/prototypes.ts'
import {
  type KfuncRegistration,
  type RegisteredSet,
  refAt,
  registrationsByName,
} from '#lib/kfunc/registered.ts'
import { type MarkedDoc, type MarkedRemark, markDoc, markRemark } from '#lib/kfunc/text-marks.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Flag, Registration, SourceRef } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'

/** A kfunc as source declares it. */
export interface SourceKfunc {
  readonly name: string
  readonly registrations: readonly Registration[]
  readonly prototype: PlainPrototype | null
  readonly definition: SourceRef | null
  readonly doc: MarkedDoc | null
  readonly remark: MarkedRemark | null
  /** Does it ship in kernels for tests only? */
  readonly isTest: boolean
  /** What must be configured; null: not read, and reported. */
  readonly gating: BuildGating | null
}

/** Reads the kfuncs of the sets in `registered`, by name in byte order. `files` are those read so far. */
export async function readKfuncs(
  tree: KernelTree,
  files: readonly CFile[],
  registered: readonly RegisteredSet[],
  flags: readonly Flag[],
  report: Report,
): Promise<SourceKfunc[]> {
  const homesByName = registrationsByName(registered, flags, report)
  const names = new Set(homesByName.keys())
  const definitions = findFunctionDefinitions(files, names)
  await searchDefinitions(tree, names, definitions, [
    ...new Set(registered.map(({ set }) => set.file.source.path)),
  ])
  const gating = createGating(tree, report)
  const kfuncs: SourceKfunc[] = []
  for (const name of [...names].sort(byteOrder)) {
    const homes = homesByName.get(name) ?? []
    const paths = new Set(homes.map(({ set }) => set.file.source.path))
    const chosen = chooseDefinition(name, definitions.get(name) ?? [], paths, report)
    if (!chosen) {
      const message = `${name} is in an id set, and no file defines it`
      report({ rule: 'kfunc-without-definition', message, kfunc: name, place: null })
    }
    kfuncs.push({
      name,
      ...(await configure(name, homes, chosen && siteOf(chosen, definitions.get(name) ?? []), gating)),
      prototype: chosen ? { ...chosen.function.declaration, typedefs: [] } : null,
      definition: chosen ? refAt(chosen.file, chosen.function.nameStart) : null,
      doc: await markDoc(chosen && docOf(chosen)),
      remark: await markRemark(chosen && remarkOf(chosen)),
      isTest: isTestFile(chosen?.file.source.path ?? [...paths][0] ?? ''),
    })
  }
  return withTypedefs(tree, files, kfuncs)
}

/** What the kfunc needs, and what each of its registrations needs beyond that. */
async function configure(
  name: string,
  homes: readonly KfuncRegistration[],
  definition: ConditionalPlace | null,
  reader: GatingReader,
): Promise<Pick<SourceKfunc, 'registrations' | 'gating'>> {
  const sites = homes.map(({ set, call, entry }): ConditionalPlace[] => [
    { file: set.file, conditions: set.conditions },
    { file: set.file, conditions: entry.conditions },
    { file: call.file, conditions: call.conditions },
    ...call.needs,
  ])
  const gated = (registrations: GatedKfunc['registrations']): GatedKfunc => ({
    name,
    registrations,
    definition,
  })
  const gating = await reader.gatingOf(gated(sites))
  const common = new Set(gating?.config)
  const registrations: Registration[] = []
  for (const [i, { registration }] of homes.entries()) {
    const own = gating && homes.length > 1 ? await reader.gatingOf(gated([sites[i] ?? []])) : gating
    registrations.push({
      ...registration,
      config: own?.config.filter((symbol) => !common.has(symbol)) ?? null,
    })
  }
  return { registrations, gating }
}

/**
 * The place of a definition. A condition on whose other branch the kfunc is defined as well, as a stub, decides what it
 * does and not whether it is there.
 */
function siteOf(chosen: DefinitionInFile, all: readonly DefinitionInFile[]): ConditionalPlace {
  const around = ({ file, function: { nameStart } }: DefinitionInFile): Condition[] =>
    conditionsAt(file, nameStart)
  const own = around(chosen)
  const others = all.filter((one) => one !== chosen && one.file === chosen.file).map(around)
  const isSame = (a: Condition, b: Condition): boolean => a.start === b.start && a.negated === b.negated
  const isOpposite = (a: Condition, b: Condition): boolean =>
    a.start === b.start && a.text === b.text && a.negated !== b.negated
  const hasStub = (condition: Condition): boolean =>
    others.some(
      (other) =>
        other.some((one) => isOpposite(one, condition)) &&
        other.every((one) => isOpposite(one, condition) || own.some((mine) => isSame(mine, one))),
    )
  return { file: chosen.file, conditions: own.filter((condition) => !hasStub(condition)) }
}

/**
 * Looks for the definitions that the files read so far do not have (before 6.3 nothing marks them): first in the
 * top directories that hold id sets, then everywhere.
 */
async function searchDefinitions(
  tree: KernelTree,
  names: ReadonlySet<string>,
  definitions: Map<string, DefinitionInFile[]>,
  homes: readonly string[],
): Promise<void> {
  const nearby = new Set(homes.map((path) => path.split('/')[0]))
  const isNear = (path: string): boolean => nearby.has(path.split('/')[0])
  for (const isWanted of [isNear, (path: string): boolean => !isNear(path)]) {
    const missing = [...names].filter((name) => !definitions.has(name))
    if (missing.length === 0) return
    const texts = await tree.search(
      missing.map((name) => `${name}(`),
      (path) => path.endsWith('.c') && isKernelSource(path) && isWanted(path),
    )
    for (const [name, found] of findFunctionDefinitions(texts.map(scan), new Set(missing)))
      definitions.set(name, found)
  }
}

/** Type names of which everyone knows that they are no functions; leaving them out shortens the search. */
const INTEGER = /^(void|bool|char|short|int|long|unsigned|s?size_t|(__)?[us](8|16|32|64)|__[bl]e(16|32|64))$/

/** Adds to each prototype the callback typedefs that its parameters name, from the files read or from headers. */
async function withTypedefs(
  tree: KernelTree,
  files: readonly CFile[],
  kfuncs: readonly SourceKfunc[],
): Promise<SourceKfunc[]> {
  const typeNames = (kfunc: SourceKfunc): string[] =>
    kfunc.prototype?.parameters.flatMap(({ type }) => /^(?:const )?(\w+)(?: \*)?$/.exec(type)?.[1] ?? []) ??
    []
  const typedefs = new Map(files.flatMap(parseTypedefs).map(({ name, text }) => [name, text]))
  const wanted = new Set(
    kfuncs.flatMap(typeNames).filter((name) => !typedefs.has(name) && !INTEGER.test(name)),
  )
  // a search for no words would give every file
  const headers =
    wanted.size === 0
      ? []
      : await tree.search(
          [...wanted].map((name) => `(*${name})(`),
          (path) => path.startsWith('include/') && path.endsWith('.h'),
        )
  for (const { name, text } of headers.map(scan).flatMap(parseTypedefs)) typedefs.set(name, text)
  return kfuncs.map((kfunc) => {
    if (!kfunc.prototype) return kfunc
    const named = [...new Set(typeNames(kfunc))].flatMap((name) => typedefs.get(name) ?? [])
    return named.length === 0 ? kfunc : { ...kfunc, prototype: { ...kfunc.prototype, typedefs: named } }
  })
}
