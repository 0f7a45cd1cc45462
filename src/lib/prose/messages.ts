/** Reads `content/messages.json`. */
import { VerifierMessages } from '#lib/model/messages.ts'
import type { Dates } from '#lib/prose/dates.ts'
import { type Mention, mentionsIn, type ProseProblem } from '#lib/prose/document.ts'
import { type MarkdownTree, parseMarkdown } from '#lib/prose/markdown.ts'
import { plainDates } from '#lib/prose/plain-dates.ts'
import { printDates } from '#lib/prose/print-dates.ts'
import { JsonError, parseJson, placesOf } from '#lib/text/json.ts'
import type { Place, SourceText } from '#lib/text/source.ts'

/** A message with its words as Markdown, dates written out. */
export interface VerifierMessage extends Omit<VerifierMessages[number], 'meaning' | 'cure'> {
  readonly meaning: MarkdownTree
  readonly cure: MarkdownTree
  readonly place: Place
  readonly mentions: readonly Mention[]
}

/** Reads the file; what is wrong with it goes to `problems`. */
export function readMessages(source: SourceText, dates: Dates, problems: ProseProblem[]): VerifierMessage[] {
  const value = parsed(source, problems)
  if (value === undefined) return []
  const read = VerifierMessages.safeParse(value)
  const placeOfKeys = placesOf(source)
  if (!read.success) {
    for (const { path, message } of read.error.issues)
      problems.push({
        rule: 'schema',
        message: `${path.map(String).join('.') || 'the file'}: ${message}`,
        place: placeOfKeys(path),
      })
    return []
  }
  return read.data.map((one, index) => {
    const place = placeOfKeys([index])
    const [meaning, cure] = [parseMarkdown(one.meaning), parseMarkdown(one.cure)]
    const mentions = [
      ...mentionsIn(meaning, () => placeOfKeys([index, 'meaning'])),
      ...mentionsIn(cure, () => placeOfKeys([index, 'cure'])),
    ]
    for (const [key, tree] of Object.entries({ meaning, cure }))
      for (const { message } of plainDates(tree))
        problems.push({ rule: 'plain-date', message, place: placeOfKeys([index, key]) })
    return { ...one, meaning: printDates(meaning, dates), cure: printDates(cure, dates), place, mentions }
  })
}

function parsed(source: SourceText, problems: ProseProblem[]): unknown {
  try {
    return parseJson(source)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    problems.push({ rule: 'json', message: error.seen, place: error.place })
    return undefined
  }
}
