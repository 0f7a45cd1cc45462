/** Which configurations compile what one Makefile names. */
import type { SourceRef } from '#lib/model/published.ts'
import type { Rule } from './makefile.ts'
import { ALWAYS, allOf, anyOf, type Ways } from './ways.ts'

/** What must be on for a file to be compiled. */
export interface FileGates {
  readonly ways: Ways
  /** The modules that it can be a part of, and the ways in which it is; `[]` when it is always built in. */
  readonly modules: readonly { readonly name: string; readonly ways: Ways }[]
  /** The lines that say so, outermost first. */
  readonly at: readonly SourceRef[]
}

/** A Makefile or Kbuild file. What is in one of its `lists` is compiled; other lists are parts of objects. */
export interface Makefile {
  readonly path: string
  readonly rules: readonly Rule[]
  readonly lists: ReadonlySet<string>
}

/** The gates of what nothing stands before. */
export const NO_GATES: FileGates = { ways: ALWAYS, modules: [], at: [] }

/** The gates of what is there under any of `all`. */
export const anyGates = (all: readonly FileGates[]): FileGates => ({
  ways: anyOf(...all.map(({ ways }) => ways)),
  modules: all.flatMap(({ modules }) => modules),
  at: all.flatMap(({ at }) => at),
})

/** The gates of a part: those of the whole, whose module it is in, and its own. */
export const gatesOfPart = (whole: FileGates, part: Pick<FileGates, 'ways' | 'at'>): FileGates => ({
  ways: allOf(whole.ways, part.ways),
  modules: whole.modules.map(({ name, ways }) => ({ name, ways: allOf(ways, part.ways) })),
  at: [...whole.at, ...part.at],
})

/** The gates of what is in a folder: the folder's and its own. */
export const gatesInFolder = (folder: FileGates, inner: FileGates): FileGates => ({
  ways: allOf(folder.ways, inner.ways),
  modules: inner.modules.map(({ name, ways }) => ({ name, ways: allOf(folder.ways, ways) })),
  at: [...folder.at, ...inner.at],
})

/**
 * The gates of a word ("arena.o", "bpf/") in a Makefile, through the objects (`foo-y += arena.o`) and the
 * variables (`obj-y += $(SOURCES)`) that it is a part of; null when nothing that is compiled has it.
 */
export function gatesOfWord(makefile: Makefile, word: string): FileGates | null {
  return findWord(makefile, word, new Set())
}

function findWord(makefile: Makefile, word: string, asked: ReadonlySet<string>): FileGates | null {
  if (asked.has(word)) return null
  const askedNow = new Set(asked).add(word)
  const found = makefile.rules.flatMap((rule): FileGates[] => {
    if (!rule.words.includes(word)) return []
    const own = { ways: rule.when, at: [{ path: makefile.path, line: rule.line }] }
    if (rule.list !== null && makefile.lists.has(rule.list))
      return [{ ...own, modules: modulesOf(rule, rule.list, word) }]
    return wholesOf(rule)
      .flatMap((whole) => findWord(makefile, whole, askedNow) ?? [])
      .map((whole) => gatesOfPart(whole, own))
  })
  return found.length > 0 ? anyGates(found) : null
}

/** The words by which a Makefile can name what has the words of `rule`: `foo-$(CONFIG_X)` adds to foo-y and foo.o. */
function wholesOf({ variable, list }: Rule): string[] {
  const variables = new Set(list === null ? [variable] : [variable, `${list}-y`, `${list}-m`])
  const references = [...variables].flatMap((name) => [`$(${name})`, `\${${name}}`])
  return list === null ? references : [`${list}.o`, ...references]
}

/** Only obj-m makes modules; what lib-m has is left out of every kernel. */
function modulesOf(rule: Rule, list: string, word: string): FileGates['modules'] {
  if (list !== 'obj' || !word.endsWith('.o') || rule.asModule.length === 0) return []
  return [{ name: word.replace(/^.*\//, '').slice(0, -'.o'.length), ways: rule.asModule }]
}
