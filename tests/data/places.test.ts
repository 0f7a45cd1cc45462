/** What is promised of the places in `content/data/places`. */
import { expect, test } from 'vitest'
import { loadExtracted, loadProse } from '#content-fs'
import { byteOrder } from '#lib/model/order.ts'
import { printPlace } from '#lib/model/places.ts'
import { readLibrary, wantedOf } from '#lib/prose/library.ts'

const files = loadProse()
const { places, messages } = wantedOf(readLibrary(files))

test('every release with source has its places', () => {
  const withSource = loadExtracted().filter(({ release }) => release.coverage !== 'btf-only')
  expect(files.places.map(({ release }) => release).sort(byteOrder)).toEqual(
    withSource.map(({ release }) => release.id).sort(byteOrder),
  )
})

test('places and messages are those that the texts name, once each, in byte order', () => {
  const named = new Set(places.map(printPlace))
  const said = new Set(messages.map(({ message, of }) => `${message}\0${of}`))
  for (const release of files.places) {
    const found = release.places.map(({ of }) => of)
    expect(found).toEqual([...new Set(found)].sort(byteOrder))
    expect(found.filter((of) => !named.has(of))).toEqual([])
    expect(release.messages.filter(({ message, of }) => !said.has(`${message}\0${of}`))).toEqual([])
  }
})
