/** All hand-written texts of `content`, with the places that they rest on. */
import type { Extracted } from '#lib/model/extracted.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { type KernelPlace, printPlace, type StoredMessage, type StoredPlaces } from '#lib/model/places.ts'
import type { Dates } from '#lib/prose/dates.ts'
import { type ProseDocument, type ProseProblem, readDocument } from '#lib/prose/document.ts'
import { PROSE_KINDS, type ProseKind } from '#lib/prose/kinds.ts'
import { readMessages, type VerifierMessage } from '#lib/prose/messages.ts'
import type { SourceText } from '#lib/text/source.ts'

/** What is read from `content`. */
export interface ProseFiles {
  readonly files: readonly SourceText[]
  /** `content/messages.json`; null: there is none. */
  readonly messages: SourceText | null
  readonly places: readonly StoredPlaces[]
  /** What the source of each release says beside its kfuncs. */
  readonly facts: readonly DatedFacts[]
}

/** Of a release with source: the words of conditions, and which program types may sleep. */
export interface DatedFacts extends Pick<Extracted, 'vocabulary' | 'sleepability'> {
  readonly release: string
}

/** What dates may be about, of what was extracted. */
export const datedFactsOf = ({ release, vocabulary, sleepability }: Extracted): DatedFacts => ({
  release: release.id,
  vocabulary,
  sleepability,
})

/** A place of the kernel's source that was found; line null: a file as a whole. */
export interface FoundPlace {
  readonly release: string
  readonly path: string
  readonly line: number | null
}

/** A message in one release. */
export interface SaidMessage extends StoredMessage {
  readonly release: string
}

/** The texts by kind and name. */
export interface Library {
  /** The texts of a kind: by `order`, then by title or name. */
  list(kind: ProseKind): readonly ProseDocument[]
  find(kind: ProseKind, slug: string): ProseDocument | undefined
  readonly messages: readonly VerifierMessage[]
  /** Where a message stands, oldest release first. */
  said(message: VerifierMessage): readonly SaidMessage[]
  /** Where a place is in a release, or, for null, in the newest that has it; null: nowhere. */
  place(place: KernelPlace, release: string | null): FoundPlace | null
  /** What is wrong with files by themselves. */
  readonly problems: readonly ProseProblem[]
}

/** Reads the texts, with their dates written out. What is broken is left out, and said in `problems`. */
export function readLibrary({ files, messages, places }: ProseFiles, dates: Dates): Library {
  const problems: ProseProblem[] = []
  const documents = files.flatMap((file) => readDocument(file, dates, problems) ?? [])
  const lists = new Map(
    PROSE_KINDS.map((kind) => [kind, documents.filter((one) => one.kind === kind).sort(documentOrder)]),
  )
  const byName = new Map(documents.map((one) => [`${one.kind}/${one.slug}`, one]))
  const releases = [...places]
    .sort((a, b) => releaseOrder(a.release, b.release))
    .map((one) => ({ ...one, lines: new Map(one.places.map(({ of, line }) => [of, line])) }))
  return {
    list: (kind) => lists.get(kind) ?? [],
    find: (kind, slug) => byName.get(`${kind}/${slug}`),
    messages: messages ? readMessages(messages, dates, problems) : [],
    said: ({ message, function: of }) =>
      releases.flatMap(({ release, messages: said }) =>
        said.filter((one) => one.message === message && one.of === of).map((one) => ({ ...one, release })),
      ),
    place: (place, release) => {
      const written = printPlace(place)
      const found = releases.findLast(
        (one) => (release === null || one.release === release) && one.lines.has(written),
      )
      return found
        ? { release: found.release, path: place.path, line: found.lines.get(written) ?? null }
        : null
    },
    problems,
  }
}

/** How a text is called: its title, else the name of what it is about. */
export function titleOf({ front, slug, kind }: Pick<ProseDocument, 'front' | 'slug' | 'kind'>): string {
  return front.title ?? (kind === 'program-types' ? slug.toUpperCase() : slug)
}

function documentOrder(a: ProseDocument, b: ProseDocument): number {
  const [left, right] = [a, b].map(({ front }) => front.order ?? Number.POSITIVE_INFINITY)
  return left === right ? byteOrder(titleOf(a), titleOf(b)) : (left ?? 0) - (right ?? 0)
}
