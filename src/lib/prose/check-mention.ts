/** What is wrong with a link, or with code that names what does not exist. */
import { printPlace } from '#lib/model/places.ts'
import { type Dates, dateWords } from '#lib/prose/dates.ts'
import type { Mention, ProseDocument } from '#lib/prose/document.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import type { Library } from '#lib/prose/library.ts'
import type { Target } from '#lib/prose/target.ts'

/** What says what is wrong with one text: a rule's name and a message. */
export type Complain = (rule: string, message: string) => void

/** The rule that a link breaks, by what it should lead to. */
const RULES: Readonly<Record<Target['to'], string>> = {
  kernel: 'kernel-place',
  text: 'prose-text',
  kfunc: 'prose-link',
  release: 'prose-link',
  heading: 'prose-link',
  outside: 'prose-link',
  date: 'prose-date',
  mark: 'prose-date',
  unknown: 'prose-link',
}

/** What a mention is checked against; `named` are names that links of the same page lead to. */
export interface MentionContext {
  readonly library: Library
  readonly vocabulary: KnownNames
  readonly dates: Dates
  readonly named: ReadonlySet<string>
  /** null: the mention stands in a message. */
  readonly document: ProseDocument | null
}

/** The names that links to the kernel's source stand for: their text, and the name that they lead to. */
export function namesOfPlaces(mentions: readonly Mention[]): Set<string> {
  return new Set(
    mentions.flatMap((mention) =>
      'target' in mention && mention.target.to === 'kernel'
        ? [mention.text.replace(/\(\)$/, ''), mention.target.place.name ?? '']
        : [],
    ),
  )
}

/** Complains of a link that leads nowhere, and of code that names what does not exist. */
export function checkMention(mention: Mention, context: MentionContext, complain: Complain): void {
  const { vocabulary, named } = context
  if ('target' in mention) {
    const message = missingTarget(mention.target, mention, context)
    if (message !== null) complain(RULES[mention.target.to], message)
    return
  }
  const { code } = mention
  const call = /^([A-Za-z_]\w*)\(\)$/.exec(code)?.[1]
  if (call !== undefined && !vocabulary.kfuncs.has(call) && !named.has(call))
    complain(
      'prose-name',
      `${call}() is no kfunc of any release: correct it, or link it to its place, as [${call}](kernel:path#${call})`,
    )
  if (/^KF_[A-Z0-9_]*[A-Z0-9]$/.test(code) && !vocabulary.flags.has(code))
    complain('prose-name', `${code} is a flag of no release`)
  const type = /^BPF_PROG_TYPE_(\w+)$/.exec(code)?.[1]
  if (type !== undefined && !vocabulary.programTypes.has(type.toLowerCase()))
    complain('prose-name', `${code} is a program type of no release`)
}

/** What is wrong with a link; null: nothing. */
function missingTarget(
  target: Target,
  { url, text }: { readonly url: string; readonly text: string },
  { library, vocabulary, dates, document }: MentionContext,
): string | null {
  switch (target.to) {
    case 'kernel': {
      if (library.place(target.place, target.release)) return null
      const where = target.release ?? 'any release'
      return `${printPlace(target.place)} is not known of ${where}: run npm run extract -- --only places, and if it is still not, correct it`
    }
    case 'text': {
      const found = library.find(target.kind, target.slug)
      if (!found) return `there is no text ${target.kind}/${target.slug}.md: correct the link, or write it`
      const isThere = target.fragment === null || found.headings.some(({ id }) => id === target.fragment)
      return isThere ? null : `${target.kind}/${target.slug}.md has no heading #${target.fragment}`
    }
    case 'kfunc':
      return vocabulary.kfuncs.has(target.name) ? null : `${target.name} is a kfunc of no release`
    case 'release':
      return vocabulary.releases.includes(target.id) ? null : `there is no release ${target.id}`
    case 'heading':
      return document?.headings.some(({ id }) => id === target.id)
        ? null
        : `this text has no heading #${target.id}`
    case 'date': {
      const made = dateWords(url, text, dates)
      return 'wrong' in made ? made.wrong : null
    }
    case 'outside':
    case 'mark':
      return null
    case 'unknown':
      return `saw the address ${url}; expected https:, kernel:path#name, kfunc:, flag:, suffix:, argument:, type:, concept:, guide:, release:, when:, dated: or #heading`
  }
}
