/**
 * The source files that the facts of a release came from: `content/data/files/<id>.txt`, published as
 * `/data/<id>.files.txt`. A line a file: git's object id, two spaces, the path; sorted by path.
 */
import { byteOrder } from '#lib/model/order.ts'

/** The paths of all places in a value that is to be stored: of every `{ path, line }` in it, however deep. */
export function citedPaths(value: unknown): Set<string> {
  const paths = new Set<string>()
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    if ('path' in one && 'line' in one && typeof one.path === 'string') paths.add(one.path)
    for (const member of Object.values(one)) visit(member)
  }
  visit(value)
  return paths
}

/** The list as text; `ids` are git's object ids by path. */
export function printSourceFiles(ids: ReadonlyMap<string, string>): string {
  return [...ids]
    .sort(([a], [b]) => byteOrder(a, b))
    .map(([path, id]) => `${id}  ${path}\n`)
    .join('')
}

/** Reads what `printSourceFiles` prints: object ids by path. Throws an Error at a line of another form. */
export function parseSourceFiles(text: string): Map<string, string> {
  const lines = text.split('\n').slice(0, -1)
  return new Map(
    lines.map((line, i) => {
      const [, id, path] = /^([0-9a-f]{40}) {2}(\S.*)$/.exec(line) ?? []
      if (id === undefined || path === undefined)
        throw new Error(`line ${i + 1}: expected an object id, two spaces and a path, saw "${line}"`)
      return [path, id]
    }),
  )
}
