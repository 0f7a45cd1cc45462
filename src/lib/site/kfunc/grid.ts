import type { Kfunc, Support } from '#lib/model/published.ts'
import { sightingIn } from '#lib/publish/history/presence.ts'
import { shortProgramType, supportAnchor } from '#lib/site/links/urls.ts'
import type { Site } from '#lib/site/site.ts'

/**
 * What one release answers to one program type. `unknown`: no source was read, and nothing proves that the kfunc is not
 * there; `absent`: the release has no such kfunc, or no such program type.
 */
export type GridAnswer = 'yes' | 'if' | 'no' | 'unknown' | 'absent'

/** What a cell of the grid says, and the class that gives it its shape and colour. */
export const GRID_WORDS: Readonly<Record<GridAnswer, readonly [word: string, className: string]>> = {
  yes: ['yes', 'always'],
  if: ['if', 'sometimes'],
  no: ['no', 'never'],
  unknown: ['?', 'unknown'],
  absent: ['–', 'absent'],
}

/** One answer, of one release or of several in a row. */
export interface GridCell {
  readonly answer: GridAnswer
  /** Where the reason stands. */
  readonly href: string
  /** How many releases it is the answer of. */
  readonly span: number
}

/** Program types with the same answers through all releases. */
export interface GridRow {
  /** Short names. */
  readonly types: readonly string[]
  readonly cells: readonly GridCell[]
}

/** The answers of all releases to all program types. */
export interface Grid {
  /** Oldest first. */
  readonly releases: readonly { readonly id: string; readonly href: string | null }[]
  /** Types that may call it in some release: those that were refused nowhere first. */
  readonly rows: readonly GridRow[]
  /** Short names of the types that may call it in no release whose source was read. */
  readonly never: readonly string[]
  /** Whether any release answers at all. */
  readonly known: boolean
}

const merged = new WeakMap<Site, Map<string, Grid>>()

/** The grid of a kfunc with neighbours that answer the same joined: one for all its pages. */
export function mergedGrid(site: Site, name: string): Grid {
  const known = merged.get(site) ?? new Map<string, Grid>()
  merged.set(site, known)
  const grid = known.get(name) ?? supportGrid(site, name, true)
  known.set(name, grid)
  return grid
}

/** The grid of a kfunc; `merge` joins neighbours with one answer into a cell, which leads to the newest of them. */
export function supportGrid(site: Site, name: string, merge: boolean): Grid {
  const { catalog, urls } = site
  const columns = catalog.releases.map((release) => {
    const kfunc = catalog.find(release.release.id, name)
    const { presence } = sightingIn(release, name)
    return { head: release.release, kfunc, presence, support: supportByType(kfunc) }
  })
  const types = new Set(columns.flatMap(({ support }) => [...support.keys()]))
  const rows = new Map<
    string,
    { types: string[]; cells: { key: string; answer: GridAnswer; href: string }[] }
  >()
  for (const type of [...types].sort()) {
    const cells = columns.map(({ head, kfunc, presence, support }) => {
      const page = urls.kfunc(head.id, name)
      if (!kfunc) {
        const answer: GridAnswer = presence === 'unknown' ? 'unknown' : 'absent'
        return { key: answer, answer, href: '#history' }
      }
      const one = support.get(type)
      if (kfunc.programTypes === null)
        return { key: 'unknown', answer: 'unknown' as const, href: `${page}#callable-from` }
      if (!one) return { key: 'absent', answer: 'absent' as const, href: urls.programTypes(head.id) }
      const answer = gridAnswer(one.callable)
      const key = answer === 'if' ? `if ${one.conditions.join('\n')}` : answer
      return { key, answer, href: `${page}#${supportAnchor(type)}` }
    })
    const key = cells.map((cell) => cell.key).join('\t')
    const row = rows.get(key)
    if (row) row.types.push(shortProgramType(type))
    else rows.set(key, { types: [shortProgramType(type)], cells })
  }
  const isCallable = ({ cells }: { cells: readonly { answer: GridAnswer }[] }): boolean =>
    cells.some(({ answer }) => answer === 'yes' || answer === 'if')
  const all = [...rows.values()]
  return {
    releases: columns.map(({ head, kfunc }) => ({
      id: head.id,
      href: kfunc ? urls.kfunc(head.id, name) : null,
    })),
    rows: all.filter(isCallable).map(({ types: own, cells }) => ({
      types: own,
      cells: merge ? runs(cells) : cells.map(({ answer, href }) => ({ answer, href, span: 1 })),
    })),
    never: all
      .filter((row) => !isCallable(row))
      .flatMap((row) => row.types)
      .sort(),
    known: types.size > 0,
  }
}

const ANSWERS: Readonly<Record<Support['callable'], GridAnswer>> = {
  always: 'yes',
  sometimes: 'if',
  never: 'no',
}

/** The word of a grid for an answer of the data. */
export function gridAnswer(callable: Support['callable']): GridAnswer {
  return ANSWERS[callable]
}

function supportByType(kfunc: Kfunc | undefined): ReadonlyMap<string, Support> {
  return new Map((kfunc?.programTypes ?? []).map((one) => [one.programType, one]))
}

function runs(cells: readonly { key: string; answer: GridAnswer; href: string }[]): GridCell[] {
  const out: (GridCell & { key: string })[] = []
  for (const { key, answer, href } of cells) {
    const last = out.at(-1)
    if (last?.key === key) out[out.length - 1] = { ...last, href, span: last.span + 1 }
    else out.push({ key, answer, href, span: 1 })
  }
  return out.map(({ answer, href, span }) => ({ answer, href, span }))
}
