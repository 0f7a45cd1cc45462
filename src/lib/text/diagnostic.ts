/** What could not be understood, and where. */
import type { Place } from '#lib/text/source.ts'

/** One complaint about text: `rule` is a kebab-case name, `kfunc` the one it concerns, if it concerns one. */
export interface Diagnostic {
  readonly rule: string
  readonly message: string
  readonly kfunc: string | null
  readonly place: Place | null
}

/** Takes a complaint; extraction goes on. */
export type Report = (diagnostic: Diagnostic) => void

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Orders complaints by place, rule, kfunc and message, so that output never depends on the order of work. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    byText(a.place?.path ?? '', b.place?.path ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    byText(a.rule, b.rule) ||
    byText(a.kfunc ?? '', b.kfunc ?? '') ||
    byText(a.message, b.message)
  )
}
