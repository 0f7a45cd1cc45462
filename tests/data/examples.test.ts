/** What is promised of the examples in `content/data`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadExamples, loadExtracted } from '#content-fs'
import { type StoredExample, StoredExamples } from '#lib/model/examples.ts'
import { byteOrder } from '#lib/model/order.ts'

const DATA = join(process.env.CONTENT_DIR ?? join(process.cwd(), 'content'), 'data')
const SNIPPETS = join(DATA, 'snippets')
const MOST_LINES = 80

const releases = existsSync(join(DATA, 'examples'))
  ? readdirSync(join(DATA, 'examples')).map(
      (name) => JSON.parse(readFileSync(join(DATA, 'examples', name), 'utf8')) as StoredExamples,
    )
  : []
/** Releases whose texts were taken: those of the others need not be there. */
const ownReleases = releases.filter(({ texts }) => texts === 'own')
const all: { kfunc: string; release: string; example: StoredExample }[] = ownReleases.flatMap(
  ({ release, kfuncs }) =>
    kfuncs.flatMap(({ name, examples }) => examples.map((example) => ({ kfunc: name, release, example }))),
)
const codeOf = ({ snippet }: StoredExample): string => readFileSync(join(SNIPPETS, `${snippet}.txt`), 'utf8')
/** Those that break a promise, for a message that names them. */
const wrong = (isWrong: (one: (typeof all)[number]) => boolean): string[] =>
  all.filter(isWrong).map(({ kfunc, release }) => `${release} ${kfunc}`)

test('every release with source has its examples, in the shape of the schema', () => {
  const withSource = loadExtracted().filter(({ release }) => release.coverage !== 'btf-only')
  expect(releases.map(({ release }) => release).sort(byteOrder)).toEqual(
    withSource.map(({ release }) => release.id).sort(byteOrder),
  )
  for (const release of releases) expect(StoredExamples.safeParse(release).error?.issues ?? []).toEqual([])
})

test('kfuncs are those of the release, named once, in byte order', () => {
  const stored = new Map(
    loadExtracted().map((one) => [one.release.id, new Set(one.kfuncs.map(({ name }) => name))]),
  )
  for (const { release, kfuncs } of releases) {
    const names = kfuncs.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)].sort(byteOrder))
    expect(names.filter((name) => !stored.get(release)?.has(name))).toEqual([])
  }
})

describe('every snippet', () => {
  test('is named by an example, and every example has one', () => {
    const named = new Set(
      all.flatMap(({ example: { snippet, whole } }) =>
        whole === null ? [`${snippet}.txt`] : [`${snippet}.txt`, `${whole}.txt`],
      ),
    )
    expect(readdirSync(SNIPPETS).sort(byteOrder)).toEqual([...named].sort(byteOrder))
  })

  test(`has at most ${MOST_LINES} lines, and ends in one newline`, () => {
    expect(wrong(({ example }) => codeOf(example).split('\n').length - 1 > MOST_LINES)).toEqual([])
    expect(wrong(({ example }) => !/[^\n]\n$/.test(codeOf(example)))).toEqual([])
  })

  test('names the kfunc, or what hides it, on each line that is marked', () => {
    const isUnmarked = ({
      kfunc,
      example: { callLines, via, ...example },
    }: (typeof all)[number]): boolean => {
      const lines = codeOf({ ...example, callLines, via }).split('\n')
      const word = via?.replace('()', '') ?? kfunc
      const isCall = (line: number): boolean => [kfunc, word].some((name) => lines[line - 1]?.includes(name))
      return (
        callLines.length === 0 ||
        !callLines.some((line) => lines[line - 1]?.includes(word)) ||
        !callLines.every(isCall)
      )
    }
    expect(wrong(isUnmarked)).toEqual([])
  })

  test('has braces that balance', () => {
    const count = (text: string, brace: string): number => text.split(brace).length
    expect(wrong(({ example }) => count(codeOf(example), '{') !== count(codeOf(example), '}'))).toEqual([])
  })

  test('has no notes to the test runner in the heads of its functions', () => {
    const notes = /^\s*__(?:success|failure|retval|msg|arch_\w+|description|log_level)\b/m
    expect(wrong(({ example }) => notes.test(codeOf(example)))).toEqual([])
  })
})

test('no example comes from a test module, and what fails is marked and alone', () => {
  expect(wrong(({ example }) => /test_kmods|bpf_testmod\//.test(example.at.path))).toEqual([])
  const failing = wrong(
    ({ example }) => !example.isFailing && /_fail(?:ure)?[._]|reject/.test(example.at.path),
  )
  expect(failing).toEqual([])
  const mixed = releases.flatMap(({ release, kfuncs }) =>
    kfuncs
      .filter(({ examples }) => examples.length > 1 && examples.some(({ isFailing }) => isFailing))
      .map(({ name }) => `${release} ${name}`),
  )
  expect(mixed).toEqual([])
})

test('an example has a program type, the licence that its file names, and lines of it', () => {
  expect(wrong(({ example }) => example.programType === null)).toEqual([])
  const names = /^(?:L?GPL|BSD|MIT)[\w.+-]*(?: (?:OR|AND|WITH) [\w.+-]+)*$/
  expect(wrong(({ example }) => example.license !== null && !names.test(example.license))).toEqual([])
  expect(wrong(({ example }) => example.endLine < example.at.line)).toEqual([])
})

test('at least 300 kfuncs of 7.3 have one', () => {
  expect(loadExamples(DATA).get('7.3')?.byKfunc.size ?? 0).toBeGreaterThanOrEqual(300)
})

test('at least 85 of 100 programs of 7.3 compile, and of the others the first error is stored', () => {
  const own = all.filter(({ release }) => release === '7.3')
  const good = own.filter(({ example }) => example.compiled === true)
  expect(good.length / own.length).toBeGreaterThanOrEqual(0.85)
  expect(wrong(({ example }) => (example.compiled === false) !== (example.compileError !== null))).toEqual([])
})

test('an error names no folder of the machine that compiled', () => {
  expect(wrong(({ example }) => /\/tmp\/|\/root\/|\/home\//.test(example.compileError ?? ''))).toEqual([])
})
