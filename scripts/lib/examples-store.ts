/** Where examples are stored: one file a release that names snippets, one file for each snippet. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FoundExamples, StoredExamples } from '#lib/model/examples.ts'
import { byteOrder } from '#lib/model/order.ts'
import { compareDiagnostics, type Diagnostic } from '#lib/text/diagnostic.ts'
import { Failure } from './failure.ts'
import { writeAtomically } from './write-json.ts'

/** The examples of a release as they are stored, and the texts that they name, by id. */
export interface ExamplesToStore {
  readonly file: StoredExamples
  readonly snippets: ReadonlyMap<string, string>
}

/** Names each text after its content: equal texts of any releases are one snippet. */
export function examplesToStore(
  release: string,
  found: { readonly kfuncs: FoundExamples; readonly diagnostics: readonly Diagnostic[] },
): ExamplesToStore {
  const snippets = new Map<string, string>()
  const kfuncs = found.kfuncs.map(({ name, examples }) => ({
    name,
    examples: examples.map(({ code, ...example }) => {
      const snippet = createHash('sha256').update(code).digest('hex').slice(0, 16)
      snippets.set(snippet, code)
      return { snippet, ...example }
    }),
  }))
  const gaps = [...found.diagnostics].sort(compareDiagnostics).map(({ rule, message, kfunc, place }) => ({
    rule,
    message,
    kfunc,
    at: place && { path: place.path, line: place.line },
  }))
  return { file: { format: 1, release, kfuncs, gaps }, snippets }
}

const folderOf = (out: string): string => join(out, 'snippets')
const pathOf = (out: string, id: string): string => join(folderOf(out), `${id}.txt`)
const isStored = (path: string, code: string): boolean =>
  existsSync(path) && readFileSync(path, 'utf8') === code

/** Writes the snippets that are not there yet. */
export function writeSnippets(out: string, snippets: ExamplesToStore['snippets']): void {
  for (const [id, code] of snippets)
    if (!isStored(pathOf(out, id), code)) writeAtomically(pathOf(out, id), code)
}

/** What differs from the snippets that are stored, a line each. */
export function compareSnippets(out: string, snippets: ExamplesToStore['snippets']): string[] {
  return [...snippets]
    .filter(([id, code]) => !isStored(pathOf(out, id), code))
    .map(([id]) => `${pathOf(out, id)}: ${existsSync(pathOf(out, id)) ? 'other text' : 'not there yet'}`)
}

/** Removes the snippets that no release names any more. */
export function removeUnusedSnippets(out: string): void {
  if (!existsSync(folderOf(out))) return
  const used = new Set<string>()
  for (const name of readdirSync(join(out, 'examples')).sort(byteOrder)) {
    if (!name.endsWith('.json')) continue
    const path = join(out, 'examples', name)
    const parsed = StoredExamples.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (!parsed.success)
      throw new Failure(`${path} is no list of examples`, { hint: 'extract its release again' })
    for (const { examples } of parsed.data.kfuncs)
      for (const { snippet } of examples) used.add(`${snippet}.txt`)
  }
  for (const name of readdirSync(folderOf(out)))
    if (name.endsWith('.txt') && !used.has(name)) rmSync(join(folderOf(out), name))
}
