/** The last look at a release whose texts are not taken, before it is stored. */
import type { Extracted } from '#lib/model/extracted.ts'
import { Failure } from '../cli/failure.ts'

/** What is shorter, or has fewer words, facts can share with texts: a name that is called, a licence, "return 0;". */
const SHORTEST = 24
const FEWEST_WORDS = 3
/** Prototypes are facts, and the kernel's programs have them in their declarations. */
const PROTOTYPES: readonly string[] = ['prototype', 'kernelPrototype']

/**
 * Throws a Failure when a line of a comment or of an example is anywhere in what is to be stored. `full` is the same release
 * with its texts, `snippets` the texts of its examples.
 */
export function requireNoTexts(
  release: string,
  toStore: unknown,
  full: Extracted,
  snippets: ReadonlyMap<string, string>,
): void {
  const slipped =
    lineIn(commentsOf(full), stringsIn(toStore)) ?? lineIn(snippets.values(), stringsIn(toStore, PROTOTYPES))
  if (slipped === null) return
  throw new Failure(`${release}: a text of the source is in what would be stored of it: "${slipped}"`, {
    hint: 'nothing was written; leave it out in src/lib/kfunc/text-marks.ts, and store its sha256',
  })
}

/** The first line of the texts that is in any of the strings; null: none is. */
function lineIn(texts: Iterable<string>, strings: readonly string[]): string | null {
  const stored = strings.join('\n')
  const lines = [...texts].flatMap((text) => text.split('\n')).map((line) => line.trim())
  const isLong = (line: string): boolean =>
    line.length >= SHORTEST && line.split(/\s+/).length >= FEWEST_WORDS
  return lines.find((line) => isLong(line) && stored.includes(line)) ?? null
}

function commentsOf({ flags, kfuncs }: Extracted): string[] {
  return [
    ...flags.map(({ comment }) => comment ?? ''),
    ...kfuncs.flatMap(({ doc, remark }) => [
      ...(doc && 'summary' in doc ? stringsIn([doc.summary, doc.body, doc.parameters, doc.returns]) : []),
      ...(remark && 'text' in remark ? [remark.text] : []),
    ]),
  ]
}

/** All strings in a value, however deep, but for those under the keys `without`. */
function stringsIn(value: unknown, without: readonly string[] = []): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    without.includes(key) ? [] : stringsIn(member, without),
  )
}
