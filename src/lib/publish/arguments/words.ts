/** What can be said of a parameter that the kernel does not describe: what its type and its suffix ask for. */

import { memoisePerObject } from '#lib/model/memoise.ts'
import type { Kfunc, Parameter, Release } from '#lib/model/published.ts'
import { type Argument, argumentsOf, structOf } from '#lib/publish/arguments/kinds.ts'
import { ARGUMENT_RULES, HAS_TRUST, STRUCTS_WITH_POINTERS } from '#lib/publish/arguments/rules.ts'
import { hasRule } from '#lib/publish/rules/basis.ts'

/** What the verifier asks of the pointers to kernel objects that a kfunc takes. */
type Trust = 'referenced' | 'trusted' | 'rcu' | 'plain'

/**
 * What to pass in a parameter, as a noun phrase without a full stop: "a constant string that ends in NUL, …". Of a twin
 * that the kernel does describe, its words. null: the kfunc takes no such parameter, or the release is not known to have
 * the rule for it.
 */
export function parameterWords(parameter: Parameter, kfunc: Kfunc, release: Release): string | null {
  const argument = argumentsOf(kfunc).find((one) => one.parameter.name === parameter.name)
  return argument ? argumentWords(argument, kfunc, release) : null
}

/** The words on an argument, by the rule for its kind; null: the release is not known to have that rule. */
export function argumentWords(argument: Argument, kfunc: Kfunc, release: Release): string | null {
  const { parameter, kind, partner, nullable } = argument
  if (!hasRule(ARGUMENT_RULES[kind].by, release)) return null
  const struct = structOf(parameter.type) ?? ''
  const values: Readonly<Record<string, () => string | undefined>> = {
    buffer: () => partner?.name,
    elsewhere: () => elsewhere(parameter, kfunc),
    fixed: () => parameter.fixed ?? '',
    kept: () => keptWords(parameter, kfunc),
    number: () => numberWords(parameter.type),
    object: () => objectWords(struct, trustOf(kfunc, release), release),
    of: () => callbackArguments(parameter, kfunc),
    pointed: () => parameter.type.replace(/^const /, '').replace(/ ?\*$/, ''),
    size: () => partner?.name,
    struct: () => `struct ${struct}`,
  }
  const words = ARGUMENT_RULES[kind].words.replace(/\{(\w+)\}/g, (_, key: string) => values[key]?.() ?? '')
  return nullable ? `${words}, or NULL` : words
}

/** Besides the context: what programs of types without that context may pass. */
function elsewhere({ name }: Parameter, { contextArguments, programTypes }: Kfunc): string {
  const context = contextArguments?.find(({ parameter }) => parameter === name)
  const isElsewhere = programTypes?.some(
    ({ programType, callable }) => callable !== 'never' && !context?.programTypes.includes(programType),
  )
  if (!context?.alsoTakes || !isElsewhere) return ''
  return `, or, in types without that context, a trusted pointer to \`${context.alsoTakes}\``
}

/** Objects that are kept per CPU have kfuncs of their own, which the verifier knows by name. */
function keptWords({ suffix }: Parameter, { name }: Kfunc): string {
  if (suffix !== '__alloc') return ''
  return name.startsWith('bpf_percpu_obj_') ? ', kept per CPU,' : ', not one kept per CPU,'
}

/** The numbers of C, as the kernel spells them: signed or not, bits. */
const NUMBERS: Readonly<Record<string, string>> = {
  u8: 'unsigned, 8 bits',
  u16: 'unsigned, 16 bits',
  u32: 'unsigned, 32 bits',
  u64: 'unsigned, 64 bits',
  s32: 'signed, 32 bits',
  s64: 'signed, 64 bits',
  __u32: 'unsigned, 32 bits',
  int: 'signed, 32 bits',
  long: 'signed, 64 bits',
  'unsigned int': 'unsigned, 32 bits',
  'unsigned long': 'unsigned, 64 bits',
  size_t: 'unsigned, 64 bits',
}

function numberWords(type: string): string {
  const plain = type.replace(/\bconst\b/g, '').trim()
  if (plain === 'bool') return 'true or false'
  if (plain === 'char') return 'a character'
  if (plain.startsWith('enum ')) return `a value of \`${plain}\``
  const size = NUMBERS[plain]
  return size ? `a number (${size})` : `a number (\`${plain}\`)`
}

/** A release asks for trust by flag as long as it has the flag; from then on unless KF_RCU says otherwise. */
function trustOf({ flags }: Kfunc, release: Release): Trust {
  const asked = flags.includes('KF_TRUSTED_ARGS') || flags.includes('KF_RELEASE')
  if (!hasRule(HAS_TRUST, release)) return flags.includes('KF_TRUSTED_ARGS') ? 'referenced' : 'plain'
  if (flags.includes('KF_RCU')) return 'rcu'
  return asked || !isTrustByFlag(release) ? 'trusted' : 'plain'
}

/** Whether a release has the flag by which a kfunc asks for trust. */
const isTrustByFlag = memoisePerObject(
  (release: Release) =>
    release.flags.some(({ name }) => name === 'KF_TRUSTED_ARGS') ||
    release.kfuncs.some((one) => one.flags.includes('KF_TRUSTED_ARGS')),
)

function objectWords(struct: string, trust: Trust, release: Release): string {
  const pointer = {
    referenced: `a referenced pointer to \`struct ${struct}\``,
    trusted: `a trusted pointer to \`struct ${struct}\``,
    rcu: `a pointer to \`struct ${struct}\` that is trusted or protected by RCU`,
    plain: `a pointer to \`struct ${struct}\``,
  }[trust]
  if (isObjectOnly(struct, release)) return pointer
  return `${pointer}, or, if that struct holds nothing but numbers, to memory of its size`
}

/** Is a pointer to such a struct surely one to the kernel's own? Memory of the program may stand for others. */
export function isObjectOnly(struct: string, release: Release): boolean {
  return STRUCTS_WITH_POINTERS.has(struct) || kernelObjects(release).has(struct)
}

/** The structs that kfuncs of a release hand out or take back: they are the kernel's, never memory of the program. */
const kernelObjects = memoisePerObject((release: Release) => new Set(release.kfuncs.flatMap(objectsOf)))

function objectsOf({ prototype, flags, contextArguments }: Kfunc): string[] {
  const released = flags.includes('KF_RELEASE') ? structOf(prototype?.parameters[0]?.type ?? '') : null
  const elsewhere = contextArguments?.map(
    ({ alsoTakes }) => /^struct (.+)$/.exec(alsoTakes ?? '')?.[1] ?? null,
  )
  return [structOf(prototype?.returns ?? ''), released, ...(elsewhere ?? [])].filter((one) => one !== null)
}

/** What a callback takes, from its inline type or its typedef: "void *map, int *key, void *value". */
function callbackArguments({ type }: Parameter, kfunc: Kfunc): string {
  const text = type.includes('(')
    ? type
    : (kfunc.prototype?.typedefs.find((typedef) => new RegExp(`\\b${type}\\b`).test(typedef)) ?? '')
  return /\)\s*\(([^()]*)\)\s*$/.exec(text)?.[1] ?? ''
}
