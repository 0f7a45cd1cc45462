/** `content/messages.json`: what the verifier says about kfuncs, what each message means, and the cure. */
import { z } from 'zod'
import { type Mention, mentionsIn, type ProseProblem } from '#lib/prose/document.ts'
import { type MarkdownTree, parseMarkdown } from '#lib/prose/markdown.ts'
import { JsonError, parseJson, placeOfKeys } from '#lib/text/json.ts'
import type { Place, SourceText } from '#lib/text/source.ts'

const names = z.array(z.string())

/** The file: messages in byte order. */
export const VerifierMessages = z.array(
  z.strictObject({
    /** The literal as the source spells it, adjacent literals joined. */
    message: z.string().min(1),
    /** "kernel/bpf/verifier.c#check_kfunc_call" */
    function: z.string().regex(/^[^/#~\s][^#~\s]*#\w+$/, 'expected path#function'),
    /** One or two sentences of Markdown. */
    meaning: z.string().min(1),
    cure: z.string().min(1),
    flags: names,
    suffixes: names,
    arguments: names,
  }),
)

type Written = z.infer<typeof VerifierMessages>[number]

/** A message with its words as Markdown. */
export interface VerifierMessage extends Omit<Written, 'meaning' | 'cure'> {
  readonly meaning: MarkdownTree
  readonly cure: MarkdownTree
  readonly place: Place
  readonly mentions: readonly Mention[]
}

/** Reads the file; what is wrong with it goes to `problems`. */
export function readMessages(source: SourceText, problems: ProseProblem[]): VerifierMessage[] {
  const value = parsed(source, problems)
  if (value === undefined) return []
  const read = VerifierMessages.safeParse(value)
  if (!read.success) {
    for (const { path, message } of read.error.issues)
      problems.push({
        rule: 'schema',
        message: `${path.map(String).join('.') || 'the file'}: ${message}`,
        place: placeOfKeys(source, path),
      })
    return []
  }
  return read.data.map((one, index) => {
    const place = placeOfKeys(source, [index])
    const [meaning, cure] = [parseMarkdown(one.meaning), parseMarkdown(one.cure)]
    const mentions = [
      ...mentionsIn(meaning, () => placeOfKeys(source, [index, 'meaning'])),
      ...mentionsIn(cure, () => placeOfKeys(source, [index, 'cure'])),
    ]
    return { ...one, meaning, cure, place, mentions }
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
