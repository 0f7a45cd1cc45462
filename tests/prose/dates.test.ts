import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { StoredPlaces } from '#lib/model/places.ts'
import { checkProse } from '#lib/prose/check.ts'
import { type ProseFiles, readLibrary } from '#lib/prose/library.ts'
import { markdownText } from '#lib/prose/markdown.ts'
import { knownNamesOf } from '#lib/site/known-names.ts'
import { textDates } from '#lib/site/text-dates.ts'
import { kfunc, release } from '../site/sample.ts'

/** In which of the releases each flag is. 6.12 and 6.17 have others between them that were not read. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  KF_EXACT: ['7.2', '7.3'],
  KF_VAGUE: ['6.17', '6.18', '7.1', '7.2', '7.3'],
  KF_FIRST: ['6.12', '6.17', '6.18', '7.1', '7.2', '7.3'],
  KF_GONE: ['6.12', '6.17', '6.18', '7.1'],
  KF_WENT: ['6.17', '6.18'],
  KF_ONCE: ['7.2'],
  KF_NEAR: ['6.17'],
  KF_BACK: ['6.12', '7.2', '7.3'],
}
const RELEASES = ['6.12', '6.17', '6.18', '7.1', '7.2', '7.3'].map((id) =>
  release(id, [kfunc('bpf_a')], {
    flags: Object.keys(FLAGS)
      .filter((name) => FLAGS[name]?.includes(id))
      .map((name, bit) => ({ name, bit, comment: null, at: { path: 'include/linux/btf.h', line: 1 } })),
  }),
)
const PLACES = RELEASES.map(({ release: { id } }): StoredPlaces => {
  const of = ['kernel/v.c#check', 'kernel/v.c#check~a (b) or c']
  const isThere = id === '7.2' || id === '7.3'
  return {
    format: 1,
    release: id,
    places: isThere ? of.map((one) => ({ of: one, line: 7 })) : [],
    absent: isThere ? ['kernel/v.c#none'] : [...of, 'kernel/v.c#none'],
    messages: [],
    rules: [],
  }
})

/** What a text says when its dates are written out, and what is wrong with it. */
function read(name: string): { said: string[]; wrong: string[] } {
  const text = readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8')
  const files: ProseFiles = {
    files: [{ path: `content/concepts/${name}.md`, text }],
    messages: null,
    places: PLACES,
    facts: [],
  }
  const dates = textDates(RELEASES, files)
  const library = readLibrary(files, dates)
  const [document] = library.list('concepts')
  const trees = document?.summary ? [document.summary, ...document.body.children] : []
  return {
    said: trees.flatMap((tree) => (tree.type === 'list' ? tree.children : [tree])).map(markdownText),
    wrong: checkProse(library, knownNamesOf(RELEASES), dates).map(
      ({ rule, message, place }) => `${place.line}:${place.column} ${rule} ${message}`,
    ),
  }
}

test.each(['dates', 'wrong-dates'])('dates are read as written down: %s.md', (name) => {
  const found = read(name)
  const twin = new URL(`fixtures/${name}.json`, import.meta.url)
  if (process.env.UPDATE) writeFileSync(twin, `${JSON.stringify(found, null, 2)}\n`)
  expect(found).toEqual(JSON.parse(readFileSync(twin, 'utf8')))
})

test('of dates that are right nothing is said', () => {
  expect(read('dates').wrong).toEqual([])
})
