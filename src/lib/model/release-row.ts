/** The row of releases: in which order mainline made them, which of them were read, and how. */
import type { Mainline } from '#lib/model/knowledge.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'
import { isFromTo, releaseOrder } from '#lib/model/order.ts'
import type { Release, ReleaseHead } from '#lib/model/published.ts'

/** What the row needs to know of a release that was read. */
export type RowHead = Pick<ReleaseHead, 'id' | 'coverage' | 'follows'>

/** The releases that were read, and their place among all that mainline made. */
export interface ReleaseRow {
  /** Oldest first. */
  readonly ids: readonly string[]
  /** `source`: with an image or without; `image`: that alone; `unread`: neither. */
  readAs(id: string): 'source' | 'image' | 'unread'
  /** Whether mainline went from one release right to the other, which was read. False also where that is not known. */
  isNext(from: string, to: string): boolean
  /**
   * The mainline releases between two of the row that were not read, oldest first. Where the end of a major release is not
   * known, none is named between the last of it that was read and the .0 of the next.
   */
  unreadBetween(first: string, last: string): readonly string[]
  /** The nearest release before one that was read from source, or after it; null: there is none. */
  olderWithSource(id: string): string | null
  newerWithSource(id: string): string | null
}

/** Makes the row of releases in any order. */
export function releaseRow(given: readonly RowHead[]): ReleaseRow {
  const heads = [...given].sort((a, b) => releaseOrder(a.id, b.id))
  const byId = new Map(heads.map((head) => [head.id, head]))
  const ids = heads.map(({ id }) => id)
  const readAs: ReleaseRow['readAs'] = (id) => {
    const head = byId.get(id)
    return head === undefined ? 'unread' : head.coverage === 'btf-only' ? 'image' : 'source'
  }
  const withSource = ids.filter((id) => readAs(id) === 'source')
  return {
    ids,
    readAs,
    isNext: (from, to) => byId.get(to)?.follows[0] === from,
    unreadBetween: (first, last) =>
      heads
        .filter(({ id }) => isFromTo(id, first, last))
        .slice(1)
        .flatMap(({ follows }) => follows.filter((id) => !byId.has(id)).reverse()),
    olderWithSource: (id) => withSource.findLast((other) => releaseOrder(other, id) < 0) ?? null,
    newerWithSource: (id) => withSource.find((other) => releaseOrder(other, id) > 0) ?? null,
  }
}

/** The row of published releases, made once for each list of them. */
export const rowOf = memoisePerObject((releases: readonly Release[]) =>
  releaseRow(releases.map(({ release }) => release)),
)

/**
 * The mainline releases before one, newest first, back to `before`, the one before it that was read; null: there is none,
 * and the one that it follows is all that is asked. They stop where it is not known how the major release before ended.
 */
export function followsOf(id: string, before: string | null, mainline: Mainline): string[] {
  const follows: string[] = []
  for (let at = previousOf(id, mainline); at !== null; at = previousOf(at, mainline)) {
    // a row may lack the releases that `content/mainline.json` tells of, or be wrong about them
    if (before !== null && releaseOrder(at, before) < 0) break
    follows.push(at)
    if (before === null) break
  }
  return follows
}

/** The mainline release before one; null where that is not known. */
function previousOf(id: string, { ends }: Mainline): string | null {
  const [major = 0, minor = 0] = id.split('.').map(Number)
  if (minor > 0) return `${major}.${minor - 1}`
  return ends.find(({ last }) => Number.parseInt(last, 10) === major - 1)?.last ?? null
}
