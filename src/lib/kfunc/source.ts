/** All that a kernel's source says of kfuncs, read in one go. */

import { type Define, findDefines } from '#lib/c/defines.ts'
import { type CFile, scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { callsOfChecks, findCallChecks, hooksOfChecks } from '#lib/kfunc/call-checks.ts'
import { findProjections, readContexts, readOperations } from '#lib/kfunc/contexts.ts'
import { findDemands } from '#lib/kfunc/demands.ts'
import { findDestructors } from '#lib/kfunc/destructors.ts'
import {
  CONTEXTS_FILE,
  isKernelSource,
  LSM_HOOKS_FILE,
  SEARCH_WORDS,
  SUFFIX_TEST_PREFIX,
} from '#lib/kfunc/dialects.ts'
import { findFilters } from '#lib/kfunc/filters.ts'
import { findFlags } from '#lib/kfunc/flags.ts'
import { findHooks, findProgramTypes, findSleepability } from '#lib/kfunc/hooks.ts'
import { findIdSets, foreignMacros, type IdSet, type OutsideDefines } from '#lib/kfunc/id-sets.ts'
import { readKfuncs, type SourceKfunc } from '#lib/kfunc/kfuncs.ts'
import { findFmodRetSets, joinSets, reportUnregistered } from '#lib/kfunc/registered.ts'
import { findRegisterCalls } from '#lib/kfunc/registrations.ts'
import { findImplicitTypes, findSuffixes } from '#lib/kfunc/suffixes.ts'
import { markFlags } from '#lib/kfunc/text-marks.ts'
import { readVocabulary } from '#lib/kfunc/vocabulary.ts'
import type {
  ContextType,
  FilterFunction,
  FmodRetSet,
  IdTable,
  Projection,
  Sleepability,
  StoredFlag,
  Vocabulary,
} from '#lib/model/extracted.ts'
import type { Demand, Destructor, Hook, SourceRef, Suffix } from '#lib/model/published.ts'
import type { Diagnostic, Report } from '#lib/text/diagnostic.ts'

/** What a release's source says. `setNames` holds every name in any set with flags, registered or not. */
export interface SourceFacts {
  readonly flags: readonly StoredFlag[]
  readonly suffixes: readonly Suffix[]
  readonly implicitTypes: readonly { name: string; at: SourceRef }[]
  readonly programTypes: readonly string[]
  readonly hooks: readonly Hook[]
  readonly sleepability: Sleepability | null
  readonly filters: readonly FilterFunction[]
  readonly demands: readonly Demand[]
  readonly tables: readonly IdTable[]
  readonly vocabulary: Vocabulary
  readonly contexts: readonly ContextType[]
  readonly projections: readonly Projection[]
  readonly destructors: readonly Destructor[]
  readonly fmodRetSets: readonly FmodRetSet[]
  readonly setNames: ReadonlySet<string>
  readonly kfuncs: readonly SourceKfunc[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a tree. What could not be read is in `diagnostics`; nothing in the text of a tree makes it throw. */
export async function readSource(tree: KernelTree): Promise<SourceFacts> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const texts = await tree.search(SEARCH_WORDS, isKernelSource)
  const files = texts.map(scan)
  const kernelFiles = files.filter((file) => !file.source.path.startsWith('tools/'))
  const sets: IdSet[] = []
  for (const file of kernelFiles) sets.push(...findIdSets(file, await outsideDefines(tree, file), report))
  const checks = findCallChecks(kernelFiles, await readOperations(tree), report)
  const calls = [...findRegisterCalls(kernelFiles, report), ...callsOfChecks(checks, kernelFiles, report)]
  const registered = joinSets(calls, sets, report)
  const programTypes = findProgramTypes(kernelFiles)
  if (!programTypes)
    report({
      rule: 'program-types-unread',
      message: 'no file has enum bpf_prog_type',
      kfunc: null,
      place: null,
    })
  const flags = await markFlags(
    findFlags(kernelFiles.filter((file) => file.source.path.startsWith('include/linux/btf'))),
  )
  reportUnregistered(sets, calls, report)
  const kfuncs = await readKfuncs(tree, kernelFiles, registered, flags, report)
  const tables = {
    flags,
    suffixes: findSuffixes(kernelFiles),
    demands: findDemands(kernelFiles),
    contexts: await readContexts(tree),
    vocabulary: await readVocabulary(tree, kernelFiles),
  }
  const hasFlags = registered.every(({ set }) => set.hasFlags)
  reportEmpty(tables, { hasFlags, hasSuffixes: checks.length === 0 }, report)
  return {
    ...tables,
    implicitTypes: findImplicitTypes(files),
    programTypes: programTypes ?? [],
    hooks: checks.length > 0 ? hooksOfChecks(checks, report) : findHooks(kernelFiles, report),
    sleepability: findSleepability(kernelFiles, report),
    ...(await findFilters(tree, kernelFiles, calls, sets, report)),
    projections: findProjections(kernelFiles),
    destructors: findDestructors(kernelFiles, report),
    fmodRetSets: findFmodRetSets(calls, sets),
    setNames: new Set(
      sets.filter((set) => set.hasFlags).flatMap(({ entries }) => entries.map(({ name }) => name)),
    ),
    kfuncs,
    diagnostics,
  }
}

/** The macros that the sets of `file` use and a header defines that it includes by `<…>`. */
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

/** What a kernel has by the way it declares kfuncs. */
interface Expected {
  /** Entries of sets of kfuncs have flags (6.0 on). */
  readonly hasFlags: boolean
  /** The verifier looks at names of parameters: since sets are registered by program type (5.18). */
  readonly hasSuffixes: boolean
}

/** Every kernel has these, but for what is expected of some; where one was not found, its spelling changed, and that is said. */
function reportEmpty(
  {
    flags,
    suffixes,
    demands,
    contexts,
    vocabulary,
  }: Pick<SourceFacts, 'flags' | 'suffixes' | 'demands' | 'contexts' | 'vocabulary'>,
  { hasFlags, hasSuffixes }: Expected,
  report: Report,
): void {
  const expected: [rule: string, found: readonly unknown[], message: string, isExpected?: boolean][] = [
    [
      'flags-unread',
      flags,
      'no #define KF_… (1 << n) in include/linux/btf.h: bits of flags are not known',
      hasFlags,
    ],
    [
      'suffixes-unread',
      suffixes,
      `no ${SUFFIX_TEST_PREFIX}…() tests for a suffix: what suffixes mean is not known`,
      hasSuffixes,
    ],
    [
      'demands-unread',
      demands,
      'no refusal of a call that names the GPL or a capability: what calls need beside a program type is not known',
    ],
    [
      'contexts-unread',
      contexts,
      `no BPF_PROG_TYPE(…) in ${CONTEXTS_FILE}: which programs have which context is not known`,
    ],
    [
      'attach-types-unread',
      vocabulary.attachTypes,
      'no enum bpf_attach_type: attach types in readings cannot be checked',
    ],
    [
      'lsm-hooks-unread',
      vocabulary.lsmHooks,
      `no LSM_HOOK(…) in ${LSM_HOOKS_FILE}: hooks in readings cannot be checked`,
    ],
  ]
  for (const [rule, found, message, isExpected = true] of expected)
    if (found.length === 0 && isExpected) report({ rule, message, kfunc: null, place: null })
}
