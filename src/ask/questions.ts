/**
 * All that pages ask, by name. A question takes ids and is answered with plain values, so that it can be asked of
 * another thread: no functions, and nothing that is made of the whole site.
 */

import { TRUSTED_BY_DEFAULT } from '#lib/site/changes/changes.ts'
import { comparePage } from '#lib/site/changes/compare-page.ts'
import { changeCounts, changesHtml } from '#lib/site/changes/html.ts'
import { changesPage } from '#lib/site/changes/page.ts'
import { apiText } from '#lib/site/files/api-text.ts'
import { type DataFiles, schemaFile } from '#lib/site/files/data-files.ts'
import { headerText } from '#lib/site/files/header-text.ts'
import { historyPage } from '#lib/site/kfunc/history-page.ts'
import { implicitPage } from '#lib/site/kfunc/implicit-page.ts'
import { kfuncPage } from '#lib/site/kfunc/page.ts'
import { messageGroups } from '#lib/site/message-list.ts'
import { homePage } from '#lib/site/pages/home-page.ts'
import { namesPage } from '#lib/site/pages/names-page.ts'
import { learnPage, type TextPageKind, textPage } from '#lib/site/pages/text-page.ts'
import { kfuncPicture, sitePicture } from '#lib/site/pictures/shared-link.ts'
import { timelineRows } from '#lib/site/pictures/timeline.ts'
import { coveragePage } from '#lib/site/release/coverage-page.ts'
import { flagPage, flagsPage } from '#lib/site/release/flag-page.ts'
import { releaseGrid } from '#lib/site/release/grid.ts'
import { releasePage } from '#lib/site/release/page.ts'
import { programTypePage, programTypesPage } from '#lib/site/release/program-type-page.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { canonicalKfunc } from '#lib/site/share-tags.ts'
import type { Site } from '#lib/site/site.ts'
import { historyList } from '../components/history.ts'
import { kfuncSections } from '../components/kfunc/sheet.ts'

/** What questions are asked of: the site, and its published files. */
export interface QuestionedSite {
  readonly site: Site
  readonly files: DataFiles
  /** The list of source files of a release that has one. */
  readonly sourceFiles: (id: string) => string
}

/** Each takes what is asked of, then what is given with it. What a page shows is said where it is computed. */
export const QUESTIONS = {
  // which pages there are
  /** Ids of the releases, oldest first. */
  releases: ({ site: { catalog } }: QuestionedSite) => catalog.releases.map(({ release }) => release.id),
  /** Ids of those that have a list of source files. */
  releasesWithFiles: ({ site: { catalog } }: QuestionedSite) =>
    catalog.releases.filter(({ release }) => release.files !== null).map(({ release }) => release.id),
  /** Names of all kfuncs, in byte order. */
  names: ({ site: { catalog } }: QuestionedSite) => catalog.names,
  kfuncs: ({ site: { catalog } }: QuestionedSite) =>
    inEach(catalog.releases, ({ release }) => catalog.listed(release.id)),
  flags: ({ site: { catalog } }: QuestionedSite) => inEach(catalog.releases, ({ flags }) => flags),
  programTypes: ({ site: { catalog } }: QuestionedSite) =>
    inEach(catalog.releases, ({ release }) => catalog.programTypes(release.id).map((name) => ({ name }))),
  /** Names of the texts of a kind. */
  texts: ({ site: { texts } }: QuestionedSite, kind: TextPageKind) =>
    texts.library.list(kind).map(({ slug }) => slug),

  // the pages
  kfuncPage: ({ site }: QuestionedSite, id: string, name: string) => kfuncSheet(site, id, name),
  stablePage: ({ site }: QuestionedSite, name: string) => {
    const { historyLink, history, ...page } = historyPage(site, name)
    return { ...page, historyHtml: historyList(history, historyLink).html }
  },
  changesPage: ({ site }: QuestionedSite, id: string) => {
    const { groups, link, partOf, unknowns, trustedByDefault, ...page } = changesPage(site, id)
    const changes = changesHtml(groups, page.before.id, link, partOf)
    return {
      ...page,
      notices: [...unknowns, ...(trustedByDefault ? [TRUSTED_BY_DEFAULT] : [])],
      html: `${changeCounts(groups).html}${changes.html}`,
    }
  },
  releasePage: ({ site }: QuestionedSite, id: string) => releasePage(site, id),
  releaseGrid: ({ site }: QuestionedSite, id: string) => releaseGrid(site, id),
  coveragePage: ({ site }: QuestionedSite, id: string) => coveragePage(site, id),
  flagsPage: ({ site }: QuestionedSite, id: string) => flagsPage(site, id),
  flagPage: ({ site }: QuestionedSite, id: string, name: string) => flagPage(site, id, name),
  programTypesPage: ({ site }: QuestionedSite, id: string) => programTypesPage(site, id),
  programTypePage: ({ site }: QuestionedSite, id: string, name: string) => programTypePage(site, id, name),
  namesPage: ({ site }: QuestionedSite) => namesPage(site),
  comparePage: ({ site }: QuestionedSite) => comparePage(site),
  homePage: ({ site }: QuestionedSite) => homePage(site),
  timelineRows: ({ site }: QuestionedSite) => timelineRows(site),
  implicitPage: ({ site }: QuestionedSite) => implicitPage(site),
  learnPage: ({ site }: QuestionedSite) => learnPage(site),
  textPage: ({ site }: QuestionedSite, kind: TextPageKind, slug: string) => textPage(site, kind, slug),
  messageGroups: ({ site }: QuestionedSite) => messageGroups(site),

  // the files beside them
  indexFile: ({ files }: QuestionedSite) => files.index(),
  matrixFile: ({ files }: QuestionedSite) => files.matrix(),
  schemaFile: () => schemaFile(),
  releaseFile: ({ files }: QuestionedSite, id: string) => files.release(id),
  sourceFiles: ({ sourceFiles }: QuestionedSite, id: string) => sourceFiles(id),
  kfuncFile: ({ files }: QuestionedSite, name: string) => files.kfunc(name),
  headerText: ({ site }: QuestionedSite, id: string) => headerText(site, id),
  apiText: ({ site }: QuestionedSite, id: string) => apiText(site.catalog.release(id)),
  searchIndex: ({ site }: QuestionedSite) => `${JSON.stringify(searchIndex(site))}\n`,
  /** The picture of a kfunc as SVG; null: that of the site. */
  picture: ({ site }: QuestionedSite, name: string | null) =>
    name === null ? sitePicture(site) : kfuncPicture(site, name),
} satisfies Record<string, (asked: QuestionedSite, ...given: never[]) => unknown>

/** The name of a question. */
export type Question = keyof typeof QUESTIONS

/** What is given with a question. */
export type QuestionArguments<Q extends Question> = (typeof QUESTIONS)[Q] extends (
  asked: QuestionedSite,
  ...given: infer G
) => unknown
  ? G
  : never

/** What a question is answered with. */
export type QuestionAnswer<Q extends Question> = ReturnType<(typeof QUESTIONS)[Q]>

/** Asks a question, and waits for its answer. Rejects with what answering it threw. */
export type Ask = <Q extends Question>(
  question: Q,
  ...given: QuestionArguments<Q>
) => Promise<QuestionAnswer<Q>>

/** Answers one question, with what was given with it; Ask says what that is. */
export function answerQuestion(
  asked: QuestionedSite,
  question: Question,
  given: readonly unknown[],
): unknown {
  const how: (asked: QuestionedSite, ...given: never[]) => unknown = QUESTIONS[question]
  return how(asked, ...(given as never[]))
}

/** The page of a kfunc in a release, its sections printed: there are thousands of them. */
function kfuncSheet(site: Site, id: string, name: string) {
  const page = kfuncPage(site, id, name)
  const { came, description, menu, succession, summaryHtml } = page
  return {
    description,
    canonical: canonicalKfunc(site, id, name),
    isWritten: page.ours !== null,
    isTestOnly: page.kfunc.kind === 'test-only',
    hasExample: page.examples.length > 0,
    came,
    menu,
    summaryHtml,
    succession,
    sectionsHtml: kfuncSections(page),
  }
}

/** The names of something in each release, one by one. */
function inEach<R extends { readonly release: { readonly id: string } }>(
  releases: readonly R[],
  list: (release: R) => readonly { readonly name: string }[],
): { readonly id: string; readonly name: string }[] {
  return releases.flatMap((release) => list(release).map(({ name }) => ({ id: release.release.id, name })))
}
