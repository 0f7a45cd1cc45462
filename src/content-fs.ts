/** The one module that reads `content/` from disk, for pages, tests and `npm run check`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { StoredExamples } from '#lib/model/examples.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { FilterReadings } from '#lib/model/filter-reading.ts'
import { IntroducedTable, Mainline, Renames } from '#lib/model/knowledge.ts'
import { VerifierMessages } from '#lib/model/messages.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { StoredPlaces } from '#lib/model/places.ts'
import type { Release } from '#lib/model/published.ts'
import { PROSE_KINDS } from '#lib/prose/kinds.ts'
import { type DatedFacts, datedFactsOf, type ProseFiles } from '#lib/prose/library.ts'
import { publishExamples, type ReleaseExamples } from '#lib/publish/examples.ts'
import { type History, historyOf } from '#lib/publish/history/history.ts'
import { type Knowledge, publish } from '#lib/publish/release.ts'
import { rulesFound } from '#lib/publish/rules/basis.ts'
import { parseJson } from '#lib/text/json.ts'
import type { SourceText } from '#lib/text/source.ts'

/** The folder of hand-written and extracted content; CONTENT_DIR in the environment names another. */
const CONTENT = process.env.CONTENT_DIR ?? join(process.cwd(), 'content')

/** A JSON file of `content`; its text is kept so that a complaint can point into it. */
export interface ContentFile extends SourceText {
  readonly value: unknown
}

/** Reads a JSON file. Throws JsonError, whose message begins with path:line:column, where it is malformed. */
export function readJson(path: string): ContentFile {
  const source = { path, text: readFileSync(path, 'utf8') }
  return { ...source, value: parseJson(source) }
}

/** The paths of the JSON files that lie in a folder, in byte order. */
export function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort(byteOrder)
    .map((name) => join(folder, name))
}

/** What extraction stored, oldest release first; a file that does not fit its schema ends the build with its name. */
export function loadExtracted(dir = join(CONTENT, 'data')): Extracted[] {
  return jsonFilesIn(dir)
    .map((path) => readContent(path, Extracted))
    .sort((a, b) => releaseOrder(a.release.id, b.release.id))
}

/** What people wrote, checked against its schema: a file that does not fit ends the build with its name. */
export function loadKnowledge(dir = CONTENT): Knowledge {
  return {
    filters: jsonFilesIn(join(dir, 'filters')).map((path) => readContent(path, FilterReadings)),
    renames: readContent(join(dir, 'renames.json'), Renames),
    introduced: readContent(join(dir, 'introduced.json'), IntroducedTable),
    mainline: readContent(join(dir, 'mainline.json'), Mainline),
    rules: rulesFound(loadPlaces(dir)),
    examples: loadExamples(join(dir, 'data')),
  }
}

/**
 * The examples of each release, with their texts; a text that several share is read once. Of a release whose texts were not
 * taken, a text is known where a release that has its own names it.
 */
export function loadExamples(dir = join(CONTENT, 'data')): Map<string, ReleaseExamples> {
  const folder = join(dir, 'examples')
  if (!existsSync(folder)) return new Map()
  const all = jsonFilesIn(folder).map((path) => readJson(path).value as StoredExamples)
  const snippetsOf = ({ kfuncs }: StoredExamples): string[] =>
    kfuncs.flatMap(({ examples }) => examples.map(({ snippet }) => snippet))
  const own = new Set(all.filter(({ texts }) => texts === 'own').flatMap(snippetsOf))
  const texts = new Map(
    [...own].map((id) => [id, readFileSync(join(dir, 'snippets', `${id}.txt`), 'utf8')] as const),
  )
  return new Map(
    all.map((stored) => [stored.release, publishExamples(stored, (id) => texts.get(id) ?? null)]),
  )
}

/** The list of source files that facts of a release came from, as it is published. Throws where it was read from its image alone. */
export function loadSourceFiles(id: string, dir = join(CONTENT, 'data')): string {
  return readFileSync(join(dir, 'files', `${id}.txt`), 'utf8')
}

/** What extraction looked up in each release with source for texts and rules. */
export function loadPlaces(dir = CONTENT): StoredPlaces[] {
  const folder = join(dir, 'data', 'places')
  return existsSync(folder) ? jsonFilesIn(folder).map((path) => readContent(path, StoredPlaces)) : []
}

/** The hand-written texts, by folder and name, and what extraction found for them. */
export function loadProse(): ProseFiles {
  return { ...loadTexts(), places: loadPlaces(), facts: readOnce().facts }
}

/** The hand-written texts alone, as extraction needs them. */
export function loadTexts(dir = CONTENT): Pick<ProseFiles, 'files' | 'messages'> {
  const messages = join(dir, 'messages.json')
  return {
    files: PROSE_KINDS.map((kind) => join(dir, kind))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) =>
        readdirSync(folder)
          .filter((name) => name.endsWith('.md'))
          .sort(byteOrder)
          .map((name) => readText(join(folder, name))),
      ),
    messages: existsSync(messages) ? readText(messages) : null,
  }
}

/** The messages of the verifier; a file that does not fit its schema ends the run with its name. */
export function loadMessages(dir = CONTENT): VerifierMessages {
  const path = join(dir, 'messages.json')
  return existsSync(path) ? readContent(path, VerifierMessages) : []
}

const readText = (path: string): SourceText => ({ path, text: readFileSync(path, 'utf8') })

function readContent<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readJson(path).value)
  if (parsed.success) return parsed.data
  throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
}

let known: Knowledge | undefined

function knowledge(): Knowledge {
  known ??= loadKnowledge()
  return known
}

/** What follows from the data: it is read and derived once a build, and what was stored is not kept. */
interface Derived {
  readonly releases: readonly Release[]
  readonly facts: readonly DatedFacts[]
}

let derived: Derived | undefined

function readOnce(): Derived {
  if (derived) return derived
  const extracted = loadExtracted()
  derived = { releases: publish(extracted, knowledge()), facts: extracted.map(datedFactsOf) }
  return derived
}

/** The published releases, oldest first. */
export function loadReleases(): readonly Release[] {
  return readOnce().releases
}

let history: History | undefined

/** What happened to each kfunc from release to release; derived once a build. */
export function loadHistory(): History {
  history ??= historyOf(loadReleases(), knowledge().renames.renames)
  return history
}
