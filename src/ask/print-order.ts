/** What will be asked while the site is built, so that it can be answered before. */
import type { PageKind } from '#lib/site/pages/text-page.ts'
import { type Asked, QUESTIONS, type Question } from './questions.ts'

/** A question with what is given. */
export type ToCome = readonly [Question, ...string[]]

/**
 * All that takes long, in the order in which Astro prints what asks for it: by route, and of a route all pages. What is
 * missing here, or comes too late, is waited for.
 */
export function questionsToCome(asked: Asked): readonly ToCome[] {
  const ids = QUESTIONS.releases(asked)
  const names = QUESTIONS.names(asked)
  const ofEach = (question: Question, given: readonly string[]) => given.map((one): ToCome => [question, one])
  const inEach = (question: Question, of: 'kfuncs' | 'flags' | 'programTypes') =>
    QUESTIONS[of](asked).map(({ id, name }): ToCome => [question, id, name])
  const texts = (...kinds: readonly PageKind[]) =>
    kinds.flatMap((kind) => QUESTIONS.texts(asked, kind).map((slug): ToCome => ['textPage', kind, slug]))
  return [
    ...inEach('kfuncPage', 'kfuncs'),
    ...ofEach('changesPage', ids.slice(1)),
    ...ofEach('coveragePage', ids),
    ...inEach('flagPage', 'flags'),
    ...ofEach('flagsPage', ids),
    ...ofEach('releaseGrid', ids),
    ...ofEach('releasePage', ids),
    ...ofEach('headerText', ids),
    ...inEach('programTypePage', 'programTypes'),
    ...ofEach('programTypesPage', ids),
    ...ofEach('apiText', ids),
    ...texts('arguments'),
    ['comparePage'],
    ...texts('concepts'),
    ...ofEach('releaseFile', ids),
    ['indexFile'],
    ...ofEach('kfuncFile', names),
    ['matrixFile'],
    ['schemaFile'],
    ...texts('flags', 'guides'),
    ['messageGroups'],
    ['implicitPage'],
    ['homePage'],
    ['timelineRows'],
    ...ofEach('stablePage', names),
    ['namesPage'],
    ['learnPage'],
    ...texts('program-types'),
    ['searchIndex'],
    ...texts('suffixes'),
  ]
}
