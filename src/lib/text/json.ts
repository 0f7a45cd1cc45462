/** JSON with places: where in a text a value stands, and where it stops being JSON. */
import { type Place, placeOf, type SourceText } from './source.ts'

/** The keys and indices that lead from the top of a JSON text to a value. */
export type Keys = readonly PropertyKey[]

const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** A text that is no JSON. The message is "path:line:column: what was seen"; `place` says it apart. */
export class JsonError extends Error {
  readonly place: Place
  /** What was seen, without the place. */
  readonly seen: string

  constructor(place: Place, seen: string) {
    super(`${place.path}:${place.line}:${place.column}: ${seen}`)
    this.name = 'JsonError'
    this.place = place
    this.seen = seen
  }
}

/** The value of a JSON text; throws JsonError at the first character that cannot stand there. */
export function parseJson(source: SourceText): unknown {
  try {
    return JSON.parse(source.text)
  } catch (error) {
    const offset = walk(source.text, () => {})
    if (offset === null) throw error
    const rest = source.text.slice(offset)
    const seen = rest === '' ? 'the file ends' : `saw ${JSON.stringify(rest.split(/\s/, 1)[0]?.slice(0, 20))}`
    throw new JsonError(placeOf(source, offset), `${seen} where JSON goes on otherwise; correct the syntax`)
  }
}

/** The place of the value that `keys` lead to; where they lead to none, of the last value on the way. */
export function placeOfKeys(source: SourceText, keys: Keys): Place {
  let found = 0
  let depth = -1
  walk(source.text, (offset, path) => {
    if (path.length < depth || path.length > keys.length || path.some((key, i) => key !== keys[i])) return
    found = offset
    depth = path.length
  })
  return placeOf(source, found)
}

/** As `placeOfKeys`, for a text that is asked often: it is read once. */
export function placesOf(source: SourceText): (keys: Keys) => Place {
  const offsets = new Map<string, number>()
  const keyOf = (keys: Keys): string => JSON.stringify(keys)
  walk(source.text, (offset, path) => {
    offsets.set(keyOf(path), offset)
  })
  return (keys) => {
    const known = keys
      .map((_key, index) => keys.slice(0, keys.length - index))
      .find((one) => offsets.has(keyOf(one)))
    return placeOf(source, offsets.get(keyOf(known ?? [])) ?? 0)
  }
}

/** Visits each value, those around it first. Gives the offset of the first character that is wrong; null: none is. */
function walk(text: string, visit: (offset: number, path: Keys) => void): number | null {
  let at = 0
  const path: PropertyKey[] = []
  const skipSpace = (): void => {
    while (' \t\r\n'.includes(text[at] ?? '.')) at++
  }
  const take = (mark: string): boolean => {
    skipSpace()
    if (text[at] !== mark) return false
    at++
    return true
  }
  const match = (pattern: RegExp): string | null => {
    skipSpace()
    pattern.lastIndex = at
    const [found = null] = pattern.exec(text) ?? []
    at += found?.length ?? 0
    return found
  }
  const inside = (key: PropertyKey): boolean => {
    path.push(key)
    const isRight = value()
    path.pop()
    return isRight
  }
  const member = (): boolean => {
    const key = match(STRING)
    return key !== null && take(':') && inside(JSON.parse(key))
  }
  const items = (close: string, item: (index: number) => boolean): boolean => {
    if (take(close)) return true
    for (let i = 0; ; i++) {
      if (!item(i)) return false
      if (take(close)) return true
      if (!take(',')) return false
    }
  }
  const value = (): boolean => {
    skipSpace()
    visit(at, path)
    if (take('{')) return items('}', member)
    if (take('[')) return items(']', inside)
    return match(STRING) !== null || match(SCALAR) !== null
  }
  const isRight = value()
  skipSpace()
  return isRight && at === text.length ? null : at
}
