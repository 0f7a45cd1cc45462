/** Looks up in a kernel's source what our texts refer to and our rules rest on. */
import { type CFile, scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { byteOrder } from '#lib/model/order.ts'
import {
  type KernelPlace,
  printPlace,
  readPlace,
  type StoredMessage,
  type StoredPlace,
  type StoredRule,
} from '#lib/model/places.ts'
import { type DefinitionSpan, locateDefinitions } from '#lib/places/definition.ts'
import { findMessage } from '#lib/places/message.ts'
import type { PlacesToFind } from '#lib/places/places-to-find.ts'
import { findRules, mayHoldRule } from '#lib/places/rules.ts'
import { folderOf } from '#lib/text/folders.ts'
import { placeOf, type SourceText } from '#lib/text/source.ts'

/** What a release has of it, in the order that is stored. */
export interface FoundPlaces {
  readonly places: StoredPlace[]
  readonly absent: string[]
  readonly messages: StoredMessage[]
  readonly rules: StoredRule[]
}

/**
 * Looks everything up; of the tree, only the files that are named are read and, as code moves from file to file, the
 * others of C that lie beside one that is named for a message or a rule: what it does not have, the first of them may.
 */
export async function findPlaces(tree: KernelTree, wanted: PlacesToFind): Promise<FoundPlaces> {
  const messages = wanted.messages.flatMap(({ message, of }) => {
    const place = readPlace(of)
    return place?.name ? [{ message, of, path: place.path, name: place.name }] : []
  })
  const paths = new Set([...wanted.places, ...messages].map(({ path }) => path))
  const folders = new Set(messages.map(({ path }) => folderOf(path)))
  const isBeside = (path: string): boolean => path.endsWith('.c') && folders.has(folderOf(path))
  const isOfRules = mayHoldRule(wanted.rules)
  const isNamed = (path: string): boolean => paths.has(path) || isBeside(path) || isOfRules(path)
  const files = paths.size + wanted.rules.length === 0 ? [] : await tree.search([], isNamed)
  const scanned = new Map<string, CFile>()
  const scanOf = (source: SourceText): CFile => {
    const file = scanned.get(source.path) ?? scan(source)
    if (isBeside(source.path) || isOfRules(source.path)) scanned.set(source.path, file)
    return file
  }
  const places = new Map<string, StoredPlace>()
  const said: StoredMessage[] = []
  for (const source of files.filter(({ path }) => paths.has(path))) {
    const here = wanted.places.filter(({ path }) => path === source.path)
    const sayings = messages.filter(({ path }) => path === source.path)
    const names = new Set([...here, ...sayings].flatMap(({ name }) => name ?? []))
    const file = /\.[ch]$/.test(source.path) ? scanOf(source) : null
    const definitions = file ? locateDefinitions(file, names) : new Map<string, DefinitionSpan>()
    for (const place of here) {
      const line = lineOf(source, place, definitions)
      if (line !== undefined) places.set(printPlace(place), { of: printPlace(place), line })
    }
    if (file) said.push(...sayings.flatMap((one) => messageIn(file, one, definitions)))
  }
  said.push(...saidBeside(files, messages, said, scanOf))
  const absent = wanted.places.map(printPlace).filter((of) => !places.has(of))
  return {
    places: [...places.values()].sort((a, b) => byteOrder(a.of, b.of)),
    absent: [...new Set(absent)].sort(byteOrder),
    messages: said.sort((a, b) => byteOrder(a.message, b.message) || byteOrder(a.of, b.of)),
    rules: findRules({ files, scanOf }, wanted.rules),
  }
}

/** Of the messages that their own file does not say, those that another file of the same folder does. */
function saidBeside(
  files: readonly SourceText[],
  messages: readonly NamedMessage[],
  said: readonly StoredMessage[],
  scanOf: (source: SourceText) => CFile,
): StoredMessage[] {
  const known = new Set(said.map(({ message, of }) => `${of} ${message}`))
  const missing = messages.filter(({ message, of }) => !known.has(`${of} ${message}`))
  return missing.flatMap((one) => {
    for (const source of files)
      if (
        source.path.endsWith('.c') &&
        source.path !== one.path &&
        folderOf(source.path) === folderOf(one.path)
      ) {
        const [found] = messageIn(scanOf(source), one, new Map())
        if (found) return [{ ...found, path: source.path }]
      }
    return []
  })
}

/** The line of a place in its file; null: the file as a whole; undefined: the file has no such place. */
function lineOf(
  source: SourceText,
  { name, text }: KernelPlace,
  definitions: ReadonlyMap<string, DefinitionSpan>,
): number | null | undefined {
  if (name === null && text === null) return null
  const definition =
    name === null
      ? { start: 0, at: 0, end: source.text.length }
      : (definitions.get(name) ?? wordIn(source, name))
  if (!definition) return undefined
  if (text === null) return placeOf(source, definition.at).line
  const offset = source.text.indexOf(text, definition.start)
  return offset < 0 || offset >= definition.end ? undefined : placeOf(source, offset).line
}

/** In what is not the kernel's own C: the first line that has the name as a word. */
function wordIn(
  { path, text }: SourceText,
  name: string,
): Pick<DefinitionSpan, 'start' | 'at' | 'end'> | null {
  if (/\.[ch]$/.test(path) && !/^tools\/.*\.h$/.test(path)) return null
  const escaped = name.replace(/[^\w]/g, '\\$&')
  const at = new RegExp(`(?<!\\w)${escaped}(?!\\w)`).exec(text)?.index
  return at === undefined ? null : { start: at, at, end: text.length }
}

/** A message that is wanted: `path` and `name` are those of `of`. */
interface NamedMessage {
  readonly message: string
  readonly of: string
  readonly path: string
  readonly name: string
}

function messageIn(
  file: CFile,
  { message, of, name }: NamedMessage,
  definitions: ReadonlyMap<string, DefinitionSpan>,
): StoredMessage[] {
  const found = findMessage(file, message, definitions.get(name) ?? null)
  if (!found) return []
  return [{ message, of, function: found.function, line: placeOf(file.source, found.at).line }]
}
