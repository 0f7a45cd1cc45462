/** Joins what source and binaries say of each kfunc; where they disagree, a diagnostic says so. */
import type { BinaryKfunc, BinaryObject } from '#lib/kfunc/binary.ts'
import type { SourceKfunc } from '#lib/kfunc/kfuncs.ts'
import {
  cutPrototype,
  describePrototype,
  firstImplicit,
  type ParameterRules,
  type PlainPrototype,
  saysTheSame,
} from '#lib/kfunc/prototypes.ts'
import type { SourceFacts } from '#lib/kfunc/source.ts'
import type { ExtractedKfunc } from '#lib/model/extracted.ts'
import { flagsWith } from '#lib/model/flag-bits.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Flag, Prototype } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import type { Place } from '#lib/text/source.ts'

const IMPLICIT_FLAG = 'KF_IMPLICIT_ARGS'

interface Pair {
  readonly name: string
  readonly source: SourceKfunc | null
  readonly binary: BinaryKfunc | null
}

/**
 * Joins by name, sorted by name. `source` is null where there was none; `binaries` is empty where no image was
 * read. Generated `_impl` twins come as kfuncs of their own.
 */
export function joinKfuncs(
  source: SourceFacts | null,
  binaries: readonly BinaryObject[],
  report: Report,
): ExtractedKfunc[] {
  const inBinary = mergeObjects(binaries, report)
  const inSource = new Map(source?.kfuncs.map((kfunc) => [kfunc.name, kfunc]))
  const names = [...new Set([...inBinary.keys(), ...inSource.keys()])]
  const pairs = names
    .map((name) => ({ name, source: inSource.get(name) ?? null, binary: inBinary.get(name) ?? null }))
    .filter((pair) => pair.source || !source?.setNames.has(pair.name)) // in a set of attach points, or in none that is registered
  const kfuncs = pairs.flatMap((pair) => {
    comparePresence(pair, source, binaries, report)
    return [joinOne(pair, source, report), ...twinOf(pair, source)]
  })
  return kfuncs.sort((a, b) => byteOrder(a.name, b.name))
}

/** One entry a name; a name in several objects is reported and the first object, vmlinux before modules, kept. */
function mergeObjects(binaries: readonly BinaryObject[], report: Report): Map<string, BinaryKfunc> {
  const merged = new Map<string, BinaryKfunc>()
  for (const kfunc of binaries.flatMap((binary) => binary.kfuncs)) {
    const known = merged.get(kfunc.name)
    if (!known) merged.set(kfunc.name, kfunc)
    else
      report({
        rule: 'kfunc-in-two-objects',
        message: `${kfunc.name} is in ${known.object} and in ${kfunc.object}; the first is shown`,
        kfunc: kfunc.name,
        place: null,
      })
  }
  return merged
}

function comparePresence(
  { name, source, binary }: Pair,
  facts: SourceFacts | null,
  binaries: readonly BinaryObject[],
  report: Report,
): void {
  if (!facts || binaries.length === 0) return
  const place = source?.registrations[0] ? { ...source.registrations[0].entry, column: 1 } : null
  if (!binary) {
    if (!binaries.every(({ hasIdSets }) => hasIdSets)) return // tags are no list of kfuncs
    const message = `${name} is in no image that was read: its configuration leaves it out, or its module was not at hand`
    report({ rule: 'not-in-image', message, kfunc: name, place })
  } else if (!source) {
    const message = `${name} is in an id set of ${binary.object}, and no set of the source has it`
    report({ rule: 'not-in-source', message, kfunc: name, place: null })
  } else {
    const inSource = bitsOf(source, facts.flags)
    // a flag without a bit is reported where it is read
    if (binary.bits === null || inSource === null || inSource === binary.bits) return
    const message = `flags of ${name}: 0x${inSource.toString(16)} in source, 0x${binary.bits.toString(16)} in ${binary.object}; the source's are shown`
    report({ rule: 'flags-disagree', message, kfunc: name, place })
  }
}

const flagNames = (source: SourceKfunc): string[] => [
  ...new Set(source.registrations.flatMap(({ flags }) => flags)),
]

/** The flags that the source gives a kfunc, or-ed; null: one of them has no bit. */
function bitsOf(source: SourceKfunc, flags: readonly Flag[]): number | null {
  const bits: number[] = []
  for (const name of flagNames(source)) {
    const flag = flags.find((one) => one.name === name)
    if (!flag) return null
    bits.push(flag.bit)
  }
  return flagsWith(bits)
}

function joinOne(pair: Pair, facts: SourceFacts | null, report: Report): ExtractedKfunc {
  const { name, source, binary } = pair
  return {
    name,
    object: binary?.object ?? null,
    kind: source?.isTest ? 'test-only' : 'callable',
    bits: binary?.bits ?? null,
    ...joinPrototypes(pair, facts, report),
    registrations: facts
      ? (source?.registrations.map((registration) => ({ ...registration, flags: [...registration.flags] })) ??
        [])
      : null,
    definition: source?.definition ?? null,
    doc: source?.doc ?? null,
    remark: source?.remark ?? null,
    gating: gatingOf(source),
  }
}

function gatingOf(source: SourceKfunc | null): ExtractedKfunc['gating'] {
  if (!source?.gating) return null
  const { config, off, alternatives, other, architectures, tristate, module, at } = source.gating
  return {
    config: [...config],
    off: [...off],
    alternatives: alternatives.map((symbols) => [...symbols]),
    other: [...other],
    architectures: architectures && [...architectures],
    tristate,
    module,
    at: [...at],
  }
}

interface Prototypes {
  readonly prototype: Prototype | null
  readonly kernelPrototype: Prototype | null
}

/** Both prototypes of a kfunc. With implicit arguments BTF has the kernel's under the name of its `_impl` twin. */
function joinPrototypes(pair: Pair, facts: SourceFacts | null, report: Report): Prototypes {
  const { name, source, binary } = pair
  const rules = rulesOf(facts)
  const flags = source ? flagNames(source) : []
  const doc = source?.doc ?? null
  const inSource = source?.prototype ?? null
  if (!flags.includes(IMPLICIT_FLAG)) {
    const joined = reconcile(pair, inSource, binary?.prototype ?? null, report)
    return {
      prototype: joined && describePrototype(name, joined.shown, flags, rules, doc, joined.from),
      kernelPrototype: null,
    }
  }
  const isBroken = binary !== null && binary.twin === null && firstImplicit(binary.prototype, rules) >= 0
  if (isBroken) {
    const message = `${name} has ${IMPLICIT_FLAG}, and BTF of ${binary.object} has ${binary.isTagged ? '' : 'no bpf_kfunc tag and '}no shortened prototype: no program can call it in this build`
    report({ rule: 'broken-in-image', message, kfunc: name, place: definitionPlace(source) })
  }
  const full = isBroken
    ? binary.prototype
    : binary?.twin
      ? cutPrototype(name, binary.twin, binary.twin.parameters.length)
      : null
  const kernel = reconcile(pair, inSource, full, report)
  const declared = reconcile(
    pair,
    inSource && cutImplicit(pair, inSource, rules, report),
    isBroken ? null : (binary?.prototype ?? null),
    report,
  )
  return {
    prototype: declared && describePrototype(name, declared.shown, flags, rules, doc, declared.from),
    kernelPrototype: kernel && describePrototype(name, kernel.shown, flags, rules, doc, kernel.from),
  }
}

const rulesOf = (facts: SourceFacts | null): ParameterRules => ({
  suffixes: facts?.suffixes ?? [],
  implicitTypes: facts?.implicitTypes ?? [],
})

const definitionPlace = (source: SourceKfunc | null): Place | null =>
  source?.definition ? { ...source.definition, column: 1 } : null

/** What a program declares, by the rule of resolve_btfids. */
function cutImplicit(
  { name, source }: Pair,
  full: PlainPrototype,
  rules: ParameterRules,
  report: Report,
): PlainPrototype {
  const count = firstImplicit(full, rules)
  if (count >= 0) return cutPrototype(name, full, count)
  const message = `${name} has ${IMPLICIT_FLAG}, and no parameter of a type that resolve_btfids takes for implicit: ${full.text}`
  report({ rule: 'implicit-argument-not-found', message, kfunc: name, place: definitionPlace(source) })
  return full
}

/**
 * BTF decides; the source's text is shown where it says the same, since BTF loses the parameter names of callbacks.
 * Null where neither has a prototype.
 */
function reconcile(
  { name, source, binary }: Pair,
  inSource: PlainPrototype | null,
  inBinary: PlainPrototype | null,
  report: Report,
): { shown: PlainPrototype; from: Prototype['from'] } | null {
  if (!inBinary) return inSource && { shown: inSource, from: 'source' }
  if (!inSource) return { shown: inBinary, from: 'btf' }
  if (saysTheSame(inSource, inBinary)) return { shown: inSource, from: 'btf' }
  const message = `prototype of ${name}: "${inSource.text}" in source, "${inBinary.text}" in BTF of ${binary?.object}; BTF's is shown`
  report({ rule: 'prototype-disagrees', message, kfunc: name, place: definitionPlace(source) })
  return { shown: inBinary, from: 'btf' }
}

function twinOf({ name, binary }: Pair, facts: SourceFacts | null): ExtractedKfunc[] {
  if (!binary?.twin) return []
  const rules = rulesOf(facts)
  const prototype = describePrototype(`${name}_impl`, binary.twin, [IMPLICIT_FLAG], rules, null, 'btf')
  return [
    {
      name: `${name}_impl`,
      object: binary.object,
      kind: 'generated',
      bits: null,
      prototype,
      kernelPrototype: null,
      registrations: facts ? [] : null,
      definition: null,
      doc: null,
      remark: null,
      gating: null,
    },
  ]
}
