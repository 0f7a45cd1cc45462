/** Rules of the hand-written texts, in the words of `npm run check`. */
import { loadPlaces, loadTexts } from '#content-fs'
import type { Extracted } from '#lib/model/extracted.ts'
import type { Release } from '#lib/model/published.ts'
import { checkProse } from '#lib/prose/check.ts'
import { datedFactsOf, readLibrary } from '#lib/prose/library.ts'
import { missingTexts, unreadPlaces } from '#lib/prose/missing.ts'
import { knownNamesOf } from '#lib/site/known-names.ts'
import { textDates } from '#lib/site/text-dates.ts'
import type { Problem } from './problem.ts'

/** Checks the texts of a content folder against its releases, as they were extracted and as they are published. */
export function checkTexts(
  content: string,
  extracted: readonly Extracted[],
  releases: readonly Release[],
): Problem[] {
  const files = { ...loadTexts(content), places: loadPlaces(content), facts: extracted.map(datedFactsOf) }
  const dates = textDates(releases, files)
  const library = readLibrary(files, dates)
  const vocabulary = knownNamesOf(releases)
  return [
    ...checkProse(library, vocabulary, dates),
    ...missingTexts(library, vocabulary, content),
    ...unreadPlaces(library, files.places),
  ]
}
