/** What is wrong with a file of `content`, and where. */
import { type Place, placeOf } from '#lib/text/source.ts'

/** A JSON file of `content`, its text kept so that a complaint can point into it. */
export interface ContentFile {
  readonly path: string
  readonly text: string
  readonly value: unknown
}

/** One complaint: what was seen, what was expected, what to do. */
export interface Problem {
  readonly rule: string
  readonly message: string
  readonly place: Place
}

/** The place of the first occurrence of a string in a file, as JSON prints it; the top of the file when there is none. */
export function placeOfString({ path, text }: ContentFile, word: string): Place {
  return placeOf({ path, text }, Math.max(0, text.indexOf(JSON.stringify(word))))
}

/** The place of the value that `keys` lead to: as near as the keys that are words can be followed in the text. */
export function placeOfValue({ path, text }: ContentFile, keys: readonly string[]): Place {
  const words = keys.filter((key) => !/^\d+$/.test(key))
  const offset = words.reduce((at, key) => {
    const found = text.indexOf(`"${key}"`, at)
    return found < 0 ? at : found
  }, 0)
  return placeOf({ path, text }, offset)
}
