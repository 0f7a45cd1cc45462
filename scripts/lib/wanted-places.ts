/** What the texts of `content` want to be looked up in a kernel's source. */
import { loadTexts } from '#content-fs'
import type { WantedPlaces } from '#lib/places/find.ts'
import { readLibrary, wantedOf } from '#lib/prose/library.ts'
import { Failure } from './failure.ts'
import { printProblem } from './rules/problem.ts'

/** Reads the texts. Throws a Failure when one is broken: what it refers to would be missing in silence. */
export function readWanted(): WantedPlaces {
  const library = readLibrary({ ...loadTexts(), places: [] })
  const [problem] = library.problems
  if (problem)
    throw new Failure(printProblem(problem), { hint: 'correct it; npm run check names all that is wrong' })
  return wantedOf(library)
}
