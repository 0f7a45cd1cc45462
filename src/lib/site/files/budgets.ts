/** What a built site may cost its readers, and how far one is from it. Sizes are bytes; "gz" is gzip's default level. */

const KB = 1024

/** The kinds of pages that are weighed together, by their addresses. */
const KINDS: readonly (readonly [kind: PageKind, page: RegExp])[] = [
  ['release', /^\d+\.\d+\/index\.html$/],
  ['program type', /^\d+\.\d+\/program-types\//],
  ['flag', /^\d+\.\d+\/flags\//],
  ['changes and coverage', /^\d+\.\d+\/(?:changes|coverage)\//],
  ['grid', /^\d+\.\d+\/grid\//],
  ['kfunc', /^\d+\.\d+\/[^/]+\/index\.html$/],
  ['stable kfunc', /^kfuncs\/[^/]+\/index\.html$/],
  ['text', /^(?:flags|suffixes|arguments|program-types|concepts|guides)\//],
]

/** A kind of page that shares a row of the budget. */
export type PageKind =
  | 'release'
  | 'program type'
  | 'flag'
  | 'changes and coverage'
  | 'grid'
  | 'kfunc'
  | 'stable kfunc'
  | 'text'
  | 'other'

/** A page of the built site, weighed. */
export interface WeighedPage {
  /** Its file, relative to the site: "7.3/bpf_task_acquire/index.html". */
  readonly path: string
  readonly bytes: number
  readonly gz: number
  /** The scripts that it loads at once, with all that they import. */
  readonly scriptsGz: number
  /** What in it would be asked of another host, or runs inline: the text of each place. */
  readonly refused: readonly string[]
}

/** A built site, weighed. */
export interface WeighedSite {
  readonly pages: readonly WeighedPage[]
  /** All style sheets together. */
  readonly stylesGz: number
  /** The file that search fetches; null when there is none. */
  readonly searchGz: number | null
  readonly files: number
  /** All files together. */
  readonly bytes: number
}

/** One row of the report: the pages of a kind. */
export interface KindRow {
  readonly kind: PageKind
  readonly pages: number
  readonly bytesMax: number
  readonly bytesMedian: number
  readonly gzMax: number
  readonly scriptsGzMax: number
}

/** The kind of the page that lies in `path`. */
export function pageKind(path: string): PageKind {
  return KINDS.find(([, page]) => page.test(path))?.[0] ?? 'other'
}

/** The pages of each kind in numbers, in the order in which kinds first come. */
export function kindRows(pages: readonly WeighedPage[]): KindRow[] {
  const byKind = new Map<PageKind, WeighedPage[]>()
  for (const page of pages) {
    const kind = pageKind(page.path)
    byKind.set(kind, [...(byKind.get(kind) ?? []), page])
  }
  return [...byKind].map(([kind, some]) => ({
    kind,
    pages: some.length,
    bytesMax: Math.max(...some.map(({ bytes }) => bytes)),
    bytesMedian: median(some.map(({ bytes }) => bytes)),
    gzMax: Math.max(...some.map(({ gz }) => gz)),
    scriptsGzMax: Math.max(...some.map(({ scriptsGz }) => scriptsGz)),
  }))
}

/** Every budget that the site is past, in a sentence each: what was seen, and what was expected. */
export function overBudget(site: WeighedSite): string[] {
  const kfuncs = site.pages.filter(({ path }) => pageKind(path) === 'kfunc')
  const past = (what: string, bytes: number, limit: number) =>
    bytes > limit ? [`${what}: ${kilobytes(bytes)}, the budget is ${kilobytes(limit)}`] : []
  return [
    ...kfuncs.flatMap(({ path, bytes, gz }) => [
      ...past(`${path}, HTML`, bytes, 60 * KB),
      ...past(`${path}, compressed`, gz, 9 * KB),
    ]),
    ...past('kfunc pages, HTML of the median', median(kfuncs.map(({ bytes }) => bytes)), 30 * KB),
    ...site.pages
      .filter(({ path }) => pageKind(path) === 'grid')
      .flatMap(({ path, bytes, gz }) => [
        ...past(`${path}, HTML`, bytes, 300 * KB),
        ...past(`${path}, compressed`, gz, 30 * KB),
      ]),
    ...site.pages
      .filter(({ path }) => path === 'kfuncs/index.html')
      .flatMap(({ path, bytes }) => past(`${path}, HTML`, bytes, 200 * KB)),
    ...site.pages.flatMap(({ path, scriptsGz, refused }) => [
      ...past(`${path}, scripts compressed`, scriptsGz, 10 * KB),
      ...refused.map((text) => `${path}: ${text}: no page asks another host or runs anything inline`),
    ]),
    ...past('styles, compressed', site.stylesGz, 12 * KB),
    ...(site.searchGz === null
      ? ['there is no search index']
      : past('search index, compressed', site.searchGz, 20 * KB)),
  ]
}

/** A size as people read it: "23.4 KB". */
export function kilobytes(bytes: number): string {
  return `${(bytes / KB).toFixed(1)} KB`
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
