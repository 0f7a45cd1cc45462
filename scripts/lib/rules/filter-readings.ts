/** Rules of `content/filters`: every filter is read, every name exists, every reading changes an answer. */
import { join } from 'node:path'
import { EXT, UNSPEC } from '#lib/kfunc/dialects.ts'
import type { Extracted, FilterFunction } from '#lib/model/extracted.ts'
import type { Allow, FilterReadings, Reading } from '#lib/model/filter-reading.ts'
import { readFilters, readingFor } from '#lib/publish/filters.ts'
import { type ContentFile, type Problem, placeOfString } from './problem.ts'

interface ReadingFile {
  readonly file: ContentFile
  readonly data: FilterReadings
}

/** Checks the readings against all releases. `folder` is where they lie, for messages. */
export function checkReadings(
  releases: readonly Extracted[],
  readings: readonly ReadingFile[],
  folder: string,
): Problem[] {
  return [
    ...releases.flatMap((release) => checkUnread(release, readings, folder)),
    ...readings.flatMap((reading) => checkFile(reading, releases)),
  ]
}

function checkUnread(release: Extracted, readings: readonly ReadingFile[], folder: string): Problem[] {
  const all = readings.map(({ data }) => data)
  return release.filters
    .filter((filter) => !readingFor(filter, all))
    .map((filter) => {
      const known = readings.find(({ data }) => data.name === filter.name)
      const path = known?.file.path ?? join(folder, `${filter.name}.json`)
      const seen = `${filter.name}() of ${release.release.id} (${filter.at.path}:${filter.at.line}) ${known ? 'is not as any reading has it' : 'was never read'}`
      const todo = `read it and what it asks (${filter.asks.join(', ')}), then write in ${path} a reading with "pins": { "${release.release.id}": "${filter.sha256}" }`
      return { rule: 'filter-unread', message: `${seen}: ${todo}`, place: { path, line: 1, column: 1 } }
    })
}

function checkFile({ file, data }: ReadingFile, releases: readonly Extracted[]): Problem[] {
  return data.readings.flatMap((reading) => [
    ...checkPins(file, data.name, reading, releases),
    ...releasesOf(data.name, reading, releases).flatMap((release) => checkNames(file, reading, release)),
    ...checkEffect(file, data, reading, releases),
  ])
}

const filterIn = (release: Extracted, name: string): FilterFunction | undefined =>
  release.filters.find((filter) => filter.name === name)

/** The releases whose source of the filter is what the reading is pinned to. */
function releasesOf(name: string, reading: Reading, releases: readonly Extracted[]): Extracted[] {
  const pins = Object.values(reading.pins)
  return releases.filter((release) => pins.includes(filterIn(release, name)?.sha256 ?? ''))
}

function checkPins(
  file: ContentFile,
  name: string,
  { pins }: Reading,
  releases: readonly Extracted[],
): Problem[] {
  return Object.entries(pins).flatMap(([id, sha256]) => {
    const release = releases.find((candidate) => candidate.release.id === id)
    const found = release && filterIn(release, name)
    if (found?.sha256 === sha256) return []
    const seen = !release
      ? `release ${id} is not in content/data`
      : !found
        ? `release ${id} has no filter ${name}()`
        : `${name}() of ${id} has sha256 ${found.sha256}`
    const message = `pinned to ${sha256.slice(0, 12)}… of ${id}, and ${seen}: read it again, or take the pin out`
    return [{ rule: 'filter-pin', message, place: placeOfString(file, sha256) }]
  })
}

/** Every id table, program type, attach type, struct_ops member and LSM hook that is named must be there in the release. */
function checkNames(file: ContentFile, { governs, allows }: Reading, release: Extracted): Problem[] {
  const { vocabulary } = release
  const tables = new Set([...release.tables.map(({ name }) => name), ...registeredSets(release)])
  const types = release.programTypes.filter((type) => type !== UNSPEC && type !== EXT)
  const unknown = (what: string, name: string, isKnown: boolean): Problem[] => {
    if (isKnown) return []
    const message = `${release.release.id} has no ${what} ${name}: check its spelling, or give that release a reading of its own`
    return [{ rule: 'filter-name', message, place: placeOfString(file, name) }]
  }
  const ofAllow = ({ sets, notIn, programTypes, exceptProgramTypes, when }: Allow): Problem[] => [
    ...[...(sets ?? []), ...(notIn ?? [])].flatMap((name) => unknown('id table', name, tables.has(name))),
    ...[...(programTypes ?? []), ...(exceptProgramTypes ?? [])].flatMap((name) =>
      unknown('program type', name, types.includes(name)),
    ),
    ...(when?.attach ?? []).flatMap((name) =>
      unknown('attach type', name, vocabulary?.attachTypes.includes(name) ?? false),
    ),
    ...[...(when?.lsmHooks?.only ?? []), ...(when?.lsmHooks?.except ?? [])].flatMap((name) =>
      unknown('LSM hook', name, vocabulary?.lsmHooks.includes(name) ?? false),
    ),
    ...Object.entries(when?.structOps ?? {}).flatMap(([type, members]) => {
      const known = vocabulary?.structOps.find(({ name }) => name === type)
      if (!known) return unknown('struct_ops type', type, false)
      return members === '*'
        ? []
        : members.flatMap((member) => unknown(`member of ${type}`, member, known.members.includes(member)))
    }),
  ]
  return [
    ...governs.flatMap((name) => unknown('id table', name, tables.has(name))),
    ...allows.flatMap(ofAllow),
  ]
}

const registeredSets = ({ kfuncs }: Extracted): string[] => [
  ...new Set(kfuncs.flatMap(({ registrations }) => (registrations ?? []).map(({ set }) => set))),
]

/** A reading that holds for no release, or governs no kfunc in any, no longer says anything. */
function checkEffect(
  file: ContentFile,
  data: FilterReadings,
  reading: Reading,
  releases: readonly Extracted[],
): Problem[] {
  const own = releasesOf(data.name, reading, releases)
  const governs = own.some((release) =>
    readFilters(release, [data]).some(
      ({ filter, governs: names }) => filter.name === data.name && names.size > 0,
    ),
  )
  if (governs) return []
  const message = 'this reading changes no answer in any release: take it out'
  return [{ rule: 'filter-idle', message, place: placeOfString(file, reading.sentence) }]
}
