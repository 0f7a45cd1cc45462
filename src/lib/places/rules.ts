/** Looks up in a kernel's source what our rules on the verifier rest on. */
import type { FunctionDefinition } from '#lib/c/functions.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { type CFile, scan, type Token } from '#lib/c/scan.ts'
import { byteOrder } from '#lib/model/order.ts'
import { type RuleToFind, readPlace, type StoredRule } from '#lib/model/places.ts'
import { type DefinitionSpan, functionsOf, locateDefinitions } from '#lib/places/definition.ts'
import { namesAt, namesTestedBy } from '#lib/places/special-kfuncs.ts'
import { folderOf } from '#lib/text/folders.ts'
import { placeOf, type SourceText } from '#lib/text/source.ts'

/** The files in which rules are looked up: scanned once each. */
export interface RuleFiles {
  readonly files: readonly SourceText[]
  readonly scanOf: (source: SourceText) => CFile
}

/**
 * Looks up each place. What its own file lacks may be in another C file of its folder, since code moves. All that were
 * asked for are in the answer, by `of`; line null: the release has no such place.
 */
export function findRules(tree: RuleFiles, wanted: readonly RuleToFind[]): StoredRule[] {
  return [...wanted]
    .sort((a, b) => byteOrder(a.of, b.of))
    .map((one) => findRule(tree, one) ?? { of: one.of, line: null })
}

/** May a file of this path have one of the places? */
export function mayHoldRule(wanted: readonly RuleToFind[]): (path: string) => boolean {
  const paths = new Set(wanted.flatMap(({ of }) => readPlace(of)?.path ?? []))
  const folders = new Set([...paths].filter((path) => path.endsWith('.c')).map(folderOf))
  return (path) => paths.has(path) || (path.endsWith('.c') && folders.has(folderOf(path)))
}

function findRule(tree: RuleFiles, { of, isCalled }: RuleToFind): StoredRule | null {
  const { path = '', name = null, text = null } = readPlace(of) ?? {}
  if (name === null) return null
  const beside = filesBeside(tree, path)
  const own = tree.files.filter((one) => one.path === path)
  for (const source of new Set([...own, ...beside])) {
    if (!source.text.includes(name)) continue
    const file = tree.scanOf(source)
    const around = functionsOf(file).get(name)
    const at = around
      ? offsetIn(file, { start: around.start, at: around.nameStart, end: around.end }, text)
      : offsetIn(file, locateDefinitions(file, new Set([name])).get(name), text)
    if (at === null) continue
    const kfuncs = isCalled
      ? kfuncsCalling(name, beside, tree)
      : around && (text === null ? namesTestedBy(file, around) : namesAt(file, around, at))
    return {
      of,
      ...(source.path === path ? {} : { path: source.path }),
      line: placeOf(source, at).line,
      ...(kfuncs ? { kfuncs: [...kfuncs].sort(byteOrder) } : {}),
    }
  }
  return null
}

const filesBeside = ({ files }: RuleFiles, path: string): SourceText[] =>
  files.filter((one) => one.path.endsWith('.c') && folderOf(one.path) === folderOf(path))

/** Where a definition has these words of C, or, for null, its name. null: it is not defined, or does not have them. */
function offsetIn(
  file: CFile,
  definition: Pick<DefinitionSpan, 'start' | 'at' | 'end'> | undefined,
  text: string | null,
): number | null {
  if (!definition || text === null) return definition?.at ?? null
  const words = scan({ path: '', text }).tokens
  const tokens = tokensBetween(file, definition.start, definition.end)
  const at = tokens.findIndex((_, i) => words.every((word, j) => tokens[i + j]?.text === word.text))
  return tokens[at]?.start ?? null
}

/** The functions marked as kfuncs in these files that call a function, or one of these files that does, and so on. */
function kfuncsCalling(name: string, files: readonly SourceText[], { scanOf }: RuleFiles): Set<string> {
  const reaching = new Set([name])
  const kfuncs = new Set<string>()
  for (let before = 0; before < reaching.size; ) {
    before = reaching.size
    for (const source of files) {
      if (![...reaching].some((one) => source.text.includes(`${one}(`))) continue
      const file = scanOf(source)
      for (const caller of functionsOf(file).values())
        if (!reaching.has(caller.name) && callsAny(file, caller, reaching)) {
          reaching.add(caller.name)
          if (caller.markers.includes(KFUNC_MARK)) kfuncs.add(caller.name)
        }
    }
  }
  return kfuncs
}

const KFUNC_MARK = '__bpf_kfunc'

function callsAny(file: CFile, { bodyStart, end }: FunctionDefinition, names: ReadonlySet<string>): boolean {
  const body: readonly Token[] = tokensBetween(file, bodyStart, end)
  return body.some(({ kind, text }, i) => kind === 'name' && names.has(text) && body[i + 1]?.text === '(')
}
