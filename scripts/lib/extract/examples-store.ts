/** Where examples are stored: one file a release that names snippets, one file for each snippet. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FoundExamples, type StoredExample, StoredExamples } from '#lib/model/examples.ts'
import { byteOrder } from '#lib/model/order.ts'
import { compareDiagnostics, type Diagnostic } from '#lib/text/diagnostic.ts'
import { Failure } from '../cli/failure.ts'
import { writeAtomically } from '../files/write-json.ts'

/** The examples of a release as they are stored, and the texts that they name, by id. */
export interface ExamplesToStore {
  readonly file: StoredExamples
  readonly snippets: ReadonlyMap<string, string>
}

/** Names each text after its content: equal texts of any releases are one snippet. */
export function examplesToStore(
  release: Pick<StoredExamples, 'release' | 'texts'>,
  found: { readonly kfuncs: FoundExamples; readonly diagnostics: readonly Diagnostic[] },
): ExamplesToStore {
  const snippets = new Map<string, string>()
  const idOf = (text: string): string => {
    const id = createHash('sha256').update(text).digest('hex').slice(0, 16)
    snippets.set(id, text)
    return id
  }
  const kfuncs = found.kfuncs.map(({ name, examples }) => ({
    name,
    examples: examples.map(({ code, whole, ...example }) => ({
      snippet: idOf(code),
      whole: whole === null ? null : idOf(whole),
      ...example,
    })),
  }))
  const gaps = [...found.diagnostics].sort(compareDiagnostics).map(({ rule, message, kfunc, place }) => ({
    rule,
    message,
    kfunc,
    at: place && { path: place.path, line: place.line },
  }))
  return { file: { format: 1, ...release, compiler: null, kfuncs, gaps }, snippets }
}

/** The examples of a release with the verdicts on those whose texts are stored with one already. */
export function withVerdicts(file: StoredExamples, stored: StoredExamples | null): StoredExamples {
  const known = new Map(
    stored?.kfuncs.flatMap(({ examples }) => examples.map((one) => [textOf(one), one] as const)),
  )
  return {
    ...file,
    compiler: stored?.compiler ?? null,
    kfuncs: file.kfuncs.map(({ name, examples }) => ({
      name,
      examples: examples.map((one) => {
        const { compiled = null, compileError = null } = known.get(textOf(one)) ?? {}
        return { ...one, compiled, compileError }
      }),
    })),
  }
}

/** What is compiled of an example: its text, from the file that it was cut from, whose folder it may include from. */
const textOf = ({ snippet, whole, at }: StoredExample): string => `${whole ?? snippet} ${at.path}`

const folderOf = (out: string): string => join(out, 'snippets')
const pathOf = (out: string, id: string): string => join(folderOf(out), `${id}.txt`)
const isStored = (path: string, code: string): boolean =>
  existsSync(path) && readFileSync(path, 'utf8') === code

/** Writes the snippets that are not there yet; none of a release whose texts are not taken. */
export function writeSnippets(out: string, { file, snippets }: ExamplesToStore): void {
  if (file.texts === 'facts') return
  for (const [id, code] of snippets)
    if (!isStored(pathOf(out, id), code)) writeAtomically(pathOf(out, id), code)
}

/** What differs from the snippets that are stored, a line each; nothing for a release whose texts are not taken. */
export function compareSnippets(out: string, { file, snippets }: ExamplesToStore): string[] {
  if (file.texts === 'facts') return []
  return [...snippets]
    .filter(([id, code]) => !isStored(pathOf(out, id), code))
    .map(([id]) => `${pathOf(out, id)}: ${existsSync(pathOf(out, id)) ? 'other text' : 'not there yet'}`)
}

/** Removes the snippets that no release names any more: one whose texts were not taken keeps none. */
export function removeUnusedSnippets(out: string): void {
  if (!existsSync(folderOf(out))) return
  const used = new Set<string>()
  for (const name of readdirSync(join(out, 'examples')).sort(byteOrder)) {
    if (!name.endsWith('.json')) continue
    const path = join(out, 'examples', name)
    const parsed = StoredExamples.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (!parsed.success)
      throw new Failure(`${path} is no list of examples`, { hint: 'extract its release again' })
    if (parsed.data.texts === 'facts') continue
    for (const { examples } of parsed.data.kfuncs)
      for (const { snippet, whole } of examples) used.add(`${snippet}.txt`).add(`${whole}.txt`)
  }
  for (const name of readdirSync(folderOf(out)))
    if (name.endsWith('.txt') && !used.has(name)) rmSync(join(folderOf(out), name))
}
