/** What a program needs of its file so that it stands alone. */
import type { Item } from '#lib/examples/items.ts'
import type { ProgramFile } from '#lib/examples/program.ts'

/** The items that the one at `root` needs, directly or not, each with its distance; the root has 0. */
export function neededFrom({ needs }: ProgramFile, root: number): Map<number, number> {
  const distances = new Map([[root, 0]])
  // a map keeps its order, and walks on over what is added meanwhile
  for (const [index, distance] of distances)
    for (const next of needs[index] ?? []) if (!distances.has(next)) distances.set(next, distance + 1)
  return distances
}

/** The items on the shortest way from `root` to `target`, both included. */
export function pathTo({ needs }: ProgramFile, root: number, target: number): number[] {
  const before = new Map([[root, root]])
  for (const [index] of before)
    for (const next of needs[index] ?? []) if (!before.has(next)) before.set(next, index)
  const path = [target]
  for (let at = target; at !== root; ) {
    at = before.get(at) ?? root
    path.unshift(at)
  }
  return path
}

/** Is this `char _license[] SEC("license") = …`? */
export const isLicense = ({ tokens }: Item): boolean =>
  tokens.some(
    ({ text }, index) => text === '"license"' && tokens[index - 1]?.text === '(' && index < tokens.length - 1,
  )

/**
 * All items of the snippet, in the file's order: those needed, every `#include`, the licence, and the conditions
 * that they stand under. What is defined before the last `#include` may be meant for the headers, and stays.
 */
export function keptItems(program: ProgramFile, needed: ReadonlyMap<number, number>): number[] {
  const { items } = program
  const lastInclude = items.findLastIndex(({ kind }) => kind === 'include')
  const isKept = (item: Item, index: number): boolean =>
    needed.has(index) ||
    item.kind === 'include' ||
    (item.kind === 'define' && index < lastInclude && !/^\w+\(/.test(item.text)) ||
    (item.kind === 'declaration' && isLicense(item))
  const kept = new Set(items.flatMap((item, index) => (isKept(item, index) ? [index] : [])))
  addConditions(items, kept)
  return [...kept].sort((a, b) => a - b)
}

/** Adds the `#if`, `#else` and `#endif` around kept items, and `#undef` of kept macros. */
function addConditions(items: readonly Item[], kept: Set<number>): void {
  // each open #if: its branches' lines, with whether anything in the branch is kept
  const open: { branches: { index: number; isKept: boolean }[] }[] = []
  const provided = new Set([...kept].flatMap((index) => items[index]?.provides ?? []))
  for (const [index, { directive, text }] of items.entries()) {
    if (kept.has(index)) for (const { branches } of open) mark(branches)
    if (/^if/.test(directive)) open.push({ branches: [{ index, isKept: false }] })
    else if (/^el/.test(directive)) open.at(-1)?.branches.push({ index, isKept: false })
    else if (directive === 'undef' && provided.has(text.trim())) kept.add(index)
    else if (directive === 'endif') {
      const branches = open.pop()?.branches ?? []
      const last = branches.findLastIndex((branch) => branch.isKept)
      if (last < 0) continue
      for (const branch of branches.slice(0, last + 1)) kept.add(branch.index)
      kept.add(index)
    }
  }
}

function mark(branches: { isKept: boolean }[]): void {
  const last = branches.at(-1)
  if (last) last.isKept = true
}
