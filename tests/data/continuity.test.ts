/**
 * Addresses stay: published-names.json lists the kfuncs that each release was ever published with. UPDATE=1 adds to
 * it what is new; nothing ever takes a name out, since links to it are out in the world.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadExtracted, loadKnowledge, loadReleases } from '#content-fs'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { publish } from '#lib/publish/release.ts'

type Names = Record<string, readonly string[]>

const PATH = join(import.meta.dirname, 'published-names.json')
const known: Names = existsSync(PATH) ? JSON.parse(readFileSync(PATH, 'utf8')) : {}
const now: Names = Object.fromEntries(
  loadReleases().map(({ release, kfuncs }) => [release.id, kfuncs.map(({ name }) => name)]),
)

/** "release/name" of what the first has and the second lacks. */
const missing = (from: Names, to: Names): string[] =>
  Object.entries(from).flatMap(([id, names]) => {
    const there = new Set(to[id])
    return names.filter((name) => !there.has(name)).map((name) => `${id}/${name}`)
  })

/** All that either has, a line a release. */
function union(a: Names, b: Names): Names {
  const ids = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(releaseOrder)
  return Object.fromEntries(
    ids.map((id) => [id, [...new Set([...(a[id] ?? []), ...(b[id] ?? [])])].sort(byteOrder)]),
  )
}

const print = (names: Names): string =>
  `{\n${Object.entries(names)
    .map(
      ([id, list]) =>
        `  ${JSON.stringify(id)}: [\n${list.map((name) => `    ${JSON.stringify(name)}`).join(',\n')}\n  ]`,
    )
    .join(',\n')}\n}\n`

test('nothing that was published is lost', () => {
  expect(missing(known, now)).toEqual([])
})

test('what is new is in the list of what is published: run the tests with UPDATE=1 to add it', () => {
  if (process.env.UPDATE) writeFileSync(PATH, print(union(known, now)))
  else expect(missing(now, known)).toEqual([])
})

test('a name that is gone, or new, would be seen', () => {
  const [id = '', names = []] = Object.entries(now)[0] ?? []
  const [first = '', ...others] = names
  expect(missing(now, { ...now, [id]: others })).toEqual([`${id}/${first}`])
  expect(missing(now, {})).toHaveLength(Object.values(now).flat().length)
})

test('content is published to the same bytes, whatever the order of its files', () => {
  const knowledge = loadKnowledge()
  const again = publish(loadExtracted().reverse(), {
    ...knowledge,
    filters: [...knowledge.filters].reverse(),
  })
  const different = loadReleases().filter(
    (release, i) => JSON.stringify(release) !== JSON.stringify(again[i]),
  )
  expect(different.map(({ release }) => release.id)).toEqual([])
})
