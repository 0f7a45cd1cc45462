/** What a reader looked for at an address that leads nowhere, as far as the address tells. */
import { releaseOrder } from '#lib/model/order.ts'

/** What an address asks for. */
export interface AskedAddress {
  /** The release it names, as the site would spell it; null: none. */
  readonly release: string | null
  /** The releases of the site nearest to it, the older first; the release itself where there is one. */
  readonly nearest: readonly string[]
  /** The name it ends in, of a kfunc or of another page; "": none. */
  readonly name: string
}

/** "7.3", and what people write for it: "v7.3", "7.3.4", "7.3-rc1". */
const RELEASE = /^v?(\d+\.\d+)(?:[.-].*)?$/

/** Reads the path of an address under `base`; `releases` are those of the site, oldest first. */
export function readAddress(path: string, base: string, releases: readonly string[]): AskedAddress {
  const inside = path.startsWith(base) ? path.slice(base.length) : path
  const segments = inside
    .split('/')
    .map((segment) => decoded(segment).replace(/(?:index)?\.html?$/, ''))
    .filter(Boolean)
  const release = segments.flatMap((segment) => RELEASE.exec(segment)?.[1] ?? [])[0] ?? null
  const names = segments.filter((segment) => !RELEASE.test(segment))
  return { release, nearest: release === null ? [] : nearestOf(release, releases), name: names.at(-1) ?? '' }
}

function nearestOf(asked: string, releases: readonly string[]): readonly string[] {
  if (releases.includes(asked)) return [asked]
  const older = releases.findLast((id) => releaseOrder(id, asked) < 0)
  const newer = releases.find((id) => releaseOrder(id, asked) > 0)
  return [older, newer].filter((id) => id !== undefined)
}

/** A segment without its percent signs; one that is not well formed stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
