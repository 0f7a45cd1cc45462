/** Rules of `content/filters`: every filter is read, every name exists, every reading changes an answer. */
import { basename, join } from 'node:path'
import type { Extracted, FilterFunction } from '#lib/model/extracted.ts'
import type { Allow, FilterReadings, Reading } from '#lib/model/filter-reading.ts'
import type { Complaint } from '#lib/publish/history/introduced.ts'
import { programTypesOf } from '#lib/publish/release.ts'
import { readingFor } from '#lib/publish/support/filters.ts'
import type { SourceText } from '#lib/text/source.ts'
import { checkEffect, type ReleaseWithFilters, readRelease } from './filter-effects.ts'
import { type Problem, problemAt } from './problem.ts'

/** A file of `content/filters` that fits its schema. */
export interface ReadingFile {
  readonly file: SourceText
  readonly data: FilterReadings
}

type Keys = Complaint['keys']

/** Checks the readings against all releases. `folder` is where they lie, for messages. */
export function checkReadings(
  releases: readonly Extracted[],
  readings: readonly ReadingFile[],
  folder: string,
): Problem[] {
  const all = readings.map(({ data }) => data)
  const read = releases.map((release) => readRelease(release, all))
  return [
    ...releases.flatMap((release) => checkUnread(release, readings, folder)),
    ...readings.flatMap(({ file, data }, i) =>
      [...checkFile(file, data, readings.slice(0, i)), ...checkContent(data, read)].map((complaint) =>
        problemAt(file, complaint),
      ),
    ),
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
      const todo =
        filter.sha256 === null
          ? `its definition was not found, so that nothing can be pinned: see why the source at that line defines no ${filter.name}()`
          : `read it and what it asks (${filter.asks.join(', ')}), then write in ${path} a reading with "pins": { "${release.release.id}": "${filter.sha256}" }`
      return { rule: 'filter-unread', message: `${seen}: ${todo}`, place: { path, line: 1, column: 1 } }
    })
}

/** One file a filter, of its name: of two files for one filter, only the first would be read. */
function checkFile(
  { path }: SourceText,
  { name }: FilterReadings,
  before: readonly ReadingFile[],
): Complaint[] {
  const complain = (message: string): Complaint[] => [{ rule: 'filter-file', message, keys: ['name'] }]
  const other = before.find(({ data }) => data.name === name)
  return [
    ...(basename(path) === `${name}.json`
      ? []
      : complain(`the file is ${basename(path)} and its filter ${name}: name the file ${name}.json`)),
    ...(other ? complain(`${other.file.path} has readings of ${name} too: put all into one file`) : []),
  ]
}

function checkContent(
  { name, readings }: FilterReadings,
  releases: readonly ReleaseWithFilters[],
): Complaint[] {
  return readings.flatMap((reading, i) => {
    const keys = ['readings', i]
    const own = releasesOf(name, reading, releases)
    return [
      ...checkPins(name, reading, releases, keys),
      ...checkPinnedOnce(reading, readings.slice(0, i), keys),
      ...own.flatMap(({ extracted }) => checkNames(reading, extracted, keys)),
      ...checkEffect(name, reading, own, keys),
    ]
  })
}

const filterIn = (release: Extracted, name: string): FilterFunction | undefined =>
  release.filters.find((filter) => filter.name === name)

/** The releases whose source of the filter is what the reading is pinned to. */
function releasesOf(
  name: string,
  reading: Reading,
  releases: readonly ReleaseWithFilters[],
): ReleaseWithFilters[] {
  const pins = Object.values(reading.pins)
  return releases.filter(({ extracted }) => pins.includes(filterIn(extracted, name)?.sha256 ?? ''))
}

function checkPins(
  name: string,
  { pins }: Reading,
  releases: readonly ReleaseWithFilters[],
  keys: Keys,
): Complaint[] {
  return Object.entries(pins).flatMap(([id, sha256]) => {
    const release = releases.find(({ extracted }) => extracted.release.id === id)?.extracted
    const found = release && filterIn(release, name)
    if (found?.sha256 === sha256) return []
    const seen = !release
      ? `release ${id} is not in content/data`
      : !found
        ? `release ${id} has no filter ${name}()`
        : `${name}() of ${id} has sha256 ${found.sha256}`
    const message = `pinned to ${sha256.slice(0, 12)}… of ${id}, and ${seen}: read it again, or take the pin out`
    return [{ rule: 'filter-pin', message, keys: [...keys, 'pins', id] }]
  })
}

/** One source has one meaning: of two readings of it, only the first would be read. */
function checkPinnedOnce({ pins }: Reading, before: readonly Reading[], keys: Keys): Complaint[] {
  const known = before.flatMap((reading) => Object.values(reading.pins))
  return Object.entries(pins)
    .filter(([, sha256]) => known.includes(sha256))
    .map(([id, sha256]) => ({
      rule: 'filter-pin',
      message: `a reading before this one is pinned to ${sha256.slice(0, 12)}… too: put both into one, or take a pin out`,
      keys: [...keys, 'pins', id],
    }))
}

/** Every id table, program type, attach type, struct_ops member and LSM hook that is named must be there in the release. */
function checkNames({ governs, allows }: Reading, release: Extracted, keys: Keys): Complaint[] {
  const { vocabulary } = release
  const tables = [...release.tables.map(({ name }) => name), ...registeredSets(release)]
  const types = programTypesOf(release)
  const unknown = (what: string, names: readonly string[] = [], known: readonly string[] = [], at: Keys) =>
    names.flatMap((name, i) =>
      known.includes(name) ? [] : [complaintOf(release, what, name, [...keys, ...at, i])],
    )
  const ofAllow = ({ sets, notIn, programTypes, exceptProgramTypes, when }: Allow, at: Keys): Complaint[] => [
    ...unknown('id table', sets, tables, [...at, 'sets']),
    ...unknown('id table', notIn, tables, [...at, 'notIn']),
    ...unknown('program type', programTypes, types, [...at, 'programTypes']),
    ...unknown('program type', exceptProgramTypes, types, [...at, 'exceptProgramTypes']),
    ...unknown('attach type', when?.attach, vocabulary?.attachTypes, [...at, 'when', 'attach']),
    ...unknown('LSM hook', when?.lsmHooks?.only, vocabulary?.lsmHooks, [...at, 'when', 'lsmHooks', 'only']),
    ...unknown('LSM hook', when?.lsmHooks?.except, vocabulary?.lsmHooks, [
      ...at,
      'when',
      'lsmHooks',
      'except',
    ]),
    ...Object.entries(when?.structOps ?? {}).flatMap(([type, members]) => {
      const here: Keys = [...at, 'when', 'structOps', type]
      const known = vocabulary?.structOps.find(({ name }) => name === type)
      if (!known) return [complaintOf(release, 'struct_ops type', type, [...keys, ...here])]
      return members === '*' ? [] : unknown(`member of ${type}`, members, known.members, here)
    }),
  ]
  return [
    ...unknown('id table', governs, tables, ['governs']),
    ...allows.flatMap((allow, i) => ofAllow(allow, ['allows', i])),
  ]
}

const complaintOf = ({ release }: Extracted, what: string, name: string, keys: Keys): Complaint => ({
  rule: 'filter-name',
  message: `${release.id} has no ${what} ${name}: check its spelling, or give that release a reading of its own`,
  keys,
})

const registeredSets = ({ kfuncs }: Extracted): string[] => [
  ...new Set(kfuncs.flatMap(({ registrations }) => (registrations ?? []).map(({ set }) => set))),
]
