/**
 * What is registered: register_btf_kfunc_id_set(program type, &kset), where
 * `struct btf_kfunc_id_set kset = { .set = &set, .filter = function }`.
 */
import { type Condition, conditionsAt } from '#lib/c/conditions.ts'
import { defineBefore, expandMacros, findDefines } from '#lib/c/defines.ts'
import { findInitialisers, type Initialiser } from '#lib/c/initialisers.ts'
import { type Call, findCalls, textOf } from '#lib/c/match.ts'
import { type CFile, tokenize } from '#lib/c/scan.ts'
import type { ConditionalPlace } from '#lib/kbuild/gating.ts'
import { FLAG_SETS, KSET_MEMBERS, KSET_STRUCT, REGISTER, REGISTER_FMODRET } from '#lib/kfunc/dialects.ts'
import { enabledAt } from '#lib/kfunc/enabled.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A set whose kfuncs have a flag, and the member that names it. */
interface FlagSetName {
  readonly flag: string
  readonly member: string
  readonly set: string
}

/** A `struct btf_kfunc_id_set`; its name may be that of another in another file, and of a set in the same. */
export interface Kset {
  readonly name: string
  readonly file: CFile
  readonly set: string
  readonly filter: string | null
  /** The sets that say what flags say from 6.0 on, in the order of their bits; none where entries have flags. */
  readonly flagSets: readonly FlagSetName[]
}

/** One register call. `programType` is null for fmod_ret sets, which are attach points and no kfuncs. */
export interface RegisterCall {
  readonly file: CFile
  readonly at: number
  readonly programType: string | null
  readonly kset: Kset
  readonly conditions: readonly Condition[]
  /** What must be compiled beside the set and the call. */
  readonly needs: readonly ConditionalPlace[]
}

/**
 * The name of the set that `&name` at an offset of a file means: where the file has a macro of that name, what it stands
 * for (`#define nf_ct_ret_null_kfunc_ids nf_ct_acquire_kfunc_ids`).
 */
export function setNameAt(file: CFile, text: string, offset: number): string {
  const defines = findDefines(file)
  const lookup = (name: string): ReturnType<typeof defineBefore> => defineBefore(defines, name, offset)
  return textOf(expandMacros(tokenize(text), lookup)).replace(/^&\s*/, '')
}

function findKsets(file: CFile, report: Report): Kset[] {
  return findInitialisers(file, KSET_STRUCT).flatMap((initialiser) => readKset(file, initialiser, report))
}

function readKset(file: CFile, { name, fields, start }: Initialiser, report: Report): Kset[] {
  const complain = (rule: string, message: string): void =>
    report({ rule, message, kfunc: null, place: placeOf(file.source, start) })
  const nameIn = (member: string): string | null => {
    const value = fields.get(member)
    return value === undefined ? null : setNameAt(file, value, start)
  }
  const known = [...KSET_MEMBERS, ...FLAG_SETS].map(({ member }): string => member)
  for (const member of fields.keys())
    if (/(^|_)set$/.test(member) && !known.includes(member))
      complain(
        'kset-member-unread',
        `struct ${KSET_STRUCT} ${name} has .${member}, of which nothing is known here; what it says of kfuncs was not read`,
      )
  const set = KSET_MEMBERS.map(({ member }) => nameIn(member)).find((found) => found !== null)
  if (!set) {
    complain('kset-without-set', `struct ${KSET_STRUCT} ${name} names no set; expected .set = &…`)
    return []
  }
  const flagSets = FLAG_SETS.flatMap(({ member, flag }) => {
    const named = nameIn(member)
    return named === null ? [] : [{ flag, member, set: named }]
  })
  return [{ name, file, set, filter: fields.get('filter')?.replace(/^&\s*/, '') ?? null, flagSets }]
}

const namesProgramType = (call: Call): boolean => /^BPF_PROG_TYPE_\w+$/.test(call.args[0] ?? '')

/**
 * Finds every register call. A kset is looked up in the call's own file first (names clash between files),
 * then in all. Reports calls whose program type or set could not be read.
 */
export function findRegisterCalls(files: readonly CFile[], report: Report): RegisterCall[] {
  const ksets = files.flatMap((file) => findKsets(file, report))
  return files.flatMap((file) =>
    findCalls(file, new Set([REGISTER, REGISTER_FMODRET])).flatMap((call) =>
      readCall(file, call, ksets, report),
    ),
  )
}

function readCall(file: CFile, call: Call, ksets: readonly Kset[], report: Report): RegisterCall[] {
  const isFmodRet = call.name === REGISTER_FMODRET
  // the definition of the function itself
  if (call.depth === 0) return []
  const argument = (isFmodRet ? call.args[0] : call.args[1]) ?? ''
  if (!isFmodRet && !namesProgramType(call)) {
    const message = `${REGISTER}(${call.args.join(', ')}): expected a BPF_PROG_TYPE_… constant; what it registers was not read`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, call.start) })
    return []
  }
  const kset = ksetNamed({ file, call, argument, struct: KSET_STRUCT }, ksets, report)
  if (!kset) return []
  const programType = isFmodRet ? null : (call.args[0] ?? null)
  const conditions = [...conditionsAt(file, call.start), ...enabledAt(file, call.index)]
  return [{ file, at: call.start, programType, kset, conditions, needs: [] }]
}

/** The argument of a call that names a kset, and the kset's struct. */
interface KsetArgument {
  readonly file: CFile
  readonly call: Call
  readonly argument: string
  readonly struct: string
}

/** The kset that is meant: that of the call's own file, else the only one of that name. Reports where there is none. */
export function ksetNamed(
  { file, call, argument, struct }: KsetArgument,
  ksets: readonly Kset[],
  report: Report,
): Kset | null {
  const name = argument.replace(/^&\s*/, '')
  const candidates = ksets.filter((kset) => kset.name === name)
  const own = candidates.find((kset) => kset.file === file)
  const kset = own ?? (candidates.length === 1 ? candidates[0] : undefined)
  if (kset) return kset
  const seen = candidates.length === 0 ? 'no file defines it' : `${candidates.length} other files define it`
  const message = `${call.name}: struct ${struct} ${name} is not in this file and ${seen}; what it registers was not read`
  report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, call.start) })
  return null
}
