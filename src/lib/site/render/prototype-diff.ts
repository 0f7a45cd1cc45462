/** Two prototypes side by side, with what differs marked: `<del>` in the one before, `<ins>` in the one after. */
import { isSameType } from '#lib/model/same-type.ts'
import { type Html, html } from './html.ts'
import { layoutPrototype } from './prototype-layout.ts'

/** Both prototypes as the inside of a `<code>`. */
export interface PrototypeDiff {
  readonly before: Html
  readonly after: Html
}

/** Marks parameters that only one has, and the return type where it differs. Parameter names inside callbacks do not count. */
export function prototypeDiff(before: string, after: string): PrototypeDiff {
  const [old, fresh] = [pieces(before), pieces(after)]
  const isHeadSame = old.head === fresh.head
  const mark = (one: Pieces, other: Pieces, tag: 'del' | 'ins'): Html => {
    const marked = (text: string): Html =>
      tag === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`
    return html`${isHeadSame ? one.head : marked(one.head)}${one.parameters.map(({ lead, text }) => [
      lead,
      other.parameters.some((parameter) => isSameType(parameter.text, text)) ? text : marked(text),
    ])}${one.tail}`
  }
  return { before: mark(old, fresh, 'del'), after: mark(fresh, old, 'ins') }
}

interface Pieces {
  readonly head: string
  /** Each with what stands before it: comma, blank, line break. */
  readonly parameters: readonly { readonly lead: string; readonly text: string }[]
  readonly tail: string
}

function pieces(text: string): Pieces {
  const { code, parameters } = layoutPrototype(text)
  const first = parameters[0]
  if (!first) return { head: code, parameters: [], tail: '' }
  const head = code.slice(0, first.start).trimEnd()
  let at = head.length
  const list = parameters.map(({ start, end }) => {
    const lead = code.slice(at, start)
    at = end
    return { lead, text: code.slice(start, end) }
  })
  return { head, parameters: list, tail: code.slice(at) }
}
