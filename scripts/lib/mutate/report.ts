/** What is said of tried mutants: how many were killed, folder by folder, and each that was not. */
import { relative } from 'node:path'
import type { MutantResult } from '@stryker-mutator/api/core'

/** What a report is made of. Lines and columns are Stryker's own, from 0. */
export type Tried = Pick<
  MutantResult,
  'fileName' | 'location' | 'mutatorName' | 'replacement' | 'static' | 'status'
>

/** Lines to print, and the share of the mutants that tests killed, from 0 to 1; 1 where there were none. */
export interface MutationReport {
  readonly lines: readonly string[]
  readonly killedShare: number
}

/** A mutant that ends in a loop is noticed as well as one that fails a test. */
const isKilled = ({ status }: Tried): boolean => status === 'Killed' || status === 'Timeout'

/** Puts a report together. Paths are given from the current folder. */
export function mutationReport(tried: readonly Tried[]): MutationReport {
  const killed = tried.filter(isKilled).length
  const byFolder = new Map<string, Tried[]>()
  for (const mutant of tried) {
    const folder = relative('.', mutant.fileName).split('/').slice(0, 3).join('/')
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), mutant])
  }
  const share = (some: number, all: number): string =>
    all === 0 ? '' : ` (${((100 * some) / all).toFixed(1)} %)`
  const ofConstants = tried.filter((mutant) => mutant.static)
  const survivors = tried.filter((mutant) => !isKilled(mutant)).map(survivor)
  return {
    lines: [
      ...[...byFolder]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([folder, some]) => {
          const here = some.filter(isKilled).length
          return `${folder}: ${here} of ${some.length} killed${share(here, some.length)}`
        }),
      `in all: ${killed} of ${tried.length} killed${share(killed, tried.length)}`,
      `of module-level constants: ${ofConstants.filter(isKilled).length} of ${ofConstants.length} killed`,
      ...(survivors.length > 0 ? ['', 'not killed:', ...survivors.sort()] : []),
    ],
    killedShare: tried.length === 0 ? 1 : killed / tried.length,
  }
}

/** `src/lib/c/scan.ts:12:5  survived  EqualityOperator  a < b`, counted from 1 as editors do. */
function survivor(mutant: Tried): string {
  const { line, column } = mutant.location.start
  const what = mutant.status === 'NoCoverage' ? 'no test runs it' : 'survived'
  const constant = mutant.static ? ', a constant' : ''
  const text = mutant.replacement.replace(/\s+/g, ' ').slice(0, 100)
  return `${relative('.', mutant.fileName)}:${line + 1}:${column + 1}  ${what}${constant}  ${mutant.mutatorName}  ${text}`
}
