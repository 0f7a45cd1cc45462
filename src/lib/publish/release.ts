/** The published data, derived from what extraction stored: the only way from `content/data` to `/data`. */

import { COMMON_HOOK, EXT, UNSPEC } from '#lib/kfunc/dialects.ts'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { FORMAT, type Gap, type Kfunc, type Release } from '#lib/model/published.ts'
import { fmodRetNames, nameBits, neighboursOf, redescribe } from '#lib/publish/neighbours.ts'
import { supportOf } from '#lib/publish/support.ts'

/** Publishes releases, oldest first. A release without source borrows names from its neighbours that have it. */
export function publish(extracted: readonly Extracted[]): Release[] {
  const sorted = [...extracted].sort((a, b) => releaseOrder(a.release.id, b.release.id))
  return sorted.map((release) => publishRelease(release, neighboursOf(release, sorted)))
}

/** The program types that a program can have of its own: all but UNSPEC, and EXT, which answers as its target. */
export function programTypesOf(extracted: Extracted): string[] {
  return extracted.programTypes.filter((type) => type !== UNSPEC && type !== EXT).sort(byteOrder)
}

function publishRelease(extracted: Extracted, neighbours: readonly Extracted[]): Release {
  const isBtfOnly = extracted.release.coverage === 'btf-only'
  const attachPoints = isBtfOnly ? fmodRetNames(extracted, neighbours) : new Set<string>()
  const gaps: Gap[] = [...extracted.gaps]
  const kfuncs = extracted.kfuncs
    .filter(({ name }) => !attachPoints.has(name))
    .map((kfunc) => publishKfunc(kfunc, extracted, neighbours, gaps))
  const types = programTypesOf(extracted)
  const count = (kind: Kfunc['kind']): number => kfuncs.filter((kfunc) => kfunc.kind === kind).length
  return {
    format: FORMAT,
    release: {
      ...extracted.release,
      counts: {
        kfuncs: count('callable'),
        testOnly: count('test-only'),
        generated: count('generated'),
        gaps: gaps.length,
      },
    },
    flags: extracted.flags,
    suffixes: extracted.suffixes,
    hooks: extracted.hooks.map((hook) =>
      hook.name === COMMON_HOOK ? { ...hook, programTypes: types } : hook,
    ),
    filters: extracted.filters.map(({ name, sets, at }) => ({
      name,
      sets,
      hooks: hooksOf(extracted, sets),
      sentence: null,
      at,
    })),
    kfuncs,
    gaps,
  }
}

/** The hooks that any of the sets is registered for, sorted by name. */
function hooksOf({ kfuncs, hooks }: Extracted, sets: readonly string[]): string[] {
  const registered = kfuncs
    .flatMap((kfunc) => kfunc.registrations ?? [])
    .filter(({ set }) => sets.includes(set))
  const names = registered.flatMap(
    ({ programType }) => hooks.find((hook) => hook.programTypes.includes(programType))?.name ?? [],
  )
  return [...new Set(names)].sort(byteOrder)
}

function publishKfunc(
  kfunc: ExtractedKfunc,
  extracted: Extracted,
  neighbours: readonly Extracted[],
  gaps: Gap[],
): Kfunc {
  const isBtfOnly = extracted.release.coverage === 'btf-only'
  const isTest = neighbours[0]?.kfuncs.some(({ name, kind }) => name === kfunc.name && kind === 'test-only')
  const flags = flagsOf(kfunc, extracted, neighbours, gaps)
  const prototype =
    kfunc.prototype && isBtfOnly ? redescribe(kfunc, kfunc.prototype, flags, neighbours) : kfunc.prototype
  return {
    name: kfunc.name,
    object: kfunc.object,
    kind: isBtfOnly && isTest ? 'test-only' : kfunc.kind,
    prototype,
    kernelPrototype: isBtfOnly ? null : (kfunc.kernelPrototype ?? prototype),
    flags,
    registrations: kfunc.registrations,
    programTypes: isBtfOnly
      ? null
      : programTypesOf(extracted).map((type) => supportOf(kfunc, type, extracted)),
    config: null,
    definition: kfunc.definition,
    doc: kfunc.doc,
    examples: [],
    introduced: null,
    replacedBy: null,
  }
}

/** In bit order: the union over the registrations, or, where there is none, the binary's numbers by name. */
function flagsOf(
  kfunc: ExtractedKfunc,
  extracted: Extracted,
  neighbours: readonly Extracted[],
  gaps: Gap[],
): string[] {
  const named = new Set(kfunc.registrations?.flatMap(({ flags }) => flags))
  if (named.size > 0 || kfunc.registrations?.length) {
    const bit = new Map(extracted.flags.map((flag) => [flag.name, flag.bit]))
    return [...named].sort((a, b) => (bit.get(a) ?? 32) - (bit.get(b) ?? 32))
  }
  const { names, unnamed } = nameBits(kfunc.bits ?? 0, [extracted, ...neighbours])
  for (const bit of unnamed) {
    const message = `${kfunc.name} has flag bit ${bit}, which no release with source names`
    gaps.push({ rule: 'flag-unnamed', message, kfunc: kfunc.name, at: null })
  }
  return names
}
