/** How many kfuncs each release has, as numbers for a table and as a picture. */
import type { ReleaseHead } from '#lib/model/published.ts'
import { changesIn } from '#lib/publish/history/history.ts'
import { type Html, html } from '#lib/site/render/html.ts'
import type { Site } from '#lib/site/site.ts'

/** One release as a bar of the picture and a row of the table. */
export interface TimelineRow {
  readonly head: ReleaseHead
  readonly kfuncs: number
  /** Compared with the release before in the row; null for the oldest. */
  readonly before: string | null
  /** Names that are new here, whether or not it is proven that they were not there before. */
  readonly added: number
  /** Names that are proven to be gone. */
  readonly removed: number
  /** Read from an image alone: there may be more, and more may be gone. */
  readonly atLeast: boolean
}

/** The row of releases, oldest first. Kfuncs of the kernel's own tests do not count. */
export function timelineRows(site: Site): readonly TimelineRow[] {
  const { catalog, history } = site
  return catalog.releases.map(({ release: head }) => {
    const before = catalog.before(head.id)
    const events = changesIn(history, head.id).filter(({ testOnly }) => !testOnly)
    const count = (...kinds: readonly string[]): number =>
      new Set(events.filter(({ kind }) => kinds.includes(kind)).map(({ kfunc }) => kfunc)).size
    const atLeast = head.coverage === 'btf-only'
    return {
      head,
      kfuncs: head.counts.kfuncs,
      before: before?.release.id ?? null,
      added: before ? count('added', 'came-back', 'first-seen') : 0,
      removed: before ? count('removed') : 0,
      atLeast,
    }
  })
}

/** What a release takes, so that neither its number nor its name runs into the next one's. */
const STEP = 36
const LEAST_WIDTH = 720
const HEIGHT = 260
const TOP = 36
const BASE = 210
const WIDEST_BAR = 40
/** The part of a step that a bar fills. */
const FILLED = 0.75

/** The picture: a bar for each release, what is new in it on top, what went below the line. */
export function timelineSvg(rows: readonly TimelineRow[]): Html {
  const most = Math.max(...rows.map(({ kfuncs }) => kfuncs), 1)
  const scale = (BASE - TOP) / most
  const width = Math.max(LEAST_WIDTH, rows.length * STEP)
  const step = width / rows.length
  const bar = Math.min(WIDEST_BAR, Math.round(step * FILLED))
  const first = rows[0]
  const last = rows.at(-1)
  const describe = rows
    .map(({ head, kfuncs, atLeast }) => `${head.id}: ${atLeast ? 'at least ' : ''}${kfuncs}`)
    .join(', ')
  const bars = rows.map((row, i) => {
    const { head, kfuncs, added, removed, atLeast } = row
    const x = Math.round(step * i + (step - bar) / 2)
    const middle = x + bar / 2
    const height = Math.round(kfuncs * scale)
    const fresh = Math.round(added * scale)
    const gone = Math.round(removed * scale)
    const top = BASE - height
    return html`<g><title>${barText(row)}</title><rect class="all${atLeast && ' least'}" x="${x}" y="${top}" width="${bar}" height="${height}"/>${
      fresh > 0 &&
      html`<rect class="new${atLeast && ' least'}" x="${x}" y="${top}" width="${bar}" height="${fresh}"/>`
    }${gone > 0 && html`<rect class="gone" x="${x}" y="${BASE + 1}" width="${bar}" height="${gone}"/>`} <text x="${middle}" y="${top - 6}">${
      atLeast && '≥ '
    }${kfuncs}</text> <text class="id" x="${middle}" y="${BASE + 32}">${head.id}</text></g>`
  })
  return html`<svg class="timeline" width="${width}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-labelledby="timeline-title timeline-desc"><title id="timeline-title">Kfuncs in each release from ${first?.head.id} to ${last?.head.id}</title><desc id="timeline-desc">${describe}. The table below says the same.</desc>${bars}<line x1="0" x2="${width}" y1="${BASE}" y2="${BASE}"/></svg>`
}

function barText({ head, kfuncs, before, added, removed, atLeast }: TimelineRow): string {
  const least = atLeast ? 'at least ' : ''
  const all = `${head.id}: ${least}${kfuncs}`
  return before === null ? all : `${all}; since ${before} ${added} are new, ${least}${removed} went`
}
