/** What is promised of the places in `content/data/places`. */
import { expect, test } from 'vitest'
import { loadExtracted, loadMessages, loadProse, loadReleases } from '#content-fs'
import { byteOrder } from '#lib/model/order.ts'
import { printPlace } from '#lib/model/places.ts'
import { readSubject } from '#lib/model/subject.ts'
import { placesToFind } from '#lib/places/places-to-find.ts'
import { PROSE_KINDS } from '#lib/prose/kinds.ts'
import { readLibrary } from '#lib/prose/library.ts'
import { textDates } from '#lib/site/text-dates.ts'

const files = loadProse()
const { places, messages } = placesToFind(
  files.files.map(({ text }) => text),
  loadMessages(),
)

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
    const all = [...found, ...release.absent]
    expect(all.sort(byteOrder), release.release).toEqual([...named].sort(byteOrder))
    expect(release.absent).toEqual([...release.absent].sort(byteOrder))
    expect(release.messages.filter(({ message, of }) => !said.has(`${message}\0${of}`))).toEqual([])
  }
})

test('every link into the kernel that Markdown has, and every place that a date is about, is wanted, and nothing else', () => {
  const library = readLibrary(files, textDates(loadReleases(), files))
  const mentions = [
    ...PROSE_KINDS.flatMap((kind) => library.list(kind).flatMap((one) => one.mentions)),
    ...library.messages.flatMap((one) => one.mentions),
  ]
  const linked = mentions.flatMap((one) => {
    if (!('target' in one)) return []
    if (one.target.to === 'kernel') return printPlace(one.target.place)
    const things = one.target.to === 'date' ? (readSubject(one.url)?.things ?? []) : []
    return things.flatMap((thing) => (thing.is === 'kernel' ? printPlace(thing.place) : []))
  })
  const said = library.messages.map(({ function: of }) => of)
  expect(places.map(printPlace).sort(byteOrder)).toEqual([...new Set([...linked, ...said])].sort(byteOrder))
})
