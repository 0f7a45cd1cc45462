/** Rules of the hand-written texts: every name exists, every link resolves, nothing is missing. */
import { checkMention, namesOfPlaces } from '#lib/prose/check-mention.ts'
import { checkMessages } from '#lib/prose/check-messages.ts'
import type { Dates } from '#lib/prose/dates.ts'
import type { ProseDocument, ProseProblem } from '#lib/prose/document.ts'
import { PROSE_KINDS } from '#lib/prose/kinds.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import type { Library } from '#lib/prose/library.ts'
import { type MarkdownNode, markdownText, offsetOf, walkMarkdown } from '#lib/prose/markdown.ts'
import { placeOf } from '#lib/text/source.ts'

const LONGEST_SUMMARY = 160
/** Languages of fenced code. */
const LANGUAGES = new Set(['c', 'sh', 'rust', 'go', 'text'])

/** Everything that is wrong with the texts. */
export function checkProse(library: Library, vocabulary: KnownNames, dates: Dates): ProseProblem[] {
  const documents = PROSE_KINDS.flatMap((kind) => library.list(kind))
  return [
    ...library.problems,
    ...documents.flatMap((one) => checkDocument(one, library, vocabulary, dates)),
    ...checkKinds(library, vocabulary),
    ...checkMessages(library, vocabulary, dates),
  ]
}

function checkDocument(
  document: ProseDocument,
  library: Library,
  vocabulary: KnownNames,
  dates: Dates,
): ProseProblem[] {
  const { source, summary, body, mentions, front, offsets } = document
  const problems: ProseProblem[] = []
  const at = (offset: number, rule: string, message: string): void => {
    problems.push({ rule, message, place: placeOf(source, offset) })
  }
  const subject = missingSubject(document, vocabulary)
  if (subject !== null) at(0, 'prose-subject', subject)
  for (const [i, id] of front.checked.entries())
    if (!vocabulary.hasKfunc(id, document.slug))
      at(offsets.checked[i] ?? 0, 'prose-release', `checked: ${id} is no release that has ${document.slug}`)
  if (summary) {
    const { length } = markdownText(summary)
    if (length > LONGEST_SUMMARY)
      at(
        offsets.summary,
        'front-matter',
        `summary: ${length} characters; expected at most ${LONGEST_SUMMARY}`,
      )
    if (summary.children.length !== 1 || summary.children[0]?.type !== 'paragraph')
      at(offsets.summary, 'front-matter', 'summary: expected one sentence of inline Markdown')
  }
  walkMarkdown(body, (node) => {
    const message = oddNode(node)
    if (message !== null) at(offsetOf(node), 'prose-markdown', message)
  })
  const named = namesOfPlaces(mentions)
  for (const mention of mentions)
    checkMention(mention, { library, vocabulary, dates, named, document }, (rule, message) => {
      problems.push({ rule, message, place: mention.place })
    })
  return problems
}

/** Why nothing in any release is what a text is about; null: something is. */
function missingSubject({ kind, slug }: ProseDocument, vocabulary: KnownNames): string | null {
  const known = {
    flags: vocabulary.flags,
    suffixes: vocabulary.suffixes,
    'program-types': vocabulary.programTypes,
    kfuncs: vocabulary.kfuncs,
    guides: null,
    concepts: null,
    arguments: null,
  }[kind]
  return known && !known.has(slug) ? `no release has ${slug}: rename the file, or remove it` : null
}

function oddNode({ type, depth = 0, lang = null, value }: MarkdownNode): string | null {
  if (type === 'html') return `saw HTML (${value?.split('\n')[0]}); expected Markdown alone`
  if (type === 'image' || type === 'definition' || type === 'footnoteDefinition')
    return `saw ${type}; expected text, links of the form [text](address), lists, tables, code`
  if (type === 'heading' && depth < 2) return 'expected headings to begin with ##: the title has #'
  if (type === 'code' && !LANGUAGES.has(lang ?? ''))
    return `saw a fence for ${lang ?? 'no language'}; expected one of ${[...LANGUAGES].join(', ')}`
  return null
}

/** Kinds of arguments that do not exist, or that two texts claim. */
function checkKinds(library: Library, vocabulary: KnownNames): ProseProblem[] {
  const owners = new Map<string, string>()
  return library.list('arguments').flatMap(({ front, source, offsets }) =>
    front.kinds.flatMap((kind, i): ProseProblem[] => {
      const place = placeOf(source, offsets.kinds[i] ?? 0)
      const owner = owners.get(kind)
      owners.set(kind, source.path)
      if (!vocabulary.argumentKinds.has(kind))
        return [
          {
            rule: 'argument-kind',
            message: `kinds: there is no kind ${kind}; expected one of ${[...vocabulary.argumentKinds].join(', ')}`,
            place,
          },
        ]
      if (owner !== undefined)
        return [{ rule: 'argument-kind', message: `kinds: ${kind} is told of in ${owner} too`, place }]
      return []
    }),
  )
}
