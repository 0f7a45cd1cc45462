/** The one module that reads `content/` from disk, for pages and tests. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Extracted } from '#lib/model/extracted.ts'
import { FilterReadings } from '#lib/model/filter-reading.ts'
import { IntroducedTable, Renames } from '#lib/model/knowledge.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import type { Release } from '#lib/model/published.ts'
import { type History, historyOf } from '#lib/publish/history.ts'
import { type Knowledge, publish } from '#lib/publish/release.ts'

/** The folder of hand-written and extracted content; CONTENT_DIR in the environment names another. */
const CONTENT = process.env.CONTENT_DIR ?? join(process.cwd(), 'content')

/** What extraction stored, oldest release first. Files are checked when they are written and by `npm run check`. */
export function loadExtracted(dir = join(CONTENT, 'data')): Extracted[] {
  return readdirSync(dir)
    .filter((name) => /^\d+\.\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Extracted)
    .sort((a, b) => releaseOrder(a.release.id, b.release.id))
}

/** What people wrote, checked against its schema: a file that does not fit ends the build with its name. */
export function loadKnowledge(dir = CONTENT): Knowledge {
  const filters = readdirSync(join(dir, 'filters')).sort(byteOrder)
  return {
    filters: filters.map((name) => readContent(join(dir, 'filters', name), FilterReadings)),
    renames: readContent(join(dir, 'renames.json'), Renames),
    introduced: readContent(join(dir, 'introduced.json'), IntroducedTable),
  }
}

function readContent<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
}

let published: readonly Release[] | undefined

/** The published releases, oldest first; read and derived once a build. */
export function loadReleases(): readonly Release[] {
  published ??= publish(loadExtracted(), loadKnowledge())
  return published
}

let history: History | undefined

/** What happened to each kfunc from release to release; derived once a build. */
export function loadHistory(): History {
  history ??= historyOf(loadReleases(), loadKnowledge().renames.renames)
  return history
}
