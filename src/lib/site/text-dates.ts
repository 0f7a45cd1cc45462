/** When releases had what the dates of hand-written texts are about. */
import type { Lifespan } from '#lib/model/lifespan.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'
import { printPlace } from '#lib/model/places.ts'
import type { Introduced, Release } from '#lib/model/published.ts'
import { rowOf } from '#lib/model/release-row.ts'
import { printThing, type Thing } from '#lib/model/subject.ts'
import type { Dates } from '#lib/prose/dates.ts'
import type { DatedFacts, ProseFiles } from '#lib/prose/library.ts'
import { absencesAfter, lifespansOf, type Shown, withIntroduced } from '#lib/publish/history/lifespans.ts'
import { type Presence, sightingIn } from '#lib/publish/history/presence.ts'
import { programTypeSegment } from '#lib/site/links/urls.ts'

/** What is at hand of one release. */
interface Known {
  readonly release: Release
  readonly facts: DatedFacts | undefined
  /** By place: whether it was found. */
  readonly places: ReadonlyMap<string, boolean>
}

/** What the dates of texts are taken from. `releases` are oldest first. */
export function textDates(
  releases: readonly Release[],
  { places, facts }: Pick<ProseFiles, 'places' | 'facts'>,
): Dates {
  const all = releases.map((release): Known => {
    const { id } = release.release
    const stored = places.find((one) => one.release === id)
    const found = stored?.places.map(({ of }) => [of, true] as const) ?? []
    const absent = stored?.absent.map((of) => [of, false] as const) ?? []
    return { release, facts: facts.find((one) => one.release === id), places: new Map([...found, ...absent]) }
  })
  const shown = (things: readonly Thing[]): Shown[] =>
    all.map((known) => ({ release: known.release.release.id, presence: presenceOf(things, known) }))
  const row = rowOf(releases)
  const made = new Map<string, readonly Lifespan[]>()
  return {
    lifespans: ({ things, isGone }) => {
      const key = `${isGone} ${things.map(printThing).join(' ')}`
      const before = made.get(key)
      if (before) return before
      const seen = shown(things)
      const [thing, ...more] = things
      const isKfunc = thing?.is === 'kfunc' && thing.flag === null && more.length === 0
      const there = isKfunc
        ? withIntroduced(lifespansOf(seen, row), seen, row, cameOf(thing.name, releases))
        : lifespansOf(seen, row)
      const spans = isGone ? absencesAfter(there) : there
      made.set(key, spans)
      return spans
    },
  }
}

/** Has a release one of these things? It has not where it is known to have none. */
function presenceOf(things: readonly Thing[], known: Known): Presence {
  const all = things.map((thing) => presenceOfOne(thing, known))
  return all.find((one) => one === 'there') ?? all.find((one) => one === 'unknown') ?? 'absent'
}

function presenceOfOne(thing: Thing, { release, facts, places }: Known): Presence {
  if (thing.is === 'kfunc') return presenceOfKfunc(thing.name, thing.flag, release)
  if (thing.is === 'kernel') return told(places.get(printPlace(thing.place)))
  return release.release.coverage === 'btf-only' ? 'unknown' : told(hasThing(thing, release, facts))
}

/** Flags of a release without source are named after its neighbours: they prove nothing. */
function presenceOfKfunc(name: string, flag: string | null, release: Release): Presence {
  const { kfunc, presence } = sightingIn(release, name)
  if (flag === null || !kfunc) return presence
  return release.release.coverage === 'btf-only' ? 'unknown' : told(kfunc.flags.includes(flag))
}

const told = (has: boolean | undefined): Presence =>
  has === undefined ? 'unknown' : has ? 'there' : 'absent'

/** Does the source of a release have it? undefined: that was not read. */
function hasThing(
  thing: Exclude<Thing, { is: 'kfunc' | 'kernel' }>,
  release: Release,
  facts: DatedFacts | undefined,
): boolean | undefined {
  const { name } = thing
  switch (thing.is) {
    case 'flag':
      return release.flags.some((flag) => flag.name === name)
    case 'suffix':
      return release.suffixes.some((suffix) => suffix.name === name)
    case 'filter':
      return release.filters.some((filter) => filter.name === name)
    case 'type':
      return programTypesOf(release).has(name)
    case 'hook':
      return release.hooks.some(
        (hook) =>
          hook.name === name &&
          (thing.type === null || hook.programTypes.map(programTypeSegment).includes(thing.type)),
      )
    case 'sleepable':
      return facts?.sleepability
        ? [...facts.sleepability.may, ...facts.sleepability.always].map(programTypeSegment).includes(name)
        : undefined
    case 'attach':
      return facts?.vocabulary?.attachTypes.includes(name)
    case 'struct_ops': {
      const members = facts?.vocabulary?.structOps.find((type) => type.name === name)?.members
      if (!facts?.vocabulary) return undefined
      return members !== undefined && (thing.member === null || members.includes(thing.member))
    }
    default:
      return thing satisfies never
  }
}

const programTypesOf = memoisePerObject(
  ({ kfuncs }: Release) =>
    new Set(
      kfuncs.flatMap(({ programTypes }) =>
        (programTypes ?? []).map(({ programType }) => programTypeSegment(programType)),
      ),
    ),
)

/** What is known of when a kfunc came, by a release that has it. */
const cameOf =
  (name: string, releases: readonly Release[]) =>
  (id: string): Introduced | null => {
    const release = releases.find((one) => one.release.id === id)
    return (release && sightingIn(release, name).kfunc?.introduced) ?? null
  }
