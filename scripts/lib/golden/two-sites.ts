/** The differences between two built sites, kind by kind, in words. */
import { compareLists, type Hashes, isSame } from './lists.ts'
import { type Published, readPublished } from './published.ts'
import { countsOf, tellNames } from './report.ts'
import { difference } from './words.ts'

/** How much is told of a kind. */
export interface Wanted {
  /** So many different differences. */
  readonly show: number
  /** A kind or the beginning of paths, which alone are looked at; null: all. */
  readonly only: string | null
}

/** Where a sentence changed on every page it is told once; so many pages are looked at to find what else changed. */
const MOST_READ = 200
const MOST_LINES = 30

/** Per kind: how many files changed, came and went, and what the first differences say. [] where the sites are the same. */
export function tellTwoSites(before: string, after: string, { show, only }: Wanted): string[] {
  const [old, now] = [readPublished(before), readPublished(after)]
  return [...now.kinds].flatMap(([kind, hashes]) => {
    const isKind = only === null || only === kind
    const wanted = (list: Hashes): Hashes =>
      isKind ? list : new Map([...list].filter(([path]) => path.startsWith(only)))
    const found = compareLists(wanted(old.kinds.get(kind) ?? new Map()), wanted(hashes))
    if (isSame(found)) return []
    return [
      `${kind}: ${countsOf(found)}`,
      ...tellNames('added', found.added),
      ...tellNames('removed', found.removed),
      ...tellChanged(old, now, found.changed, show),
    ]
  })
}

/** The first differences, each with the file where it was seen first and how many more have the same. */
function tellChanged(before: Published, after: Published, paths: readonly string[], show: number): string[] {
  const seen = new Map<string, string[]>()
  let read = 0
  for (const path of paths) {
    if (seen.size >= show || read >= MOST_READ) break
    read++
    const lines = difference(path, before.textOf(path), after.textOf(path))
    const key = lines.join('\n')
    seen.set(key, [...(seen.get(key) ?? []), path])
  }
  const told = [...seen].flatMap(([key, [path = '', ...others]]) => {
    const lines = key.split('\n')
    return [
      `  ${path}${others.length > 0 ? ` and ${others.length} more with the same difference` : ''}`,
      ...lines.slice(0, MOST_LINES).map((line) => `    ${line}`),
      ...(lines.length > MOST_LINES ? [`    ... and ${lines.length - MOST_LINES} more lines`] : []),
    ]
  })
  const left = paths.length - read
  return left > 0
    ? [...told, `  ${left} more were not looked at; --show N shows more, --only PATH one`]
    : told
}
