/** What differs between what is pinned and what is published now, as a person is told of it. */
import { byteOrder } from '#lib/model/order.ts'
import { compareLists, isSame, type ListDifference, readList } from './lists.ts'
import { lineDifference } from './words.ts'

/** The files of tests/golden with their texts: `lists/<kind>.txt` and `answers.txt` are lists, all others are whole. */
export type Golden = ReadonlyMap<string, string>

const MOST_NAMES = 8
const MOST_LINES = 40

/**
 * Which kinds differ, in how many files and in which, and the first difference of a text that is pinned whole. [] where
 * nothing differs.
 */
export function report(pinned: Golden, now: Golden): string[] {
  const files = [...new Set([...pinned.keys(), ...now.keys()])].sort(byteOrder)
  const changed = files.filter((file) => pinned.get(file) !== now.get(file))
  const lists = changed.filter(isList).flatMap((file) => {
    const difference = compareLists(readList(pinned.get(file) ?? ''), readList(now.get(file) ?? ''))
    return tellList(file.replace(/^lists\/|\.txt$/g, ''), difference)
  })
  const wholes = changed.filter((file) => !isList(file))
  return [...lists, ...tellWholes(wholes, pinned, now)]
}

/** One line that counts, then names: "kfunc-pages: 3 changed, 1 added". */
export function tellList(kind: string, difference: ListDifference): string[] {
  if (isSame(difference)) return [`${kind}: the list is written otherwise, of the same hashes`]
  return [
    `${kind}: ${countsOf(difference)}`,
    ...(['changed', 'added', 'removed'] as const).flatMap((how) => tellNames(how, difference[how])),
  ]
}

/** "3 changed, 1 added". */
export function countsOf({ changed, added, removed }: ListDifference): string {
  return [
    changed.length > 0 ? `${changed.length} changed` : '',
    added.length > 0 ? `${added.length} added` : '',
    removed.length > 0 ? `${removed.length} removed` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** The first names of some, and how many more there are. */
export function tellNames(how: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return []
  const more = paths.length > MOST_NAMES ? ` and ${paths.length - MOST_NAMES} more` : ''
  return [`  ${how}: ${paths.slice(0, MOST_NAMES).join(', ')}${more}`]
}

function tellWholes(files: readonly string[], pinned: Golden, now: Golden): string[] {
  const [first] = files
  if (first === undefined) return []
  const [before, after] = [pinned, now].map((golden) => (golden.get(first) ?? '').split('\n'))
  const lines = lineDifference(before ?? [], after ?? [])
  const more = lines.length > MOST_LINES ? [`  ... and ${lines.length - MOST_LINES} more lines`] : []
  return [
    ...tellNames('pinned whole, changed', files).map((line) => line.trim()),
    `the first of them, ${first}:`,
    ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...more,
  ]
}

const isList = (file: string): boolean => file.startsWith('lists/') || file === 'answers.txt'
