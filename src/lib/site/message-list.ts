import { readPlace } from '#lib/model/places.ts'
import type { Library } from '#lib/prose/library.ts'
import type { VerifierMessage } from '#lib/prose/messages.ts'
import type { Site } from './site.ts'
import type { TextNote } from './texts.ts'

/** A message of the verifier, with what it means. Fields ending in Html hold HTML. */
export interface MessageBlock {
  readonly anchor: string
  /** As the source spells it, without the line's end. */
  readonly text: string
  readonly meaningHtml: string
  readonly cureHtml: string
  /** In the newest release that says it. */
  readonly place: { readonly text: string; readonly href: string }
  readonly function: string | null
  /** Oldest first. */
  readonly releases: readonly string[]
  readonly concerns: readonly TextNote[]
}

/** Messages that one release is the newest to say. */
export interface MessageGroup {
  readonly release: string
  readonly isNewest: boolean
  readonly messages: readonly MessageBlock[]
}

/** The messages of the verifier, grouped by the newest release that says them, newest first. */
export function messageGroups(site: Site): readonly MessageGroup[] {
  const { texts, catalog } = site
  const anchors = messageAnchors(texts.library)
  const blocks = texts.library.messages.flatMap((message) => {
    const said = texts.library.said(message)
    const last = said.at(-1)
    const path = last?.path ?? readPlace(message.function)?.path
    const anchor = anchors.get(message)
    if (!last || path === undefined || anchor === undefined) return []
    return [
      {
        last: last.release,
        block: {
          anchor,
          text: message.message.replace(/\\n$/, ''),
          meaningHtml: texts.inline(message.meaning),
          cureHtml: texts.inline(message.cure),
          place: texts.source({ release: last.release, path, line: last.line }),
          function: last.function,
          releases: said.map(({ release }) => release),
          concerns: concernsOf(site, message),
        },
      },
    ]
  })
  return catalog.newestFirst
    .map((release) => ({
      release,
      isNewest: release === catalog.newest.id,
      messages: blocks.filter(({ last }) => last === release).map(({ block }) => block),
    }))
    .filter(({ messages }) => messages.length > 0)
}

function concernsOf({ texts }: Site, message: VerifierMessage): TextNote[] {
  return (['flags', 'suffixes', 'arguments'] as const).flatMap((kind) =>
    message[kind].flatMap((slug) => texts.note(kind, slug) ?? []),
  )
}

/** The fragment of each message that some release says. */
export function messageAnchors(library: Library): ReadonlyMap<VerifierMessage, string> {
  const taken = new Set<string>()
  const said = library.messages.filter((message) => library.said(message).length > 0)
  return new Map(said.map((message) => [message, anchorOf(message.message, taken)]))
}

/** A fragment made of the words of a message; of equal ones the later get a number. */
function anchorOf(message: string, taken: Set<string>): string {
  const words = message
    .replace(/%[a-z]+|\\n/g, ' ')
    .toLowerCase()
    .match(/[a-z0-9_]+/g)
  const base = `says-${(words ?? []).slice(0, 8).join('-')}`
  let anchor = base
  for (let count = 2; taken.has(anchor); count++) anchor = `${base}-${count}`
  taken.add(anchor)
  return anchor
}
