/** The folder that holds what is pinned. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { writeAtomically } from '../files/write-json.ts'
import type { Golden } from './report.ts'

/** Where it lies, from the root of the repository. */
export const FOLDER = 'tests/golden'

/** What of it a program makes and holds. */
const PARTS = { site: /^(?:lists|pages|records)\//, answers: /^answers\.txt$/ }

/** A part of what is pinned: what a built site says, or what `src/lib` answers without one. */
export type Part = keyof typeof PARTS

/** What is pinned of a part; nothing where nothing was pinned yet. */
export function readGolden(part: Part, folder = FOLDER): Golden {
  if (!existsSync(folder)) return new Map()
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => relative(folder, join(folder, name)).split(sep).join('/'))
      .filter((name) => PARTS[part].test(name))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

/** Pins: writes what differs and removes what is no more. Throws a Failure where it cannot. */
export function writeGolden(part: Part, golden: Golden, folder = FOLDER): void {
  const before = readGolden(part, folder)
  for (const [name, text] of golden) if (before.get(name) !== text) writeAtomically(join(folder, name), text)
  for (const name of before.keys()) if (!golden.has(name)) rmSync(join(folder, name))
}
