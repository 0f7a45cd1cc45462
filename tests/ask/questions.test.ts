import { describe, expect, test } from 'vitest'
import { historyOf } from '#lib/publish/history/history.ts'
import { dataFiles } from '#lib/site/files/data-files.ts'
import { makeSite } from '#lib/site/site.ts'
import { questionsInPrintOrder } from '../../src/ask/print-order.ts'
import { answerQuestion, QUESTIONS, type Question, type QuestionedSite } from '../../src/ask/questions.ts'
import { kfunc, prototype, release } from '../site/sample.ts'

const releases = [
  release('7.2', [kfunc('bpf_gone'), kfunc('bpf_x')]),
  release('7.3', [kfunc('bpf_x', { prototype: prototype('int', 'bpf_x', [['u64', 'a']]) })]),
]
const prose = {
  files: [
    {
      path: 'content/flags/KF_ACQUIRE.md',
      text: '---\nsummary: Returns a reference.\n---\n\nMore of it.\n',
    },
  ],
  messages: null,
  places: [],
  facts: [],
}
const site = makeSite(releases, '/', historyOf(releases, []), prose)
const asked: QuestionedSite = { site, files: dataFiles(site), sourceFiles: () => '' }

/** What is given with the questions that ask for something. */
const GIVEN: Partial<Record<Question, readonly unknown[]>> = {
  texts: ['flags'],
  textPage: ['flags', 'KF_ACQUIRE'],
  kfuncPage: ['7.3', 'bpf_x'],
  stablePage: ['bpf_gone'],
  kfuncFile: ['bpf_gone'],
  flagPage: ['7.3', 'KF_ACQUIRE'],
  programTypePage: ['7.3', 'BPF_PROG_TYPE_XDP'],
  picture: ['bpf_x'],
  ...Object.fromEntries(
    [
      'changesPage',
      'releasePage',
      'releaseGrid',
      'coveragePage',
      'flagsPage',
      'programTypesPage',
      'releaseFile',
      'headerText',
      'apiText',
    ].map((question) => [question, ['7.3']]),
  ),
}

test.each(Object.keys(QUESTIONS) as Question[])(
  'the answer to %s can be sent to another thread',
  (question) => {
    const given = answerQuestion(asked, question, GIVEN[question] ?? [])
    expect(structuredClone(given)).toEqual(given)
  },
)

describe('what will be asked', () => {
  const coming = questionsInPrintOrder(asked)

  test('has an answer, and comes once', () => {
    for (const [question, ...given] of coming) expect(answerQuestion(asked, question, given)).toBeDefined()
    expect(new Set(coming.map((one) => one.join(' '))).size).toBe(coming.length)
  })
  test('is every question but what only lists, and what only a site with an address asks', () => {
    const atOnce = [
      'releases',
      'releasesWithFiles',
      'names',
      'kfuncs',
      'flags',
      'programTypes',
      'texts',
      'picture',
    ]
    const questions = Object.keys(QUESTIONS).filter((question) => !atOnce.includes(question))
    expect(new Set(coming.map(([question]) => question))).toEqual(new Set(questions))
  })
})

describe('which pages there are', () => {
  test('releases come oldest first, names in byte order', () => {
    expect(QUESTIONS.releases(asked)).toEqual(['7.2', '7.3'])
    expect(QUESTIONS.names(asked)).toEqual(['bpf_gone', 'bpf_x'])
  })
  test('a kfunc has a page in the releases that list it', () => {
    expect(QUESTIONS.kfuncs(asked)).toEqual([
      { id: '7.2', name: 'bpf_gone' },
      { id: '7.2', name: 'bpf_x' },
      { id: '7.3', name: 'bpf_x' },
    ])
  })
})

test('the page of a kfunc holds its sections', () => {
  const { sectionsHtml, canonical } = QUESTIONS.kfuncPage(asked, '7.2', 'bpf_x')
  expect(sectionsHtml).toContain('<h2 id="signature">')
  expect(canonical).toBe('/kfuncs/bpf_x/')
})

test('a kfunc that a release does not list has none', () => {
  expect(() => QUESTIONS.kfuncPage(asked, '7.3', 'bpf_gone')).toThrow(
    'bpf_gone has no page in 7.3: not in 7.3',
  )
})
