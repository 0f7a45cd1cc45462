/** What texts and rules want to be looked up in a kernel's source. */
import {
  type KernelPlace,
  printPlace,
  type RuleToFind,
  readKernelLink,
  readPlace,
} from '#lib/model/places.ts'
import { readSubject } from '#lib/model/subject.ts'

/** What is to be looked up: places of the source, messages with the function that says each, and what rules rest on. */
export interface PlacesToFind {
  readonly places: readonly KernelPlace[]
  /** `of` is "path#function". */
  readonly messages: readonly { readonly message: string; readonly of: string }[]
  /** One a place. */
  readonly rules: readonly RuleToFind[]
}

/** A message as `content/messages.json` has it. */
interface Message {
  readonly message: string
  /** "path#function" */
  readonly function: string
  readonly meaning: string
  readonly cure: string
}

/**
 * Collects what Markdown texts and messages refer to. Only the links are read, not the Markdown around them: it takes
 * a second to parse, and `npm run check`, which does, complains of each link that was not looked up.
 */
export function placesToFind(
  texts: readonly string[],
  messages: readonly Message[],
): Omit<PlacesToFind, 'rules'> {
  const places = new Map<string, KernelPlace>()
  const want = (place: KernelPlace | null | undefined): void => {
    if (place) places.set(printPlace(place), place)
  }
  const wantThings = (url: string): void => {
    for (const thing of readSubject(url)?.things ?? []) if (thing.is === 'kernel') want(thing.place)
  }
  for (const text of [...texts, ...messages.flatMap(({ meaning, cure }) => [meaning, cure])])
    for (const [, inBrackets, bare = ''] of text.matchAll(
      /\]\((?:<((?:kernel|when):[^>\n]+)>|((?:kernel|when):[^\s)]+))/g,
    )) {
      const url = inBrackets ?? bare
      want(readKernelLink(url)?.place)
      wantThings(url)
    }
  for (const { function: of } of messages) want(readPlace(of))
  return {
    places: [...places.values()],
    messages: messages.map(({ message, function: of }) => ({ message, of })),
  }
}
