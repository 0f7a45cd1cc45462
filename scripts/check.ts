/** npm run check: holds content/ against its rules; prints what is wrong and what to do, and fails when anything is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Extracted } from '#lib/model/extracted.ts'
import { FilterReadings } from '#lib/model/filter-reading.ts'
import { IntroducedTable, Renames } from '#lib/model/knowledge.ts'
import { byteOrder } from '#lib/model/order.ts'
import { contradictions } from '#lib/publish/introduced.ts'
import { publish } from '#lib/publish/release.ts'
import { renameProblems } from '#lib/publish/successors.ts'
import { Failure, runMain } from './lib/failure.ts'
import { checkReadings } from './lib/rules/filter-readings.ts'
import { type ContentFile, type Problem, placeOfValue } from './lib/rules/problem.ts'

const HELP = `usage: npm run check [-- --content DIR]

Checks the hand-written content against the extracted data. Prints path:line:column  rule  message, and exits 1 if
anything is wrong.
`

/** Of one file: where its shape is off, it is off everywhere. */
const MOST_ISSUES = 3

function readJson(path: string): ContentFile {
  const text = readFileSync(path, 'utf8')
  try {
    return { path, text, value: JSON.parse(text) as unknown }
  } catch (error) {
    throw new Failure(`${path}: ${error instanceof Error ? error.message : error}; expected JSON`)
  }
}

const jsonFilesIn = (folder: string): ContentFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort(byteOrder)
    .map((name) => readJson(join(folder, name)))

/** A file that does not fit its schema is a problem of its own; what fits is checked further. */
function fitting<T>(
  files: readonly ContentFile[],
  schema: {
    safeParse(value: unknown): {
      success: boolean
      data?: T
      error?: { issues: readonly { path: PropertyKey[]; message: string }[] }
    }
  },
  problems: Problem[],
): { file: ContentFile; data: T }[] {
  return files.flatMap((file) => {
    const parsed = schema.safeParse(file.value)
    if (parsed.success && parsed.data !== undefined) return [{ file, data: parsed.data }]
    const issues = parsed.error?.issues ?? []
    for (const { path, message } of issues.slice(0, MOST_ISSUES)) {
      const where = path.map(String)
      problems.push({
        rule: 'schema',
        message: `${where.join('.')}: ${message}`,
        place: placeOfValue(file, where),
      })
    }
    if (issues.length > MOST_ISSUES) {
      const message = `and ${issues.length - MOST_ISSUES} more of the kind`
      problems.push({ rule: 'schema', message, place: placeOfValue(file, []) })
    }
    return []
  })
}

await runMain(
  async () => {
    const { values } = parseArgs({ options: { content: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) {
      process.stdout.write(HELP)
      return
    }
    const content = values.content ?? 'content'
    if (!existsSync(join(content, 'data')))
      throw new Failure(`${content} has no folder data`, { hint: 'run npm run extract first' })
    const problems: Problem[] = []
    const said: string[] = []
    const releases = fitting(jsonFilesIn(join(content, 'data')), Extracted, problems).map(({ data }) => data)
    const readings = fitting(jsonFilesIn(join(content, 'filters')), FilterReadings, problems)
    problems.push(...checkReadings(releases, readings, join(content, 'filters')))
    const renames = fitting([readJson(join(content, 'renames.json'))], Renames, problems)[0]
    const introduced = fitting([readJson(join(content, 'introduced.json'))], IntroducedTable, problems)[0]
    if (renames && introduced) {
      const filters = readings.map(({ data }) => data)
      const published = publish(releases, { filters, renames: renames.data, introduced: introduced.data })
      said.push(...renameProblems(published, renames.data, renames.file))
      said.push(...contradictions(published, introduced.data, introduced.file))
    }
    for (const { rule, message, place } of problems)
      process.stdout.write(`${place.path}:${place.line}:${place.column}  ${rule}  ${message}\n`)
    for (const line of said) process.stdout.write(`${line}\n`)
    const count = problems.length + said.length
    process.stdout.write(`${releases.length} releases, ${readings.length} filters read, ${count} problems\n`)
    if (count > 0) process.exitCode = 1
  },
  { interrupted: () => 'interrupted' },
)
