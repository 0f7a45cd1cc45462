/** All that a kernel's source says of kfuncs, read in one go. */

import { parseTypedefs } from '#lib/c/declare.ts'
import { type Define, findDefines } from '#lib/c/defines.ts'
import { type CFile, scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { chooseDefinition, type Definition, docOf, findDefinitions } from '#lib/kfunc/definitions.ts'
import { isKernelSource, isTestFile, WORDS } from '#lib/kfunc/dialects.ts'
import { findFilters } from '#lib/kfunc/filters.ts'
import { findFlags } from '#lib/kfunc/flags.ts'
import { findHooks, findProgramTypes, findSleepability } from '#lib/kfunc/hooks.ts'
import {
  findIdSets,
  foreignMacros,
  type IdSet,
  type IdSetEntry,
  type OutsideDefines,
} from '#lib/kfunc/id-sets.ts'
import type { PlainPrototype } from '#lib/kfunc/prototypes.ts'
import { findRegisterCalls, type RegisterCall } from '#lib/kfunc/registrations.ts'
import { findImplicitTypes, findSuffixes } from '#lib/kfunc/suffixes.ts'
import { readVocabulary } from '#lib/kfunc/vocabulary.ts'
import type { FilterFunction, FmodRetSet, IdTable, Sleepability, Vocabulary } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Doc, Flag, Hook, Registration, SourceRef, Suffix } from '#lib/model/published.ts'
import type { Diagnostic, Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A kfunc as source declares it. */
export interface SourceKfunc {
  readonly name: string
  readonly registrations: readonly Registration[]
  readonly prototype: PlainPrototype | null
  readonly definition: SourceRef | null
  readonly doc: Doc | null
  /** Does it ship in kernels for tests only? */
  readonly isTest: boolean
}

/** What a release's source says. `setNames` holds every name in any set, registered or not. */
export interface SourceFacts {
  readonly flags: readonly Flag[]
  readonly suffixes: readonly Suffix[]
  readonly implicitTypes: readonly { name: string; at: SourceRef }[]
  readonly programTypes: readonly string[]
  readonly hooks: readonly Hook[]
  readonly sleepability: Sleepability | null
  readonly filters: readonly FilterFunction[]
  readonly tables: readonly IdTable[]
  readonly vocabulary: Vocabulary
  readonly fmodRetSets: readonly FmodRetSet[]
  readonly setNames: ReadonlySet<string>
  readonly kfuncs: readonly SourceKfunc[]
  readonly diagnostics: readonly Diagnostic[]
}

const refAt = (file: CFile, offset: number): SourceRef => {
  const { path, line } = placeOf(file.source, offset)
  return { path, line }
}

/** Reads a tree. What could not be read is in `diagnostics`; nothing in the text of a tree makes it throw. */
export async function readSource(tree: KernelTree): Promise<SourceFacts> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const texts = await tree.search(WORDS, isKernelSource)
  const files = texts.filter(({ path }) => !path.endsWith('.rs')).map(scan)
  const kernelFiles = files.filter((file) => !file.source.path.startsWith('tools/'))
  const sets: IdSet[] = []
  for (const file of kernelFiles) sets.push(...findIdSets(file, await outsideDefines(tree, file), report))
  const calls = findRegisterCalls(kernelFiles, report)
  const registered = joinSets(calls, sets, report)
  const programTypes = findProgramTypes(kernelFiles)
  if (!programTypes)
    report({
      rule: 'program-types-unread',
      message: 'no file has enum bpf_prog_type',
      kfunc: null,
      place: null,
    })
  const flags = findFlags(kernelFiles.filter((file) => file.source.path.startsWith('include/linux/btf')))
  const kfuncs = await readKfuncs(tree, kernelFiles, registered, flags, report)
  return {
    flags,
    suffixes: findSuffixes(kernelFiles),
    implicitTypes: findImplicitTypes(files),
    programTypes: programTypes ?? [],
    hooks: findHooks(kernelFiles, report),
    sleepability: findSleepability(kernelFiles, report),
    ...(await findFilters(kernelFiles, calls, sets, report)),
    vocabulary: await readVocabulary(tree, kernelFiles),
    fmodRetSets: findFmodRetSets(calls, sets),
    setNames: new Set(sets.flatMap((set) => set.entries.map((entry) => entry.name))),
    kfuncs,
    diagnostics,
  }
}

/** The macros that the sets of `file` use and a header that it includes defines. */
async function outsideDefines(tree: KernelTree, file: CFile): Promise<OutsideDefines> {
  const defines = new Map<string, Define>()
  const wanted = new Set(foreignMacros(file))
  if (wanted.size === 0) return defines
  for (const { name, text } of file.directives) {
    const path = name === 'include' ? /^<([^>]+)>/.exec(text.trim())?.[1] : undefined
    const header = path ? await tree.read(`include/${path}`) : null
    if (!header) continue
    for (const define of findDefines(scan(header)))
      if (wanted.has(define.name)) defines.set(define.name, define)
  }
  return defines
}

interface Registered {
  readonly set: IdSet
  readonly call: RegisterCall & { readonly programType: string }
}

const setOf = (call: RegisterCall, sets: readonly IdSet[]): IdSet | undefined => {
  const named = sets.filter((set) => set.name === call.kset.set)
  return named.find((set) => set.file === call.kset.file) ?? (named.length === 1 ? named[0] : undefined)
}

/** Joins the calls that register kfuncs with their sets; any call whose set is not to be found is reported. */
function joinSets(calls: readonly RegisterCall[], sets: readonly IdSet[], report: Report): Registered[] {
  return calls.flatMap((call) => {
    const { programType } = call
    const set = setOf(call, sets)
    if (set) return programType ? [{ set, call: { ...call, programType } }] : []
    const message = `the id set ${call.kset.set} that this call registers was not found`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(call.file.source, call.at) })
    return []
  })
}

function findFmodRetSets(calls: readonly RegisterCall[], sets: readonly IdSet[]): FmodRetSet[] {
  return calls.flatMap((call) => {
    const set = call.programType ? undefined : setOf(call, sets)
    if (!set) return []
    return [{ set: set.name, names: set.entries.map((entry) => entry.name), at: refAt(set.file, set.start) }]
  })
}

/** The flags of an entry in bit order. A flag that the release does not define is reported, and kept. */
function inBitOrder(entry: IdSetEntry, set: IdSet, defined: readonly Flag[], report: Report): string[] {
  const bits = new Map(defined.map((flag) => [flag.name, flag.bit]))
  for (const flag of entry.flags) {
    if (bits.has(flag)) continue
    const message = `${entry.name} has ${flag}, which include/linux/btf.h does not define`
    report({ rule: 'flag-undefined', message, kfunc: entry.name, place: placeOf(set.file.source, entry.at) })
  }
  return [...entry.flags].sort((a, b) => (bits.get(a) ?? 32) - (bits.get(b) ?? 32))
}

/** The registrations of each kfunc, by path and line of the register call, each with the path of its set. */
function registrationsByName(
  registered: readonly Registered[],
  defined: readonly Flag[],
  report: Report,
): Map<string, Home[]> {
  const byName = new Map<string, Home[]>()
  for (const { set, call } of registered)
    for (const entry of set.entries) {
      const registration: Registration = {
        set: set.name,
        flags: inBitOrder(entry, set, defined, report),
        programType: call.programType,
        filter: call.kset.filter,
        at: refAt(call.file, call.at),
        entry: refAt(set.file, entry.at),
      }
      byName.set(entry.name, [
        ...(byName.get(entry.name) ?? []),
        { registration, home: set.file.source.path },
      ])
    }
  const key = ({ registration: { at } }: Home): string => `${at.path} ${String(at.line).padStart(7)}`
  for (const homes of byName.values()) homes.sort((a, b) => byteOrder(key(a), key(b)))
  return byName
}

interface Home {
  readonly registration: Registration
  readonly home: string
}

async function readKfuncs(
  tree: KernelTree,
  files: readonly CFile[],
  registered: readonly Registered[],
  flags: readonly Flag[],
  report: Report,
): Promise<SourceKfunc[]> {
  const registrations = registrationsByName(registered, flags, report)
  const names = new Set(registrations.keys())
  const definitions = findDefinitions(files, names)
  const homes = [...new Set(registered.map(({ set }) => set.file.source.path))]
  await searchDefinitions(tree, names, definitions, homes)
  const kfuncs: SourceKfunc[] = []
  for (const name of [...names].sort(byteOrder)) {
    const own = registrations.get(name) ?? []
    const chosen = chooseDefinition(
      name,
      definitions.get(name) ?? [],
      new Set(own.map(({ home }) => home)),
      report,
    )
    if (!chosen) {
      const message = `${name} is in an id set, and no file defines it`
      report({ rule: 'kfunc-without-definition', message, kfunc: name, place: null })
    }
    kfuncs.push({
      name,
      registrations: own.map(({ registration }) => registration),
      prototype: chosen ? { ...chosen.function.declaration, typedefs: [] } : null,
      definition: chosen ? refAt(chosen.file, chosen.function.nameStart) : null,
      doc: chosen ? docOf(chosen) : null,
      isTest: isTestFile(chosen?.file.source.path ?? own[0]?.home ?? ''),
    })
  }
  return withTypedefs(tree, files, kfuncs)
}

/**
 * Looks for the definitions that the files read so far do not have (before 6.3 nothing marks them): first in the
 * top directories that hold id sets, then everywhere.
 */
async function searchDefinitions(
  tree: KernelTree,
  names: ReadonlySet<string>,
  definitions: Map<string, Definition[]>,
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
    for (const [name, found] of findDefinitions(texts.map(scan), new Set(missing)))
      definitions.set(name, found)
  }
}

/** Adds to each prototype the callback typedefs that its parameters name, from the files read or from headers. */
async function withTypedefs(
  tree: KernelTree,
  files: readonly CFile[],
  kfuncs: readonly SourceKfunc[],
): Promise<SourceKfunc[]> {
  const typeNames = (kfunc: SourceKfunc): string[] =>
    kfunc.prototype?.parameters.flatMap(({ type }) => /^(?:const )?(\w+)(?: \*)?$/.exec(type)?.[1] ?? []) ??
    []
  const wanted = new Set(kfuncs.flatMap(typeNames))
  const headers = await tree.search(
    [...wanted].map((name) => `(*${name})(`),
    (path) => path.startsWith('include/') && path.endsWith('.h'),
  )
  const typedefs = new Map(
    [...headers.map(scan), ...files].flatMap(parseTypedefs).map(({ name, text }) => [name, text]),
  )
  return kfuncs.map((kfunc) => {
    if (!kfunc.prototype) return kfunc
    const named = [...new Set(typeNames(kfunc))].flatMap((name) => typedefs.get(name) ?? [])
    return named.length === 0 ? kfunc : { ...kfunc, prototype: { ...kfunc.prototype, typedefs: named } }
  })
}
