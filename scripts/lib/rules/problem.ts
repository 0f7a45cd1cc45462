/** What is wrong with a file of `content`, and where. */
import { byteOrder } from '#lib/model/order.ts'
import type { Complaint } from '#lib/publish/history/introduced.ts'
import { placeOfKeys } from '#lib/text/json.ts'
import type { Place, SourceText } from '#lib/text/source.ts'

/** One complaint with its place: what was seen, what was expected, what to do. */
export interface Problem {
  readonly rule: string
  readonly message: string
  readonly place: Place
}

/** A complaint about a value of a file, put where that value stands. */
export function problemAt(file: SourceText, { rule, message, keys }: Complaint): Problem {
  return { rule, message, place: placeOfKeys(file, keys) }
}

/** The order in which problems are printed: by file, line, column and rule. */
export function problemOrder(a: Problem, b: Problem): number {
  return (
    byteOrder(a.place.path, b.place.path) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    byteOrder(a.rule, b.rule)
  )
}

/** A problem as it is printed: "path:line:column  rule  message". */
export function printProblem({ rule, message, place: { path, line, column } }: Problem): string {
  return `${path}:${line}:${column}  ${rule}  ${message}`
}
