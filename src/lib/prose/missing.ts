/** What is missing: texts, since every flag, suffix and program type of any release has one; and places of dates. */
import { byteOrder } from '#lib/model/order.ts'
import { printPlace, type StoredPlaces } from '#lib/model/places.ts'
import { readSubject } from '#lib/model/subject.ts'
import type { ProseProblem } from '#lib/prose/document.ts'
import { PROSE_KINDS, type ProseKind } from '#lib/prose/kinds.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import type { Library } from '#lib/prose/library.ts'

/** A problem for each text that is to be written; `folder` is where the texts lie. */
export function missingTexts(library: Library, vocabulary: KnownNames, folder: string): ProseProblem[] {
  const needed: readonly (readonly [ProseKind, ReadonlySet<string>, string])[] = [
    ['flags', vocabulary.flags, 'flag'],
    ['suffixes', vocabulary.suffixes, 'suffix'],
    ['program-types', vocabulary.programTypes, 'program type'],
  ]
  return needed.flatMap(([kind, names, word]) =>
    [...names]
      .sort(byteOrder)
      .filter((name) => !library.find(kind, name))
      .map((name) => {
        const path = `${folder}/${kind}/${name}.md`
        return {
          rule: 'prose-missing',
          message: `the ${word} ${name} has no page: write ${path}`,
          place: { path, line: 1, column: 1 },
        }
      }),
  )
}

/** A problem for each place that a date is about and that was not looked up in every release with source: it may be there. */
export function unreadPlaces(library: Library, places: readonly StoredPlaces[]): ProseProblem[] {
  const read = places.map(({ release, places: found, absent }) => ({
    release,
    of: new Set([...found.map(({ of }) => of), ...absent]),
  }))
  const mentions = [
    ...PROSE_KINDS.flatMap((kind) => library.list(kind).flatMap((document) => document.mentions)),
    ...library.messages.flatMap((message) => message.mentions),
  ]
  return mentions.flatMap((mention) => {
    if (!('target' in mention) || mention.target.to !== 'date') return []
    const written = (readSubject(mention.url)?.things ?? []).flatMap((thing) =>
      thing.is === 'kernel' ? printPlace(thing.place) : [],
    )
    return written.flatMap((one) => {
      const unread = read.filter(({ of }) => !of.has(one)).map(({ release }) => release)
      if (unread.length === 0) return []
      const message = `${one} was not looked up in ${unread.join(', ')}: run npm run extract -- --only places`
      return [{ rule: 'kernel-place', message, place: mention.place }]
    })
  })
}
