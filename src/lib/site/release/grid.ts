/** All kfuncs and all program types of one release, as the rows and columns of one table. */
import type { Kfunc, ReleaseHead, Support } from '#lib/model/published.ts'
import { configCondition } from '#lib/site/kfunc/callable-from.ts'
import { type GridAnswer, gridAnswer } from '#lib/site/kfunc/grid.ts'
import { shortProgramType, supportAnchor } from '#lib/site/links/urls.ts'
import { coverageText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import { groupBySubsystem, subsystemAnchor, subsystemsOf } from '#lib/site/subsystem.ts'

/** Program types that get one answer from every kfunc of the release, under the same conditions. */
export interface ReleaseGridColumn {
  readonly types: readonly { readonly short: string; readonly href: string }[]
}

/** What one kfunc answers to the program types of one column. */
export interface ReleaseGridCell {
  readonly answer: GridAnswer
  /** Where the reason stands; null for a plain "no": nothing registers the kfunc there. */
  readonly href: string | null
}

/** One kfunc, its cells in the order of the columns. */
export interface ReleaseGridRow {
  readonly name: string
  readonly href: string
  readonly testOnly: boolean
  readonly cells: readonly ReleaseGridCell[]
}

/** The kfuncs of one part of the kernel. */
export interface ReleaseGridGroup {
  readonly name: string
  readonly anchor: string
  readonly rows: readonly ReleaseGridRow[]
}

/** All that the grid of a release shows. */
export interface ReleaseGrid {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  /** Why the release cannot answer; null when it can. */
  readonly coverage: string | null
  /** Those with most kfuncs first; empty where no answer is known. */
  readonly columns: readonly ReleaseGridColumn[]
  /** How many program types the columns stand for. */
  readonly types: number
  readonly groups: readonly ReleaseGridGroup[]
}

/** Computes the grid of a release. It has no columns and no groups where the release cannot answer. */
export function releaseGrid(site: Site, id: string): ReleaseGrid {
  const { catalog, urls } = site
  const release = catalog.release(id)
  const kfuncs = catalog.listed(id)
  const columns = columnsOf(catalog.programTypes(id), kfuncs)
  const subsystems = subsystemsOf(catalog.releases, catalog.releases.indexOf(release))
  const groups = columns.length === 0 ? [] : groupBySubsystem(kfuncs, subsystems)
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) => urls.grid(head.id)),
    coverage: coverageText(release.release),
    columns: columns.map((types) => ({
      types: types.map((type) => ({ short: shortProgramType(type), href: urls.programType(id, type) })),
    })),
    types: columns.flat().length,
    groups: groups.map(([name, members]) => ({
      name,
      anchor: subsystemAnchor(name),
      rows: members.map((kfunc) => rowOf(kfunc, urls.kfunc(id, kfunc.name), columns)),
    })),
  }
}

function rowOf(kfunc: Kfunc, href: string, columns: readonly (readonly string[])[]): ReleaseGridRow {
  const supports = new Map(kfunc.programTypes?.map((one) => [one.programType, one]))
  return {
    name: kfunc.name,
    href,
    testOnly: kfunc.kind === 'test-only',
    cells: columns.map(([type = '']) => {
      const support = supports.get(type)
      if (!support) return { answer: 'unknown', href: `${href}#callable-from` }
      const isPlainNo = support.callable === 'never' && support.conditions.length === 0
      return {
        answer: gridAnswer(support.callable),
        href: isPlainNo ? null : `${href}#${supportAnchor(type)}`,
      }
    }),
  }
}

/** Joins the types to which every kfunc gives the same answer; those that may call most come first. */
function columnsOf(types: readonly string[], kfuncs: readonly Kfunc[]): readonly (readonly string[])[] {
  const answers = new Map<string, string[]>(types.map((type) => [type, []]))
  const callable = new Map<string, number>()
  for (const { programTypes } of kfuncs) {
    const supports = new Map(programTypes?.map((one) => [one.programType, one]))
    for (const [type, list] of answers) {
      const support = supports.get(type)
      list.push(support ? saidBy(support) : '')
      if (support && support.callable !== 'never') callable.set(type, (callable.get(type) ?? 0) + 1)
    }
  }
  const columns = new Map<string, string[]>()
  for (const [type, list] of answers) {
    const key = list.join('\t')
    columns.set(key, [...(columns.get(key) ?? []), type])
  }
  const most = ([type = '']: readonly string[]): number => callable.get(type) ?? 0
  return [...columns.values()].sort((a, b) => most(b) - most(a))
}

function saidBy(support: Support): string {
  return [support.callable, ...support.conditions, ...configCondition(support)].join('\n')
}
