/** What the texts of `content` and our rules want to be looked up in a kernel's source. */
import { loadMessages, loadTexts } from '#content-fs'
import { type PlacesToFind, placesToFind } from '#lib/places/places-to-find.ts'
import { rulesToFind } from '#lib/publish/rules-to-find.ts'

/** Reads the texts. Throws when `content/messages.json` is broken: what it refers to would be missing in silence. */
export function readPlacesToFind(): PlacesToFind {
  const texts = loadTexts().files.map(({ text }) => text)
  return { ...placesToFind(texts, loadMessages()), rules: rulesToFind() }
}
