/** An exported name means one thing: whoever searches for it finds one file. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Names that several files must export, with the reason. */
const SHARED: Readonly<Record<string, string>> = {
  ask: 'the two files are one module to those who import `#ask`: in a thread while building, here while developing',
}

/** The names that a file exports. What it only passes on is the same thing, and is left out. */
function exportedNames(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const names = file.statements.flatMap((statement): string[] => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!isExported) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => bound(name))
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    return isNamed && statement.name ? [statement.name.text] : []
  })
  return [...new Set(names)]
}

/** The names that `const name` or `const { a, b }` binds. */
function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)))
}

/** The names that more than one of the files exports, each with the files. */
function clashes(files: Iterable<readonly [path: string, text: string]>): [name: string, paths: string[]][] {
  const exporters = new Map<string, string[]>()
  for (const [path, text] of files)
    for (const name of exportedNames(path, text)) exporters.set(name, [...(exporters.get(name) ?? []), path])
  return [...exporters].filter(([, paths]) => paths.length > 1)
}

/** Our own files. Those of `src/pages` export what Astro asks for by name. */
function* ownFiles(): Generator<readonly [string, string]> {
  for (const root of ['src', 'scripts'])
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(root, name)
      if (/\.m?[jt]s$/.test(path) && !path.startsWith('src/pages/')) yield [path, readFileSync(path, 'utf8')]
    }
}

test('no two files export the same name, but for those with a reason', () => {
  const found = clashes(ownFiles())
  expect(found.filter(([name]) => !(name in SHARED))).toEqual([])
  expect(found.map(([name]) => name).sort()).toEqual(Object.keys(SHARED).sort())
})

describe('a clash is found', () => {
  test.each([
    ['constants', 'export const a = 1', 'export const { a } = { a: 2 }'],
    ['a type and a function', 'export type a = 1', 'export function a() {}'],
    ['classes and interfaces', 'export class a {}', 'export interface a {}'],
  ])('between %s', (_, one, other) => {
    expect(
      clashes([
        ['one.ts', one],
        ['other.ts', other],
      ]),
    ).toEqual([['a', ['one.ts', 'other.ts']]])
  })

  test('but not where a file passes on what another has, nor where a name is not exported', () => {
    const files = [
      ['one.ts', 'export const a = 1; const b = 1'],
      ['other.ts', "export { a } from './one.ts'; export const b = 2"],
    ] as const
    expect(clashes(files)).toEqual([])
  })
})
