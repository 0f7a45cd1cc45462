/** The row of releases: what follows what, and what is not known of it. */
import { expect, test } from 'vitest'
import { loadKnowledge } from '#content-fs'
import { followsOf, type ReleaseRow, type RowHead, releaseRow } from '#lib/model/release-row.ts'
import { MAINLINE, mainlineWith } from '../support/mainline.ts'

/** The row of releases that are given as "6.19", from source, or "7.0 image". */
function rowOfIds(given: readonly string[], mainline = MAINLINE): ReleaseRow {
  const heads = given.map((text, i): RowHead => {
    const [id = '', image] = text.split(' ')
    const before = given[i - 1]?.split(' ')[0] ?? null
    return { id, coverage: image ? 'btf-only' : 'full', follows: followsOf(id, before, mainline) }
  })
  return releaseRow(heads)
}

test.each([
  ['6.18', '6.19', true],
  ['6.19', '7.0', true],
  ['5.19', '6.0', true],
  ['6.9', '6.10', true],
  ['6.18', '7.0', false],
  ['6.17', '6.19', false],
  ['7.19', '8.0', false],
  ['6.10', '6.9', false],
])('mainline goes from %s right to %s: %s', (from, to, next) => {
  expect(rowOfIds([from, to]).isNext(from, to)).toBe(next)
})

test('where a major release ends is knowledge, with an address that says so', () => {
  const { mainline } = loadKnowledge()
  expect(mainline.ends.map(({ last }) => last)).toEqual(['5.19', '6.19'])
  expect(rowOfIds(['7.3', '8.0']).isNext('7.3', '8.0')).toBe(false)
  expect(rowOfIds(['7.3', '8.0'], mainlineWith('7.3')).isNext('7.3', '8.0')).toBe(true)
})

test('a release follows those back to the one that was read before it', () => {
  expect(followsOf('6.2', '5.18', MAINLINE)).toEqual(['6.1', '6.0', '5.19', '5.18'])
  expect(followsOf('6.10', '6.9', MAINLINE)).toEqual(['6.9'])
  expect(followsOf('6.0', null, MAINLINE)).toEqual(['5.19'])
  expect(followsOf('8.2', '7.3', MAINLINE)).toEqual(['8.1', '8.0'])
  expect(followsOf('8.0', '7.3', MAINLINE)).toEqual([])
  expect(followsOf('8.0', '7.3', mainlineWith('7.1'))).toEqual([])
})

test('what was not read between two is named, over the end of a major release', () => {
  const row = rowOfIds(['5.18', '6.0', '6.3', '6.4', '6.9', '6.12'])
  expect(row.unreadBetween('5.18', '6.4')).toEqual(['5.19', '6.1', '6.2'])
  expect(row.unreadBetween('6.4', '6.12')).toEqual(['6.5', '6.6', '6.7', '6.8', '6.10', '6.11'])
  expect(row.unreadBetween('6.3', '6.4')).toEqual([])
  expect(rowOfIds(['7.1', '7.3', '8.1']).unreadBetween('7.1', '8.1')).toEqual(['7.2', '8.0'])
})

test('a release was read from source, from an image alone, or not; neighbours are those with source', () => {
  const row = rowOfIds(['6.9', '6.10', '6.15', '6.16 image', '6.17 image', '6.18'])
  expect(['6.15', '6.16', '6.14'].map(row.readAs)).toEqual(['source', 'image', 'unread'])
  expect([row.olderWithSource('6.17'), row.newerWithSource('6.16')]).toEqual(['6.15', '6.18'])
  expect([row.olderWithSource('6.10'), row.newerWithSource('6.9')]).toEqual(['6.9', '6.10'])
  expect([row.olderWithSource('6.9'), row.newerWithSource('6.18')]).toEqual([null, null])
})

test('releases stand in the order of their numbers, however they are given', () => {
  expect(rowOfIds(['6.9', '6.10', '10.0', '9.1']).ids).toEqual(['6.9', '6.10', '9.1', '10.0'])
})
