/** What will be asked while the site is built, so that it can be answered before. */
import type { TextPageKind } from '#lib/site/pages/text-page.ts'
import { QUESTIONS, type Question, type QuestionedSite } from './questions.ts'

/** A question with what is given. */
export type PlannedQuestion = readonly [Question, ...string[]]

/**
 * All that takes long, in the order in which Astro prints what asks for it: by route, and of a route all pages. What is
 * missing here, or comes too late, is waited for.
 */
export function questionsInPrintOrder(asked: QuestionedSite): readonly PlannedQuestion[] {
  const ids = QUESTIONS.releases(asked)
  const names = QUESTIONS.names(asked)
  const ofEach = (question: Question, given: readonly string[]) =>
    given.map((one): PlannedQuestion => [question, one])
  const inEach = (question: Question, of: 'kfuncs' | 'flags' | 'programTypes') =>
    QUESTIONS[of](asked).map(({ id, name }): PlannedQuestion => [question, id, name])
  const texts = (...kinds: readonly TextPageKind[]) =>
    kinds.flatMap((kind) =>
      QUESTIONS.texts(asked, kind).map((slug): PlannedQuestion => ['textPage', kind, slug]),
    )
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
    ...ofEach('sourceFiles', QUESTIONS.releasesWithFiles(asked)),
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
