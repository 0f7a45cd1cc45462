/** Program types and hooks of a release, and which types may sleep. */
import { enumeratorNames } from '#lib/c/blocks.ts'
import { findFunctions } from '#lib/c/functions.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { readSwitch } from '#lib/c/switches.ts'
import {
  ALWAYS_SLEEPABLE,
  HOOK_FUNCTION,
  PROGRAM_TYPE_ENUM,
  SLEEPABLE_CHECK,
  SLEEPABLE_FUNCTION,
} from '#lib/kfunc/dialects.ts'
import type { Sleepability } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Hook } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

const isProgramType = (word: string): boolean => /^BPF_PROG_TYPE_\w+$/.test(word)

/**
 * Reads `enum bpf_prog_type` of include/uapi/linux/bpf.h: the names in its order, without place holders
 * such as __MAX_BPF_PROG_TYPE. Null when no file has it.
 */
export const findProgramTypes = (files: readonly CFile[]): string[] | null =>
  enumeratorNames(files, PROGRAM_TYPE_ENUM)?.filter(isProgramType) ?? null

/** Reads the hooks out of bpf_prog_type_to_kfunc_hook(), sorted by name, types in the order of the switch. */
export function findHooks(files: readonly CFile[], report: Report): Hook[] {
  for (const file of files.filter(({ source }) => source.text.includes(HOOK_FUNCTION))) {
    const found = findFunctions(file, new Set([HOOK_FUNCTION]))[0]
    if (!found) continue
    const { path, line } = placeOf(file.source, found.nameStart)
    const types = new Map<string, string[]>()
    for (const { labels, returns } of readSwitch(tokensBetween(file, found.bodyStart, found.end))) {
      const named = labels.filter(isProgramType)
      if (named.length > 0 && returns) types.set(returns, [...(types.get(returns) ?? []), ...named])
    }
    return [...types]
      .map(([name, programTypes]) => ({ name, programTypes, at: { path, line } }))
      .sort((a, b) => byteOrder(a.name, b.name))
  }
  const message = `no file defines ${HOOK_FUNCTION}(); which program types share a hook is not known`
  report({ rule: 'hooks-unread', message, kfunc: null, place: null })
  return []
}

/**
 * Reads which program types may be loaded sleepable: the types named in can_be_sleepable(), or, before it was
 * made a function (6.2), in the condition `…sleepable && prog->type != A && …` of check_attach_btf_id(). Types
 * that always are: `if (prog->type == A)` before "… can only be sleepable".
 */
export function findSleepability(files: readonly CFile[], report: Report): Sleepability | null {
  for (const file of files.filter(({ source }) => source.text.includes(SLEEPABLE_CHECK))) {
    const [check] = findFunctions(file, new Set([SLEEPABLE_CHECK]))
    if (!check) continue
    const [own] = findFunctions(file, new Set([SLEEPABLE_FUNCTION]))
    const body = tokensBetween(file, check.bodyStart, check.end)
    const may = own ? typesIn(tokensBetween(file, own.bodyStart, own.end)) : typesIn(sleepableCondition(body))
    if (may.length === 0) continue
    const place = placeOf(file.source, (own ?? check).nameStart)
    const always = alwaysSleepable(body)
    // before 5.14 no type is, and nothing complains of one
    const complains = body.some(({ kind, text }) => kind === 'string' && text.includes(ALWAYS_SLEEPABLE))
    if (always.length === 0 && complains) {
      const message = `${SLEEPABLE_CHECK}() refuses what “${ALWAYS_SLEEPABLE}”, and the type was not found; if (prog->type == A) { if (…sleepable) return 0; … } was expected`
      report({ rule: 'sleepability-unread', message, kfunc: null, place })
    }
    return { may, always, at: { path: place.path, line: place.line } }
  }
  const message = `neither ${SLEEPABLE_FUNCTION}() nor a condition in ${SLEEPABLE_CHECK}() was found; which types may sleep is not known`
  report({ rule: 'sleepability-unread', message, kfunc: null, place: null })
  return null
}

const typesIn = (tokens: readonly Token[]): string[] =>
  [...new Set(tokens.map((token) => token.text).filter(isProgramType))].sort(byteOrder)

/** The condition of an `if` that asks for "sleepable" and rules types out with `!=`. */
function sleepableCondition(body: readonly Token[]): readonly Token[] {
  for (let i = 0; i < body.length; i++) {
    if (body[i]?.text !== 'if') continue
    const condition = body.slice(i + 1, matchingClose(body, i + 1) + 1)
    const words = condition.map((token) => token.text)
    if (
      words.includes('sleepable') &&
      words.filter((word) => word === '!=').length > 1 &&
      words.some(isProgramType)
    )
      return condition
  }
  return []
}

/**
 * The types of `if (prog->type == A) { if (…sleepable) return 0; … }`: a program of such a type that is not sleepable is
 * refused. The condition asks for nothing but the type.
 */
function alwaysSleepable(body: readonly Token[]): string[] {
  const types: string[] = []
  for (let i = 0; i < body.length; i++) {
    if (body[i]?.text !== 'if') continue
    const close = matchingClose(body, i + 1)
    const condition = body.slice(i + 2, close)
    const named = typesIn(condition)
    const asksForTypeAlone = named.length === 1 && condition.filter(({ text }) => text === '==').length === 1
    if (
      !asksForTypeAlone ||
      condition.some(({ text }) => text === '&&' || text === '||' || text === 'sleepable')
    )
      continue
    if (body[close + 1]?.text !== '{') continue
    const block = body.slice(close + 1, matchingClose(body, close + 1)).map(({ text }) => text)
    const isLetThrough = / if \(.*\bsleepable \) (?:\{ )?return 0 ;/.test(
      ` ${block.join(' ').replaceAll('if ( ', 'if (')}`,
    )
    if (isLetThrough) types.push(...named)
  }
  return types
}
