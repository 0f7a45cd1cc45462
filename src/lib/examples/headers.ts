/** The headers that programs include, and what a program that includes them sees of macros and inline functions. */
import { type Define, findDefines } from '#lib/c/defines.ts'
import { findFunctions } from '#lib/c/functions.ts'
import { type CFile, scan, type Token, tokenize } from '#lib/c/scan.ts'
import { INCLUDE_FOLDERS, isOfTestModule, isProgramHeader, joinPath } from '#lib/examples/roots.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { SourceText } from '#lib/text/source.ts'

/** A macro, or a function that a header defines, by what it is made of. */
export interface Wrapper {
  readonly kind: 'macro' | 'function'
  readonly define: Define | null
  /** Tokens of the body; their offsets mean nothing. */
  readonly body: readonly Token[]
  /** The body as text. */
  readonly text: string
  /** Does its header define it in several ways, as for one architecture each? */
  readonly isAmbiguous: boolean
}

/** What one file sees. */
export interface Scope {
  /** What a name stands for, or null for what is neither macro nor inline function. */
  wrapper(name: string): Wrapper | null
}

interface Header {
  readonly includes: readonly string[]
  readonly wrappers: ReadonlyMap<string, Wrapper>
}

/** All headers of a release. */
export interface Headers {
  /** The path of the header that an `#include` of the file at `from` names; null: none of those that were read. */
  resolve(from: string, include: string): string | null
  /** What a file sees that includes these. */
  scopeOf(file: CFile): Scope
  /** Names of macros that are notes to the test runner: `__success`, `__retval`. */
  readonly annotations: ReadonlySet<string>
  /** Functions of the kernel's test modules, as headers declare them: no other machine has them. */
  readonly testModuleFunctions: ReadonlySet<string>
  /** Every macro and function of every header. */
  readonly wrappers: readonly { readonly name: string; readonly wrapper: Wrapper }[]
}

/** What an `#include` names, without its quotes or brackets. */
export const includeName = (text: string): string | null => /^["<]([^">]+)[">]/.exec(text.trim())?.[1] ?? null

/** Reads the headers of a tree. */
export async function readHeaders(tree: KernelTree): Promise<Headers> {
  const sources = await tree.search([], isProgramHeader)
  const paths = new Set(sources.map(({ path }) => path))
  const headers = new Map(sources.map((source) => [source.path, readHeader(scan(source))]))
  const resolve = (from: string, include: string): string | null =>
    [joinPath(from, include), ...INCLUDE_FOLDERS.map((folder) => joinPath(folder, include))].find((path) =>
      paths.has(path),
    ) ?? null
  const scopes = new Map<string, Scope>()

  const scopeOf = (file: CFile): Scope => {
    const { path } = file.source
    const includes = includesOf(file)
    const asked = [path.slice(0, path.lastIndexOf('/')), ...includes].join(' ')
    const known = scopes.get(asked)
    if (known) return known
    const seen: string[] = []
    const visit = (from: string, includes: readonly string[]): void => {
      for (const include of includes) {
        const path = resolve(from, include)
        if (path === null || seen.includes(path)) continue
        seen.push(path)
        visit(path, headers.get(path)?.includes ?? [])
      }
    }
    visit(path, includes)
    const key = seen.join(' ')
    const scope = scopes.get(key) ?? makeScope(seen, headers)
    scopes.set(key, scope)
    scopes.set(asked, scope)
    return scope
  }
  const wrappers = [...headers.values()].flatMap((header) =>
    [...header.wrappers].map(([name, wrapper]) => ({ name, wrapper })),
  )
  const testModuleFunctions = new Set(sources.flatMap(functionsOfTestModule))
  return { resolve, scopeOf, annotations: annotationsIn(wrappers), testModuleFunctions, wrappers }
}

/** The functions that a test module's header declares for programs: `void f(int a) __ksym;`. */
function functionsOfTestModule({ path, text }: SourceText): string[] {
  if (!isOfTestModule(path)) return []
  return [...text.matchAll(/(\w+)\s*\([^;{}]*\)\s*(?:__ksym|__weak)\b/g)].map(([, name = '']) => name)
}

function includesOf(file: CFile): string[] {
  return file.directives.flatMap(({ name, text }) => (name === 'include' ? (includeName(text) ?? []) : []))
}

function readHeader(file: CFile): Header {
  const wrappers = new Map<string, Wrapper>()
  if (/\binline\b/.test(file.source.text))
    for (const { name, bodyStart, end } of findFunctions(file))
      wrappers.set(name, wrapperOf('function', null, file.source.text.slice(bodyStart, end)))
  for (const define of findDefines(file)) {
    const before = wrappers.get(define.name)
    const isAmbiguous = before !== undefined && (before.isAmbiguous || before.text !== define.body)
    wrappers.set(define.name, macroOf(define, isAmbiguous))
  }
  return { includes: includesOf(file), wrappers }
}

/** A macro as a wrapper. */
export const macroOf = (define: Define, isAmbiguous = false): Wrapper =>
  wrapperOf('macro', define, define.body, isAmbiguous)

function wrapperOf(kind: Wrapper['kind'], define: Define | null, text: string, isAmbiguous = false): Wrapper {
  let body: readonly Token[] | undefined
  return {
    kind,
    define,
    text,
    isAmbiguous,
    get body() {
      body ??= tokenize(`; ${text}`).slice(1)
      return body
    },
  }
}

function makeScope(paths: readonly string[], headers: ReadonlyMap<string, Header>): Scope {
  const found = new Map<string, Wrapper | null>()
  return {
    wrapper(name) {
      const known = found.get(name)
      if (known !== undefined) return known
      const last = paths.flatMap((path) => headers.get(path)?.wrappers.get(name) ?? []).at(-1) ?? null
      found.set(name, last)
      return last
    },
  }
}

/** The runner reads its notes as `comment:` declaration tags; macros for them build on one another. */
function annotationsIn(wrappers: Headers['wrappers']): Set<string> {
  const names = new Set<string>()
  for (let before = -1; before < names.size; ) {
    before = names.size
    for (const { name, wrapper } of wrappers) {
      if (wrapper.kind !== 'macro') continue
      const head = /^(\w+)/.exec(wrapper.text)?.[1] ?? ''
      if (names.has(head) || wrapper.text.includes('btf_decl_tag("comment:')) names.add(name)
    }
  }
  return names
}
