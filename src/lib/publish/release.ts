/** The published data, derived from what extraction stored: the only way from `content/data` to `/data`. */

import { COMMON_HOOK, EXT, UNSPEC } from '#lib/kfunc/dialects.ts'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import type { FilterReadings } from '#lib/model/filter-reading.ts'
import type { IntroducedTable, Mainline, Renames } from '#lib/model/knowledge.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import {
  FORMAT,
  type Gap,
  type Gating,
  type Kfunc,
  type Release,
  type ReleaseHead,
} from '#lib/model/published.ts'
import { followsOf } from '#lib/model/release-row.ts'
import { contextArguments } from '#lib/publish/arguments/context.ts'
import { CASTS_ANY } from '#lib/publish/arguments/rules.ts'
import type { ReleaseExamples } from '#lib/publish/examples.ts'
import { provenAbsent } from '#lib/publish/history/absence.ts'
import { introducedOf } from '#lib/publish/history/introduced.ts'
import { describeByNeighbours, flagNames, fmodRetNames, neighboursOf } from '#lib/publish/neighbours.ts'
import { replacedBy } from '#lib/publish/relations/successors.ts'
import { hasRule, kfuncsOfRule, type RulesFound } from '#lib/publish/rules/basis.ts'
import {
  flagWithComment,
  type KnownTexts,
  knownDoc,
  knownRemark,
  knownTexts,
  prototypesWithTexts,
} from '#lib/publish/same-texts.ts'
import { hooksOf, type ReadFilter, readFilters } from '#lib/publish/support/filters.ts'
import { supportOf } from '#lib/publish/support/program-types.ts'
import { SLEEPING_CALLBACKS } from '#lib/publish/usage/rules.ts'

/** What people know and no program can read: the rest of `content`. */
export interface Knowledge {
  readonly filters: readonly FilterReadings[]
  readonly renames: Renames
  readonly introduced: IntroducedTable
  readonly mainline: Mainline
  /** What extraction looked up for our rules, by release; one that is not there was not read. */
  readonly rules: ReadonlyMap<string, RulesFound>
  /** By release; left out where examples are of no interest. */
  readonly examples?: ReadonlyMap<string, ReleaseExamples>
}

/** Publishes releases, oldest first. A release without source borrows names from its neighbours that have it. */
export function publish(extracted: readonly Extracted[], knowledge: Knowledge): Release[] {
  const sorted = [...extracted].sort((a, b) => releaseOrder(a.release.id, b.release.id))
  const texts = knownTexts(sorted)
  const silent = sorted.map((release, i) => {
    const follows = followsOf(release.release.id, sorted[i - 1]?.release.id ?? null, knowledge.mainline)
    const neighbours = neighboursOf(release, sorted)
    return publishRelease(
      release,
      { follows, neighbours, texts, rules: rulesOf(release, sorted, knowledge) },
      knowledge,
    )
  })
  const releases = silent.map((release) => ({
    ...release,
    absent: provenAbsent(release, silent, knowledge.introduced),
  }))
  return releases.map((release) => addHistory(release, releases, knowledge))
}

/** Adds what only the row of releases tells: when each kfunc came, and what stands for it. */
function addHistory(
  release: Release,
  releases: readonly Release[],
  { renames, introduced }: Knowledge,
): Release {
  const kfuncs = release.kfuncs.map((kfunc) => ({
    ...kfunc,
    introduced:
      kfunc.kind === 'generated' ? null : introducedOf(kfunc.name, release.release.id, releases, introduced),
    replacedBy: replacedBy(kfunc.name, release.release.id, releases, renames.renames),
  }))
  return { ...release, kfuncs }
}

/** The program types that a program can have of its own: all but UNSPEC, and EXT, which answers as its target. */
export function programTypesOf(extracted: Extracted): string[] {
  return extracted.programTypes.filter((type) => type !== UNSPEC && type !== EXT).sort(byteOrder)
}

/** What the row of releases tells of one before it is published. */
interface RowFacts {
  readonly follows: string[]
  readonly neighbours: readonly Extracted[]
  /** The texts that releases have of their own. */
  readonly texts: KnownTexts
  readonly rules: Release['rules']
}

/** The rules of a release; where they were not looked up, those of the nearest before and after in which they were. */
function rulesOf(release: Extracted, sorted: readonly Extracted[], { rules }: Knowledge): Release['rules'] {
  const found = sorted.map((one) => rules.get(one.release.id))
  const at = sorted.indexOf(release)
  const own = found[at]
  if (own) return [own]
  const before = found.slice(0, at).findLast((one) => one !== undefined)
  const after = found.slice(at).find((one) => one !== undefined)
  return before && after ? [before, after] : []
}

function publishRelease(
  extracted: Extracted,
  { follows, neighbours, texts, rules }: RowFacts,
  knowledge: Knowledge,
): Release {
  const isBtfOnly = extracted.release.coverage === 'btf-only'
  const attachPoints = isBtfOnly ? fmodRetNames(extracted, neighbours) : new Set<string>()
  const filters = readFilters(extracted, knowledge.filters)
  const named: NamedByVerifier = {
    castsAny: kfuncsOfRule(CASTS_ANY, { rules }),
    callbacks: SLEEPING_CALLBACKS.filter(({ by }) => hasRule(by, { rules }))
      .map(({ struct }) => struct)
      .sort(byteOrder),
  }
  const examples = knowledge.examples?.get(extracted.release.id)
  const gaps: Gap[] = [...extracted.gaps, ...(examples?.gaps ?? []), ...filters.flatMap(gapOfUnread)]
  const kfuncs = extracted.kfuncs
    .filter(({ name }) => !attachPoints.has(name))
    .map((kfunc) => {
      const own = examples?.byKfunc.get(kfunc.name) ?? []
      return publishKfunc(kfunc, own, { extracted, neighbours, texts, filters, named }, gaps)
    })
  const types = programTypesOf(extracted)
  const count = (kind: Kfunc['kind']): number => kfuncs.filter((kfunc) => kfunc.kind === kind).length
  return {
    format: FORMAT,
    release: {
      ...headOf(extracted.release, knowledge.mainline),
      counts: {
        kfuncs: count('callable'),
        testOnly: count('test-only'),
        generated: count('generated'),
        gaps: gaps.length,
      },
      follows,
    },
    flags: extracted.flags.map((flag) => flagWithComment(flag, texts)),
    suffixes: extracted.suffixes,
    hooks: extracted.hooks.map((hook) =>
      hook.name === COMMON_HOOK ? { ...hook, programTypes: types } : hook,
    ),
    filters: filters.map(({ filter, reading }) => ({
      name: filter.name,
      kind: filter.kind,
      sets: filter.kind === 'filter' ? filter.sets : filter.asks,
      hooks:
        filter.kind === 'check'
          ? extracted.hooks.map(({ name }) => name)
          : [...hooksOf(extracted, filter.sets)].sort(byteOrder),
      sentence: reading?.sentence ?? null,
      at: filter.at,
    })),
    compiler: examples?.compiler ?? null,
    demands: extracted.demands,
    destructors: extracted.destructors,
    kfuncs,
    absent: [],
    gaps,
    rules,
  }
}

/** What a release says of itself, with what follows from it and what kernel.org says. */
function headOf(
  { id, ...read }: Extracted['release'],
  { longTerm }: Mainline,
): Omit<ReleaseHead, 'counts' | 'follows'> {
  return {
    id,
    series: `${id.split('.')[0]}.x`,
    longTerm: longTerm.releases.includes(id),
    ...read,
    files: read.sources.length > 0 ? `/data/${id}.files.txt` : null,
  }
}

function gapOfUnread({ filter, reading }: ReadFilter): Gap[] {
  if (reading) return []
  const seen = filter.sha256 === null ? 'whose definition was not found' : `sha256 ${filter.sha256}`
  const message = `no one has read ${filter.name}() as it stands in this release (${seen}): what it lets through is not known`
  return [{ rule: 'filter-unread', message, kfunc: null, at: filter.at }]
}

/** What the verifier of a release knows by name. */
interface NamedByVerifier {
  /** Kfuncs that take the context of any program whose kernel form is a struct. */
  readonly castsAny: readonly string[]
  /** Structs whose callbacks may sleep. */
  readonly callbacks: readonly string[]
}

/** What a kfunc is read by. */
interface ReleaseFacts {
  readonly extracted: Extracted
  readonly neighbours: readonly Extracted[]
  readonly texts: KnownTexts
  readonly filters: readonly ReadFilter[]
  readonly named: NamedByVerifier
}

/** Its keys stand in the order of the schema, in which they are printed. */
function publishKfunc(
  kfunc: ExtractedKfunc,
  examples: Kfunc['examples'],
  { extracted, neighbours, texts, filters, named }: ReleaseFacts,
  gaps: Gap[],
): Kfunc {
  const isBtfOnly = extracted.release.coverage === 'btf-only'
  const isTest = neighbours[0]?.kfuncs.some(({ name, kind }) => name === kfunc.name && kind === 'test-only')
  const flags = flagsOf(kfunc, extracted, neighbours, gaps)
  const prototype =
    kfunc.prototype && isBtfOnly
      ? describeByNeighbours(kfunc, kfunc.prototype, flags, neighbours)
      : kfunc.prototype
  const prototypes = { prototype, kernelPrototype: isBtfOnly ? null : (kfunc.kernelPrototype ?? prototype) }
  const doc = knownDoc(kfunc, texts)
  return {
    name: kfunc.name,
    object: kfunc.object,
    kind: isBtfOnly && isTest ? 'test-only' : kfunc.kind,
    ...(extracted.release.texts === 'facts' ? prototypesWithTexts(prototypes, doc, extracted) : prototypes),
    flags,
    registrations: kfunc.registrations,
    programTypes: isBtfOnly
      ? null
      : programTypesOf(extracted).map((type) => supportOf(kfunc, type, extracted, filters, named.callbacks)),
    contextArguments:
      isBtfOnly || !prototype ? null : contextArguments(kfunc.name, prototype, extracted, named.castsAny),
    config: kfunc.gating?.config ?? null,
    gating: kfunc.gating && gatingOf(kfunc.gating),
    definition: kfunc.definition,
    doc,
    docAt: kfunc.doc?.at ?? null,
    remark: knownRemark(kfunc, texts),
    examples,
    introduced: null,
    replacedBy: null,
  }
}

const gatingOf = ({ config: _, ...gating }: NonNullable<ExtractedKfunc['gating']>): Gating => gating

/** In bit order: the union over the registrations, or, where there is none, the binary's numbers by name. */
function flagsOf(
  kfunc: ExtractedKfunc,
  extracted: Extracted,
  neighbours: readonly Extracted[],
  gaps: Gap[],
): string[] {
  const named = new Set(kfunc.registrations?.flatMap(({ flags }) => flags))
  if (named.size > 0 || kfunc.registrations?.length) {
    const bits = new Map(extracted.flags.map((flag) => [flag.name, flag.bit]))
    const bitOf = (flag: string): number => bits.get(flag) ?? Number.MAX_SAFE_INTEGER
    return [...named].sort((a, b) => bitOf(a) - bitOf(b))
  }
  const { names, unnamed } = flagNames(kfunc.bits ?? 0, [extracted, ...neighbours])
  for (const bit of unnamed) {
    const message = `${kfunc.name} has flag bit ${bit}, which no release with source names`
    gaps.push({ rule: 'flag-unnamed', message, kfunc: kfunc.name, at: null })
  }
  return names
}
