/** Makes what the search script fetches out of the releases and the texts. */
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import type { Kfunc } from '#lib/model/published.ts'
import { PROSE_KINDS } from '#lib/prose/kinds.ts'
import { markdownText } from '#lib/prose/markdown.ts'
import type { CatalogEntry } from '#lib/site/catalog.ts'
import { programTypeSegment } from '#lib/site/links/urls.ts'
import { messageAnchors } from '#lib/site/message-list.ts'
import type { Site } from '#lib/site/site.ts'
import type { Texts } from '#lib/site/texts.ts'
import { type SearchData, type SearchFacts, type SearchKfunc, type SearchText, typeName } from './data.ts'
import { MESSAGES } from './messages.ts'
import { type ReleaseSet, releaseSet } from './release-set.ts'

/** Longer sentences are cut for the list of hits. */
const SUMMARY_LENGTH = 72

/** The names to search through, with what filters ask of them, and the pages of texts. */
export function searchIndex({ catalog, texts }: Pick<Site, 'catalog' | 'texts'>): SearchData {
  const releases = catalog.releases.map(({ release }) => release.id)
  const kfuncs = catalog.names.map((name) => catalog.sightings(name))
  const all = kfuncs.flat().map(({ kfunc }) => kfunc)
  const vocabulary = {
    releases,
    introduced: sorted(all.flatMap(({ introduced }) => introduced?.release ?? [])).sort(releaseOrder),
    flags: sorted(all.flatMap(({ flags }) => flags)),
    types: sorted(all.flatMap(typesOf)).filter(Boolean),
    suffixes: sorted(all.flatMap(suffixesOf)),
    programTypes: sorted(all.flatMap((one) => callableOf(one) ?? [])),
  }
  const sets = new Map<string, number>()
  const rows = kfuncs.map((seen) => kfuncRow(seen, vocabulary, sets))
  return {
    ...vocabulary,
    callable: [...sets.keys()].map((key) => JSON.parse(key)),
    kfuncs: rows,
    texts: [...textRows(texts), ...messageRows(texts)],
  }
}

function textRows({ library }: Texts): SearchText[] {
  return PROSE_KINDS.filter((kind) => kind !== 'kfuncs').flatMap((kind) =>
    library
      .list(kind)
      .map(
        ({ slug, front, summary }): SearchText => [
          kind,
          slug,
          front.title ?? '',
          summary ? shorten(markdownText(summary)) : '',
        ],
      ),
  )
}

/** The messages of the verifier that some release says, each with its place in the guide. */
function messageRows({ library }: Texts): SearchText[] {
  const anchors = messageAnchors(library)
  return library.messages.flatMap((one): SearchText[] => {
    const anchor = anchors.get(one)
    return anchor === undefined ? [] : [[MESSAGES, anchor, one.message.replace(/\\n$/, ''), '']]
  })
}

type Vocabulary = Pick<
  SearchData,
  'releases' | 'introduced' | 'flags' | 'types' | 'suffixes' | 'programTypes'
>

function kfuncRow(
  seen: readonly CatalogEntry[],
  vocabulary: Vocabulary,
  sets: Map<string, number>,
): SearchKfunc {
  const { releases } = vocabulary
  const setOf = (ids: readonly string[]): ReleaseSet =>
    releaseSet(
      ids.map((id) => releases.indexOf(id)),
      releases.length,
    )
  const indexes = (names: readonly string[], list: readonly string[]): number[] =>
    names.map((name) => list.indexOf(name))
  const facts = new Map<string, string[]>()
  const callable = new Map<number, string[]>()
  for (const { head, kfunc } of seen) {
    const [returns = '', ...parameters] = typesOf(kfunc)
    const said = [
      vocabulary.types.indexOf(returns),
      indexes([...new Set(parameters)].filter(Boolean), vocabulary.types),
      indexes(kfunc.flags, vocabulary.flags),
      indexes(sorted(suffixesOf(kfunc)), vocabulary.suffixes),
    ]
    const key = JSON.stringify(said)
    facts.set(key, [...(facts.get(key) ?? []), head.id])
    const types = callableOf(kfunc)
    if (!types) continue
    const set = JSON.stringify(indexes(types, vocabulary.programTypes).sort((a, b) => a - b))
    const index = sets.get(set) ?? sets.size
    sets.set(set, index)
    callable.set(index, [...(callable.get(index) ?? []), head.id])
  }
  const newest = seen[0]?.kfunc
  return [
    newest?.name ?? '',
    setOf(seen.map(({ head }) => head.id)),
    vocabulary.introduced.indexOf(newest?.introduced?.release ?? ''),
    shorten(summaryOf(seen)),
    [...facts].map(
      ([key, ids]): SearchFacts => [
        setOf(ids),
        ...(JSON.parse(key) as [number, number[], number[], number[]]),
      ],
    ),
    [...callable].map(([index, ids]) => [setOf(ids), index] as const),
  ]
}

/** What it returns, then what it takes. */
function typesOf({ prototype }: Kfunc): string[] {
  return prototype ? [prototype.returns, ...prototype.parameters.map(({ type }) => type)].map(typeName) : []
}

function suffixesOf({ prototype }: Kfunc): string[] {
  return prototype?.parameters.flatMap(({ suffix }) => suffix ?? []) ?? []
}

function callableOf({ programTypes }: Kfunc): string[] | null {
  if (!programTypes) return null
  return programTypes
    .filter(({ callable }) => callable !== 'never')
    .map(({ programType }) => programTypeSegment(programType))
}

function summaryOf(seen: readonly CatalogEntry[]): string {
  const summary = seen.find(({ kfunc }) => kfunc.doc?.summary)?.kfunc.doc?.summary ?? ''
  return summary.replace(/[%@&](?=\w)|`/g, '')
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= SUMMARY_LENGTH) return line
  return `${line.slice(0, SUMMARY_LENGTH).replace(/\s\S*$/, '')}…`
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort(byteOrder)
