/** Where what was read of a release is kept: written into the folder of data, or compared with what is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { differences } from '#lib/model/differences.ts'
import { StoredExamples } from '#lib/model/examples.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import { StoredPlaces } from '#lib/model/places.ts'
import { citedPaths, parseSourceFiles, printSourceFiles } from '#lib/model/source-files.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { Failure } from '../cli/failure.ts'
import { printFacts, writeAtomically } from '../files/write-json.ts'
import { compareSnippets, type ExamplesToStore, withVerdicts, writeSnippets } from './examples-store.ts'

/** The folder of data, and whether what was read is only compared with it. */
export interface Store {
  readonly out: string
  readonly isCheck: boolean
}

/** What a release is known to register, from its data file. */
export function readStored(out: string, id: string): Extracted {
  const path = join(out, `${id}.json`)
  if (!existsSync(path)) throw new Failure(`${path} is not there yet`, { hint: 'leave out --only' })
  const { data, error } = Extracted.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (data) return data
  throw new Failure(`${path}: ${z.prettifyError(error)}`, { hint: 'extract all of it again, without --only' })
}

/** The list of source files of a release by path; null: there is none. Throws a Failure when it is broken. */
export function readStoredFiles(out: string, id: string): Map<string, string> | null {
  const path = filesPath(out, id)
  if (!existsSync(path)) return null
  try {
    return parseSourceFiles(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Failure(`${path}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'extract its release again',
    })
  }
}

const filesPath = (out: string, id: string): string => join(out, 'files', `${id}.txt`)

/** Stores or compares the facts of a release; gives whether they are the same. */
export function keepFacts(extracted: Extracted, store: Store): boolean {
  const path = join(store.out, `${extracted.release.id}.json`)
  const isSame = keepJson(path, printFacts(Extracted.parse(extracted)), store)
  tell(store, path, `${extracted.kfuncs.length} kfuncs, ${extracted.gaps.length} gaps`)
  return isSame
}

/** Stores or compares the examples of a release, and its list of files as far as they are of it; gives whether they are the same. */
export function keepExamples(examples: ExamplesToStore, store: Store): boolean {
  const { out, isCheck } = store
  const path = join(out, 'examples', `${examples.file.release}.json`)
  const file = withVerdicts(examples.file, readStoredExamples(path))
  const wrong = isCheck ? compareSnippets(out, examples) : []
  for (const line of wrong) process.stdout.write(`${line}\n`)
  if (!isCheck) writeSnippets(out, examples)
  const isSame = keepJson(path, printFacts(StoredExamples.parse(file)), store)
  tell(store, path, `${file.kfuncs.length} kfuncs with examples, ${file.gaps.length} gaps`)
  return isSame && wrong.length === 0
}

/** Stores or compares the places of a release; gives whether they are the same. */
export function keepPlaces(found: StoredPlaces, wanted: PlacesToFind, store: Store): boolean {
  const path = join(store.out, 'places', `${found.release}.json`)
  const isSame = keepJson(path, printFacts(StoredPlaces.parse(found)), store)
  const { places, messages } = found
  const rules = found.rules.filter(({ line }) => line !== null)
  tell(
    store,
    path,
    `${places.length} of ${wanted.places.length} places, ${messages.length} of ${wanted.messages.length} messages, ${rules.length} of ${wanted.rules.length} places of rules`,
  )
  return isSame
}

/**
 * The list of source files of a release when its examples are read anew: those that the stored ones cite go unless facts cite
 * them too, and `ids` come. Before the new examples are stored.
 */
export function relistFiles(stored: Extracted, ids: ReadonlyMap<string, string>, { out }: Store): string {
  const { id } = stored.release
  const before = readStoredExamples(join(out, 'examples', `${id}.json`))
  const ofFacts = citedPaths(stored)
  const ofExamples = citedPaths(before)
  const kept = [...(readStoredFiles(out, id) ?? [])].filter(
    ([path]) => ofFacts.has(path) || !ofExamples.has(path),
  )
  return printSourceFiles(new Map([...kept, ...ids]))
}

/** Stores or compares the list of source files of a release; gives whether it is the same. */
export function keepFiles(id: string, text: string, store: Store): boolean {
  const path = filesPath(store.out, id)
  const before = store.isCheck ? existsSync(path) && readFileSync(path, 'utf8') : text
  if (before === false) process.stdout.write(`${path}: not there yet\n`)
  else if (before !== text)
    for (const line of changedLines(before, text)) process.stdout.write(`${path}: ${line}\n`)
  if (!store.isCheck) writeAtomically(path, text)
  tell(store, path, `${text.split('\n').length - 1} source files`)
  return before === text
}

function changedLines(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => new Set(text.split('\n').filter(Boolean)))
  return [
    ...[...(old ?? [])].filter((line) => !now?.has(line)).map((line) => `was "${line}"`),
    ...[...(now ?? [])].filter((line) => !old?.has(line)).map((line) => `is "${line}"`),
  ].sort(byteOrder)
}

/** Writes, or says what differs from what is there; gives whether it is the same. */
function keepJson(path: string, text: string, { isCheck }: Store): boolean {
  if (!isCheck) {
    writeAtomically(path, text)
    return true
  }
  if (!existsSync(path)) {
    process.stdout.write(`${path}: not there yet\n`)
    return false
  }
  const lines = differences(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(text))
  for (const line of lines) process.stdout.write(`${path}: ${line}\n`)
  return lines.length === 0
}

const tell = ({ isCheck }: Store, path: string, what: string): void => {
  process.stdout.write(`${isCheck ? 'checked' : 'wrote'} ${path}: ${what}\n`)
}

/** null: there are none, or of an older form. */
function readStoredExamples(path: string): StoredExamples | null {
  if (!existsSync(path)) return null
  return StoredExamples.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
}
