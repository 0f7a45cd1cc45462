/**
 * The quick part of what is pinned: what `src/lib` answers to everything that pages ask, without building the site. It
 * tells a changed rule in seconds; which page it changes is told by the site.
 */
import { createHash } from 'node:crypto'
import { type PlannedQuestion, questionsInPrintOrder } from '../../../src/ask/print-order.ts'
import { answerQuestion, QUESTIONS, type Question, type QuestionedSite } from '../../../src/ask/questions.ts'
import { printList, shortHash } from './lists.ts'
import type { Golden } from './report.ts'

/** Half of the time goes into pages of kfuncs, which have much in common: of so many at most each is asked for. */
const MOST_KFUNC_PAGES = 1000
/** Questions that the building thread need not know before, asked without more being given. */
const LISTS: readonly Question[] = ['releases', 'names', 'kfuncs', 'flags', 'programTypes']

/** Pinned are the answers of one release to one question as one hash, and those of no release. */
export function answersOf(asked: QuestionedSite): Golden {
  const releases = new Set(QUESTIONS.releases(asked))
  const groups = new Map<string, string[]>()
  for (const [question, ...given] of questionsOf(asked)) {
    const [first = ''] = given
    const group = releases.has(first) ? `${first}/${question}` : question
    const hashes = groups.get(group) ?? []
    hashes.push(hashOf(answerQuestion(asked, question, given)))
    groups.set(group, hashes)
  }
  const list = new Map([...groups].map(([group, hashes]) => [group, shortHash(hashes.join())]))
  return new Map([['answers.txt', printList(list)]])
}

/** Every question with all that may be given with it; data first, since most rules are in it. */
function questionsOf(asked: QuestionedSite): readonly PlannedQuestion[] {
  const coming = questionsInPrintOrder(asked)
  const pages = coming.filter(([question]) => question === 'kfuncPage')
  const step = Math.ceil(pages.length / MOST_KFUNC_PAGES)
  const isDrawn = ([, release, kfunc]: PlannedQuestion): boolean =>
    createHash('sha256').update(`${release}/${kfunc}`).digest().readUInt16BE() % step === 0
  return [
    ...LISTS.map((question): PlannedQuestion => [question]),
    ...coming.filter(([question]) => question.endsWith('File')),
    ...coming.filter(([question]) => !question.endsWith('File') && question !== 'kfuncPage'),
    ...QUESTIONS.names(asked).map((name): PlannedQuestion => ['picture', name]),
    ...pages.filter(isDrawn),
  ]
}

function hashOf(answered: unknown): string {
  const text = typeof answered === 'string' ? answered : JSON.stringify(answered)
  return createHash('sha256').update(text).digest('base64')
}
