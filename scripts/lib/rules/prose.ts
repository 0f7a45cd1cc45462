/** Rules of the hand-written texts, in the words of `npm run check`. */
import { loadProse } from '#content-fs'
import type { Release } from '#lib/model/published.ts'
import { checkProse } from '#lib/prose/check.ts'
import { readLibrary } from '#lib/prose/library.ts'
import { missingTexts } from '#lib/prose/missing.ts'
import { knownNamesOf } from '#lib/site/known-names.ts'
import type { Problem } from './problem.ts'

/** Checks the texts of a content folder against the published releases. */
export function checkTexts(content: string, releases: readonly Release[]): Problem[] {
  const library = readLibrary(loadProse(content))
  const vocabulary = knownNamesOf(releases)
  return [...checkProse(library, vocabulary), ...missingTexts(library, vocabulary, content)]
}
