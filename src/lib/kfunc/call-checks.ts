/**
 * Who may call up to 5.17, where no set is registered for a program type: the verifier operations of the type name a
 * function, `struct bpf_verifier_ops x = { .check_kfunc_call = f }`, which asks id sets and lists that modules add sets to.
 */
import { conditionsAt } from '#lib/c/conditions.ts'
import { findInitialisers } from '#lib/c/initialisers.ts'
import { type Call, findCalls } from '#lib/c/match.ts'
import type { CFile } from '#lib/c/scan.ts'
import type { ConditionalPlace } from '#lib/kbuild/gating.ts'
import { chooseDefinition, type DefinitionInFile, findFunctionDefinitions } from '#lib/kfunc/definitions.ts'
import {
  CHECK_LIST,
  CHECK_MEMBER,
  CHECK_SET,
  CHECK_STRUCT,
  CONTEXTS_FILE,
  LIST_KSET_MACRO,
  LIST_KSET_STRUCT,
  REGISTER_IN_LIST,
  STRUCT_OPS,
  STRUCT_OPS_STRUCT,
} from '#lib/kfunc/dialects.ts'
import { type Kset, ksetNamed, type RegisterCall, setNameAt } from '#lib/kfunc/registrations.ts'
import { structOpsName } from '#lib/kfunc/vocabulary.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Hook } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** Verifier operations that let programs call kfuncs, and the function that says which. */
export interface CallCheck {
  readonly operations: string
  readonly site: ConditionalPlace
  readonly at: number
  /** The types that have these operations, in the order of include/linux/bpf_types.h. */
  readonly programTypes: readonly [string, ...string[]]
  /** The struct_ops types that alone have them; null: they are no struct_ops' own. */
  readonly structOps: readonly string[] | null
  readonly definition: DefinitionInFile
}

/**
 * Finds them. `typesOf` gives the program types of operations by name. Reports operations that no program type has, and
 * functions that are not to be found.
 */
export function findCallChecks(
  files: readonly CFile[],
  typesOf: ReadonlyMap<string, readonly string[]>,
  report: Report,
): CallCheck[] {
  return files.flatMap((file) =>
    findInitialisers(file, CHECK_STRUCT).flatMap(({ name, fields, start }): CallCheck[] => {
      const named = fields.get(CHECK_MEMBER)
      if (named === undefined) return []
      const complain = (message: string): [] => {
        report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, start) })
        return []
      }
      const structOps = structOpsWith(files, name)
      const [first, ...others] = structOps.length > 0 ? [STRUCT_OPS] : (typesOf.get(name) ?? [])
      if (first === undefined)
        return complain(
          `neither ${CONTEXTS_FILE} nor a struct ${STRUCT_OPS_STRUCT} gives a program type the operations ${name}; what their .${CHECK_MEMBER} lets programs call was not read`,
        )
      const candidates = findFunctionDefinitions(files, new Set([named])).get(named) ?? []
      const definition = chooseDefinition(named, candidates, new Set([file.source.path]), report)
      if (!definition)
        return complain(
          `no file defines ${named}(), which ${name} names; what it lets programs call was not read`,
        )
      return [
        {
          operations: name,
          site: { file, conditions: conditionsAt(file, start) },
          at: start,
          programTypes: [first, ...others],
          structOps: structOps.length > 0 ? structOps : null,
          definition,
        },
      ]
    }),
  )
}

/** The struct_ops types that have these operations, by name. */
const structOpsWith = (files: readonly CFile[], operations: string): string[] =>
  files
    .flatMap((file) => findInitialisers(file, STRUCT_OPS_STRUCT))
    .filter(({ fields }) => fields.get('verifier_ops')?.replace(/^&\s*/, '') === operations)
    .flatMap(structOpsName)
    .sort(byteOrder)

/** The hooks that they are: one each, sorted by name. Reports a program type that has two. */
export function hooksOfChecks(checks: readonly CallCheck[], report: Report): Hook[] {
  const seen = new Map<string, string>()
  for (const { operations, programTypes, site, at } of checks)
    for (const type of programTypes) {
      const other = seen.get(type)
      seen.set(type, operations)
      if (other === undefined) continue
      const message = `${type} has the operations ${other} and ${operations}; its answers are read from the first alone`
      report({ rule: 'hooks-unread', message, kfunc: null, place: placeOf(site.file.source, at) })
    }
  return checks
    .map(({ operations, programTypes, structOps, site, at }) => {
      const { path, line } = placeOf(site.file.source, at)
      return {
        name: operations,
        programTypes: [...programTypes],
        ...(structOps ? { structOps: [...structOps] } : {}),
        at: { path, line },
      }
    })
    .sort((a, b) => byteOrder(a.name, b.name))
}

/**
 * What they ask, as calls that register it for the first program type of the operations: a set at the place where the
 * function asks it, a set of a list where it is added to the list. Reports what asks nothing, and lists that nothing asks.
 */
export function callsOfChecks(
  checks: readonly CallCheck[],
  files: readonly CFile[],
  report: Report,
): RegisterCall[] {
  const asked = checks.map((check) => ({ check, questions: questionsOf(check) }))
  for (const { check, questions } of asked)
    if (questions.length === 0) {
      const { file, function: fn } = check.definition
      const message = `${fn.name}() asks no id set; expected ${CHECK_SET}(&set, …) or ${CHECK_LIST}(&list, …)`
      report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, fn.nameStart) })
    }
  const own = asked.flatMap(({ check, questions }) =>
    questions.filter(({ name }) => name === CHECK_SET).map((call) => askedSet(check, call)),
  )
  return [...own, ...callsOfLists(asked, files, report)]
}

/** The sets and lists that the function of a check asks. */
function questionsOf({ definition: { file, function: fn } }: CallCheck): Call[] {
  return findCalls(file, new Set([CHECK_SET, CHECK_LIST])).filter(
    ({ start }) => start > fn.bodyStart && start < fn.end,
  )
}

function askedSet(check: CallCheck, { args, start }: Call): RegisterCall {
  const { file } = check.definition
  const set = setNameAt(file, args[0] ?? '', start)
  const kset: Kset = { name: set, file, set, filter: null, flagSets: [] }
  return {
    file,
    at: start,
    programType: check.programTypes[0],
    kset,
    conditions: conditionsAt(file, start),
    needs: [check.site],
  }
}

interface Asked {
  readonly check: CallCheck
  readonly questions: readonly Call[]
}

/** The calls that add a set to a list, once for each check that asks the list. */
function callsOfLists(asked: readonly Asked[], files: readonly CFile[], report: Report): RegisterCall[] {
  const ksets = files.flatMap(findListKsets)
  const adds = definitionSites(files, REGISTER_IN_LIST)
  return files.flatMap((file) =>
    findCalls(file, new Set([REGISTER_IN_LIST])).flatMap((call) => {
      // the definition of the function itself, and its declarations
      if (call.depth === 0) return []
      const [list = '', argument = ''] = call.args
      const askers = asked.flatMap(({ check, questions }) => {
        const question = questions.find(({ name, args }) => name === CHECK_LIST && args[0] === list)
        return question ? [{ check, question }] : []
      })
      if (askers.length === 0) {
        const message = `${call.name}(${call.args.join(', ')}): no .${CHECK_MEMBER} asks ${list.replace(/^&\s*/, '')}; who may call what it adds is not known`
        report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, call.start) })
        return []
      }
      const kset = ksetNamed({ file, call, argument, struct: LIST_KSET_STRUCT }, ksets, report)
      if (!kset) return []
      return askers.map(({ check, question }): RegisterCall => {
        const { file: asker } = check.definition
        const asks: ConditionalPlace = { file: asker, conditions: conditionsAt(asker, question.start) }
        return {
          file,
          at: call.start,
          programType: check.programTypes[0],
          kset,
          conditions: conditionsAt(file, call.start),
          needs: [check.site, asks, ...adds],
        }
      })
    }),
  )
}

/** The sets that DEFINE_KFUNC_BTF_ID_SET(&set, name) wraps. */
const findListKsets = (file: CFile): Kset[] =>
  findCalls(file, new Set([LIST_KSET_MACRO])).flatMap(({ args: [set = '', name = ''], start }) => [
    { name, file, set: setNameAt(file, set, start), filter: null, flagSets: [] },
  ])

/** Where a function is defined that does something, and under which conditions. */
const definitionSites = (files: readonly CFile[], name: string): ConditionalPlace[] =>
  (findFunctionDefinitions(files, new Set([name])).get(name) ?? []).map(
    ({ file, function: { nameStart } }) => ({
      file,
      conditions: conditionsAt(file, nameStart),
    }),
  )
