/** Parameter suffixes and implicit argument types, read from the functions of the release that test for them. */
import { findFunctions } from '#lib/c/functions.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import type { CFile } from '#lib/c/scan.ts'
import { IMPLICIT_FUNCTION, SUFFIX_TEST_PREFIX } from '#lib/kfunc/dialects.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { SourceRef, Suffix } from '#lib/model/published.ts'
import { placeOf } from '#lib/text/source.ts'

/** A string literal in a function: its text without the quotes, and the function's name. */
export interface Literal {
  readonly text: string
  readonly test: string
  readonly at: SourceRef
}

/** The string literals in the bodies of the functions of `file` whose name `isWanted`. */
export function literalsIn(file: CFile, isWanted: (name: string) => boolean): Literal[] {
  // finding a few functions by name is far cheaper than finding all and asking each
  const names = new Set(
    file.tokens.filter(({ kind, text }) => kind === 'name' && isWanted(text)).map(({ text }) => text),
  )
  if (names.size === 0) return []
  return findFunctions(file, names).flatMap(({ name, bodyStart, end }) =>
    tokensBetween(file, bodyStart, end)
      .filter(({ kind }) => kind === 'string')
      .map((token) => {
        const { path, line } = placeOf(file.source, token.start)
        return { text: token.text.slice(1, -1), test: name, at: { path, line } }
      }),
  )
}

/**
 * Finds the suffixes that the verifier tests parameter names for, sorted by name: the literals "__…" in the
 * functions is_kfunc_arg_*(). Where several test for one suffix, the one whose name says it is given, else
 * the first (is_kfunc_arg_nullable() of 7.3 also accepts "__arena").
 */
export function findSuffixes(files: readonly CFile[]): Suffix[] {
  const literals = files
    .filter(({ source }) => source.text.includes(SUFFIX_TEST_PREFIX))
    .flatMap((file) => literalsIn(file, (name) => name.startsWith(SUFFIX_TEST_PREFIX)))
    .filter(({ text }) => /^__[a-z]\w*$/.test(text))
  const names = [...new Set(literals.map(({ text }) => text))].sort(byteOrder)
  return names.flatMap((name) => {
    const tests = literals.filter(({ text }) => text === name)
    const said = tests.find(({ test }) => test === SUFFIX_TEST_PREFIX + name.slice(2)) ?? tests[0]
    return said ? [{ name, test: said.test, at: said.at }] : []
  })
}

/** The suffix a parameter's name ends in, the longest of those that the release tests for; null: none. */
export function suffixOf(name: string, suffixes: readonly Suffix[]): string | null {
  const fitting = suffixes.filter((suffix) => name.endsWith(suffix.name) && name.length > suffix.name.length)
  return fitting.reduce<string | null>(
    (best, { name: next }) => (best && best.length >= next.length ? best : next),
    null,
  )
}

/**
 * Finds the structs whose pointers resolve_btfids takes for implicit arguments, in the order it names them;
 * empty before 7.0, which has none.
 */
export function findImplicitTypes(files: readonly CFile[]): { name: string; at: SourceRef }[] {
  return files
    .filter(({ source }) => source.text.includes(IMPLICIT_FUNCTION))
    .flatMap((file) => literalsIn(file, (name) => name === IMPLICIT_FUNCTION))
    .filter(({ text }) => /^\w+$/.test(text))
    .map(({ text, at }) => ({ name: text, at }))
}
