/**
 * What is registered: register_btf_kfunc_id_set(program type, &kset), where
 * `struct btf_kfunc_id_set kset = { .set = &set, .filter = function }`.
 */
import { type Condition, conditionsAt } from '#lib/c/conditions.ts'
import { findInitialisers } from '#lib/c/initialisers.ts'
import { type Call, findCalls } from '#lib/c/match.ts'
import type { CFile } from '#lib/c/scan.ts'
import { KSET_STRUCT, REGISTER, REGISTER_FMODRET } from '#lib/kfunc/dialects.ts'
import { enabledAt } from '#lib/kfunc/enabled.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** A `struct btf_kfunc_id_set`; its name may be that of another in another file, and of a set in the same. */
export interface Kset {
  readonly name: string
  readonly file: CFile
  readonly set: string
  readonly filter: string | null
}

/** One register call. `programType` is null for fmod_ret sets, which are attach points and no kfuncs. */
export interface RegisterCall {
  readonly file: CFile
  readonly at: number
  readonly programType: string | null
  readonly kset: Kset
  readonly conditions: readonly Condition[]
}

function findKsets(file: CFile, report: Report): Kset[] {
  return findInitialisers(file, KSET_STRUCT).flatMap(({ name, fields, start }) => {
    const set = fields.get('set')?.replace(/^&\s*/, '')
    if (set) return [{ name, file, set, filter: fields.get('filter')?.replace(/^&\s*/, '') ?? null }]
    const message = `struct ${KSET_STRUCT} ${name} names no set; expected .set = &…`
    report({ rule: 'kset-without-set', message, kfunc: null, place: placeOf(file.source, start) })
    return []
  })
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
  const name = argument.replace(/^&\s*/, '')
  const candidates = ksets.filter((kset) => kset.name === name)
  const own = candidates.find((kset) => kset.file === file)
  const kset = own ?? (candidates.length === 1 ? candidates[0] : undefined)
  if (!kset) {
    const seen = candidates.length === 0 ? 'no file defines it' : `${candidates.length} other files define it`
    const message = `${call.name}: struct ${KSET_STRUCT} ${name} is not in this file and ${seen}; what it registers was not read`
    report({ rule: 'registration-unread', message, kfunc: null, place: placeOf(file.source, call.start) })
    return []
  }
  const programType = isFmodRet ? null : (call.args[0] ?? null)
  const conditions = [...conditionsAt(file, call.start), ...enabledAt(file, call.index)]
  return [{ file, at: call.start, programType, kset, conditions }]
}
