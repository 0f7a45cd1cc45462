/** One program file as a graph of items: what each needs, which are programs, and what they call. */
import { expandMacros, findDefines } from '#lib/c/defines.ts'
import { matchingClose, splitArguments } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import type { CallFinder, Use } from '#lib/examples/calls.ts'
import { type Headers, macroOf, type Scope, type Wrapper } from '#lib/examples/headers.ts'
import { type Item, itemsOf } from '#lib/examples/items.ts'
import { functionName, namesUsed } from '#lib/examples/names.ts'
import type { Report } from '#lib/text/diagnostic.ts'

/** What the test runner is told of a program that must not load, and of words to find in the verifier's log. */
const FAILS = '__failure'
const LOADS = '__success'
const LOGS = '__msg'
/** How the names of those notes end that are about users without privileges: `__failure_unpriv`. */
const UNPRIVILEGED = '_unpriv'

/** A function with a section: a program. `item` is an index into the file's items. */
export interface Program {
  readonly item: number
  readonly name: string
  readonly section: string
  readonly isMeantToFail: boolean
  /** Written in assembly, or judged by what the verifier says of it: it shows little. */
  readonly isPoor: boolean
  /** Does it show what a user without privileges may do? */
  readonly isAboutPrivileges: boolean
}

/** A file that was read. `uses[i]` are the uses in item i, `needs[i]` the items that it needs; a file without uses has no programs. */
export interface ProgramFile {
  readonly file: CFile
  readonly items: readonly Item[]
  readonly uses: readonly (readonly Use[])[]
  readonly needs: readonly (readonly number[])[]
  readonly programs: readonly Program[]
  readonly scope: Scope
}

/** Reads a program file. */
export function readProgram(file: CFile, headers: Headers, finder: CallFinder, report: Report): ProgramFile {
  const items = itemsOf(file, report)
  const scope = headers.scopeOf(file)
  const own = new Map(findDefines(file).map((define) => [define.name, macroOf(define)]))
  const locals = new Set(own.keys())
  const wrapper = (name: string): Wrapper | null => own.get(name) ?? scope.wrapper(name)
  const uses = items.map((item) => {
    if (item.kind === 'define') return finder.usesIn(item.tokens, scope, locals)
    if (item.kind !== 'function') return []
    const found = finder.usesIn(item.tokens.slice(item.body), scope, locals)
    return found.map((use) => ({ ...use, at: use.at + item.body }))
  })
  // most files use none: what their items need is then of no use
  if (uses.every((found) => found.length === 0)) return { file, items, uses, needs: [], programs: [], scope }
  const givers = new Map<string, number[]>()
  for (const [index, { provides }] of items.entries())
    for (const name of provides) givers.set(name, [...(givers.get(name) ?? []), index])
  const needs = items.map((item, index) => needsOf(item, index, givers))
  const programs = items.flatMap((item, index) => programOf(item, index, wrapper) ?? [])
  return { file, items, uses, needs, programs, scope }
}

function needsOf(item: Item, index: number, givers: ReadonlyMap<string, readonly number[]>): number[] {
  const needed = new Set<number>()
  const names = item.kind === 'include' ? new Set<string>() : namesUsed(item.tokens, item.body)
  if (item.kind === 'directive') for (const [name] of item.text.matchAll(/\w+/g)) names.add(name)
  for (const name of names) for (const giver of givers.get(name) ?? []) needed.add(giver)
  // a declaration and a definition of one name belong together
  for (const name of item.provides) for (const giver of givers.get(name) ?? []) needed.add(giver)
  needed.delete(index)
  return [...needed]
}

function programOf(item: Item, index: number, wrapper: (name: string) => Wrapper | null): Program | null {
  if (item.kind !== 'function') return null
  const head = item.tokens.slice(0, item.body)
  const section = sectionOf(head, wrapper)
  const name = functionName(item.tokens, item.body)
  if (section === null || name === null) return null
  const words = new Set(expandHead(head, wrapper, WRITES_NOTES).map(({ text }) => text))
  const isAssembly = item.tokens.some(({ text }) => text === 'asm' || text === '__naked')
  return {
    item: index,
    name,
    section,
    isMeantToFail:
      words.has(FAILS) || (words.has(LOGS) && !words.has(LOADS)) || /(?:^|_)(?:fail|reject)/.test(name),
    isPoor: isAssembly || words.has(LOGS),
    isAboutPrivileges: [...words].some((word) => word.endsWith(UNPRIVILEGED)),
  }
}

const WRITES_SECTION = /\bSEC\b/
const WRITES_NOTES = /\b__(?:success|failure|msg)\b/

/** The head with those macros expanded that write what `pattern` looks for; strings stay as they are. */
function expandHead(
  head: readonly Token[],
  wrapper: (name: string) => Wrapper | null,
  pattern: RegExp,
): Token[] {
  return expandMacros(head, (name) => {
    const define = name === 'SEC' ? null : (wrapper(name)?.define ?? null)
    return define && pattern.test(define.body) ? define : null
  })
}

/** What is in SEC(…): its string, macros in it put in; its text where it is no string. Null: no section. */
function sectionOf(head: readonly Token[], wrapper: (name: string) => Wrapper | null): string | null {
  const expanded = expandHead(head, wrapper, WRITES_SECTION)
  const at = expanded.findIndex(({ text }, index) => text === 'SEC' && expanded[index + 1]?.text === '(')
  if (at < 0) return null
  const [written] = splitArguments(expanded, at + 1, matchingClose(expanded, at + 1))
  if (!written) return null
  const parts = expandMacros(written, (name) => {
    const meant = wrapper(name)
    return meant && !meant.isAmbiguous ? meant.define : null
  })
  if (parts.every(({ kind }) => kind === 'string')) return parts.map(({ text }) => text.slice(1, -1)).join('')
  return written
    .map(({ text }) => text)
    .join(' ')
    .replace(/^"|"$/g, '')
}
