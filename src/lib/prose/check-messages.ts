/** Rules of `content/messages.json`. */
import { byteOrder } from '#lib/model/order.ts'
import { checkMention, namesOfPlaces } from '#lib/prose/check-mention.ts'
import type { Dates } from '#lib/prose/dates.ts'
import type { ProseProblem } from '#lib/prose/document.ts'
import type { ProseKind } from '#lib/prose/kinds.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import type { Library, SaidMessage } from '#lib/prose/library.ts'
import type { VerifierMessage } from '#lib/prose/messages.ts'

/** Everything that is wrong with the messages. */
export function checkMessages(library: Library, vocabulary: KnownNames, dates: Dates): ProseProblem[] {
  return library.messages.flatMap((one, index) => {
    const problems: ProseProblem[] = []
    const complain = (rule: string, message: string, place = one.place): void => {
      problems.push({ rule, message, place })
    }
    const before = library.messages[index - 1]
    if (before && messageOrder(before, one) >= 0)
      complain('message-order', 'expected the messages in byte order, each once')
    const said = library.said(one)
    if (said.length === 0)
      complain(
        'message-unused',
        'no release is known to say this: run npm run extract -- --only places, and if it is still not, correct or remove it',
      )
    else if (!said.some((place) => isWhereNamed(place, one.function)))
      complain(
        'message-function',
        `the message stands in ${said.at(-1)?.function ?? 'no function'}, not in ${one.function}`,
      )
    for (const [kind, names, known] of named(one, vocabulary))
      for (const name of names)
        if (known ? !known.has(name) : !library.find(kind, name))
          complain('message-name', `${kind}: there is no ${name}`)
    const [, own = ''] = one.function.split('#')
    const context = {
      library,
      vocabulary,
      dates,
      named: namesOfPlaces(one.mentions).add(own),
      document: null,
    }
    for (const mention of one.mentions)
      checkMention(mention, context, (rule, message) => complain(rule, message, mention.place))
    return problems
  })
}

const isWhereNamed = ({ path, function: name }: SaidMessage, of: string): boolean =>
  path === undefined && name !== null && of.endsWith(`#${name}`)

function named(
  one: VerifierMessage,
  { flags, suffixes }: KnownNames,
): readonly (readonly [ProseKind, readonly string[], ReadonlySet<string> | null])[] {
  return [
    ['flags', one.flags, flags],
    ['suffixes', one.suffixes, suffixes],
    ['arguments', one.arguments, null],
  ]
}

const messageOrder = (a: VerifierMessage, b: VerifierMessage): number =>
  byteOrder(a.message, b.message) || byteOrder(a.function, b.function)
