/** All rules of a content folder, in one go. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { type ContentFile, jsonFilesIn, loadPlaces, readJson } from '#content-fs'
import { StoredExamples } from '#lib/model/examples.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { FilterReadings } from '#lib/model/filter-reading.ts'
import { IntroducedTable, Mainline, Renames } from '#lib/model/knowledge.ts'
import { releaseOrder } from '#lib/model/order.ts'
import { followsOf } from '#lib/model/release-row.ts'
import { contradictions } from '#lib/publish/history/introduced.ts'
import { renameProblems } from '#lib/publish/relations/successors.ts'
import { publish } from '#lib/publish/release.ts'
import { rulesFound } from '#lib/publish/rules/basis.ts'
import { JsonError } from '#lib/text/json.ts'
import { fewerNames } from './fewer-names.ts'
import { checkReadings } from './filter-readings.ts'
import { type Problem, problemAt, problemOrder } from './problem.ts'
import { checkTexts } from './prose.ts'
import { checkRulePlaces } from './rule-places.ts'

/** Of one file: where its shape is off, it is off everywhere. */
const MOST_ISSUES = 3

/** What was checked, and what is wrong with it, in the order of the places. */
export interface Checked {
  readonly releases: number
  readonly filters: number
  readonly problems: readonly Problem[]
}

/** Checks the folder `content`. A file that is no JSON or does not fit its schema is a problem; what fits is checked further. */
export function checkContent(content: string): Checked {
  const broken: Problem[] = []
  const data = fitting(jsonFilesIn(join(content, 'data')), Extracted, broken)
  const filters = fitting(jsonFilesIn(join(content, 'filters')), FilterReadings, broken)
  const [renames] = fitting([join(content, 'renames.json')], Renames, broken)
  const [introduced] = fitting([join(content, 'introduced.json')], IntroducedTable, broken)
  const [mainline] = fitting([join(content, 'mainline.json')], Mainline, broken)
  const releases = data.map((release) => release.data)
  const isBroken = ({ place }: Problem): boolean => broken.some((other) => other.place.path === place.path)
  // what is read without a look at its shape when the site is built
  const examples = join(content, 'data/examples')
  fitting(existsSync(examples) ? jsonFilesIn(examples) : [], StoredExamples, broken)
  const problems = [
    ...broken,
    ...(mainline ? endProblems(data, mainline) : []),
    ...fewerNames(data),
    ...checkReadings(releases, filters, join(content, 'filters')).filter((problem) => !isBroken(problem)),
  ]
  const places = loadPlaces(content)
  problems.push(...checkRulePlaces(releases, places, join(content, 'data/places')))
  if (renames && introduced && mainline) {
    const knowledge = {
      filters: filters.map((filter) => filter.data),
      renames: renames.data,
      introduced: introduced.data,
      mainline: mainline.data,
      rules: rulesFound(places),
    }
    const published = publish(releases, knowledge)
    for (const complaint of renameProblems(published, renames.data))
      problems.push(problemAt(renames.file, complaint))
    for (const complaint of contradictions(published, introduced.data))
      problems.push(problemAt(introduced.file, complaint))
    problems.push(...checkTexts(content, releases, published))
  }
  return { releases: releases.length, filters: filters.length, problems: problems.sort(problemOrder) }
}

/** Major releases that another followed and of which the last minor release is not known; and lasts that were not the last. */
function endProblems(data: readonly Fitting<Extracted>[], mainline: Fitting<Mainline>): Problem[] {
  const majorOf = (id: string): number => Number.parseInt(id, 10)
  const { ends } = mainline.data
  const read = [...data].sort((a, b) => releaseOrder(a.data.release.id, b.data.release.id))
  return read.flatMap(({ file, data: { release } }, i): Problem[] => {
    const before = read[i - 1]?.data.release.id
    const problems: Problem[] = []
    const follows = before ? followsOf(release.id, before, mainline.data) : []
    if (before && follows.at(-1) !== before) {
      const major = majorOf(follows.at(-1) ?? release.id)
      const message = `a release of ${major}.x, and it is not known which of ${major - 1}.x was the last; write it into "ends" of content/mainline.json`
      problems.push(problemAt(file, { rule: 'major-end', message, keys: ['release', 'id'] }))
    }
    const at = ends.findIndex(({ last }) => majorOf(last) === majorOf(release.id))
    const last = ends[at]?.last
    if (last && releaseOrder(last, release.id) < 0) {
      const message = `${last} is the last of ${majorOf(last)}.x, says the row, but ${release.id} was read; correct "last"`
      problems.push(problemAt(mainline.file, { rule: 'major-end', message, keys: ['ends', at, 'last'] }))
    }
    return problems
  })
}

/** A file that is as its schema says. */
interface Fitting<T> {
  readonly file: ContentFile
  readonly data: T
}

/** The files that are as their schema says; what is wrong with the others goes to `problems`. */
function fitting<T>(paths: readonly string[], schema: z.ZodType<T>, problems: Problem[]): Fitting<T>[] {
  return paths.flatMap((path) => {
    const file = readOrComplain(path, problems)
    if (!file) return []
    const parsed = schema.safeParse(file.value)
    if (parsed.success) return [{ file, data: parsed.data }]
    const { issues } = parsed.error
    for (const { path: keys, message } of issues.slice(0, MOST_ISSUES))
      problems.push(
        problemAt(file, {
          rule: 'schema',
          message: `${keys.map(String).join('.') || 'the file'}: ${message}`,
          keys,
        }),
      )
    if (issues.length > MOST_ISSUES)
      problems.push(
        problemAt(file, {
          rule: 'schema',
          message: `and ${issues.length - MOST_ISSUES} more of the kind`,
          keys: [],
        }),
      )
    return []
  })
}

function readOrComplain(path: string, problems: Problem[]): ContentFile | null {
  try {
    return readJson(path)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    problems.push({ rule: 'json', message: error.seen, place: error.place })
    return null
  }
}
