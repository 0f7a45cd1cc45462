/** Source files that are compiled as a part of another one. */
import { conditionsAt } from '#lib/c/conditions.ts'
import { scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { SourceRef } from '#lib/model/published.ts'
import { folderOf, foldersAbove } from '#lib/text/folders.ts'
import { placeOf } from '#lib/text/source.ts'
import { isAboutConfig, waysOf } from './conditions-to-config.ts'
import type { Ways } from './ways.ts'

/** An `#include "…"` of a `.c` file. */
export interface Inclusion {
  /** The file that has it. */
  readonly path: string
  /** The ways in which the conditions around it hold. */
  readonly ways: Ways
  /** Those conditions, outermost first, and the line itself. */
  readonly at: readonly SourceRef[]
}

/** Finds what includes `path` among the `.c` files of its own folder and of those above. */
export async function findInclusions(tree: KernelTree, path: string): Promise<Inclusion[]> {
  const folders = new Set(foldersAbove(path))
  const name = path.replace(/^.*\//, '')
  const sources = await tree.search([name], (it) => it.endsWith('.c') && folders.has(folderOf(it)))
  return sources.map(scan).flatMap((file) =>
    file.directives.flatMap((directive): Inclusion[] => {
      const included = /^"(.+)"/.exec(directive.text.trim())?.[1]
      if (directive.name !== 'include' || included === undefined) return []
      if (resolve(folderOf(file.source.path), included) !== path) return []
      const conditions = conditionsAt(file, directive.start)
      const at = [...conditions.filter(isAboutConfig), directive].map(({ start }) => ({
        path: file.source.path,
        line: placeOf(file.source, start).line,
      }))
      return [{ path: file.source.path, ways: waysOf(conditions), at }]
    }),
  )
}

/** The path that an include of `name` in a file of `folder` leads to. */
function resolve(folder: string, name: string): string {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of name.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  return parts.join('/')
}
