/** Releases that a text names by number: none may be a date that the data knows better. */
import { type MarkdownNode, markdownText, walkMarkdown } from '#lib/prose/markdown.ts'
import { readTarget } from '#lib/prose/target.ts'

/** Why a text may name a release itself, as in `[6.12 to 7.3](dated:tried)`. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['read', 'the release whose source the text was held against'],
  ['tried', 'the releases on which it was tried'],
  ['tool', 'the version of a program or library'],
  ['example', 'a release that stands for any'],
])
const RELEASE = /(?<![\w.-])(?:[3-9]|1\d)\.\d{1,2}(?![\w-]|\.\d)/g
const BEFORE_DATE = /\b(?:since|before|until|till|up to|only in|from|to|after|than)\s+$/i
const DATE_IN_CODE =
  /\b(?:since|before|until|till|up to|only in|from)\s+v?\d\.\d{1,2}\b|\b\d\.\d{1,2} to \d\.\d{1,2}\b/gi

/** What is wrong with a date, and where. */
export interface DateProblem {
  /** The words as they stand in the text, at this offset of the node's value or after it. */
  readonly words: string
  readonly index: number
  readonly node: MarkdownNode
  readonly message: string
}

/** The releases that a text names without a claim or a mark, in their order, and marks that give no known reason. */
export function plainDates(tree: MarkdownNode): DateProblem[] {
  const problems: DateProblem[] = []
  walkMarkdown(tree, (node, inside) => {
    const { type, value = '' } = node
    const link = inside.find((one) => one.type === 'link')
    if (type === 'link') problems.push(...oddLink(node, inside))
    else if (type === 'text' && !isHeld(link?.url ?? '', value))
      for (const { 0: words, index } of value.matchAll(RELEASE))
        problems.push({ words, index, node, message: byHand(words) })
    else if (type === 'code')
      for (const { 0: words, index } of value.matchAll(DATE_IN_CODE)) {
        const message = `"${words}" in code: say it in the text, where the data holds it`
        problems.push({ words, index, node, message })
      }
  })
  return problems
}

/** The releases that stand in words that are no Markdown, such as a title. */
export function releasesNamed(words: string): string[] {
  return [...words.matchAll(RELEASE)].map(([release]) => release)
}

const byHand = (words: string): string =>
  `${words} is written by hand: write what the date is about, as [since](when:flag:KF_X), or why only you can know it, as [${words}](dated:tried); docs/TEXTS.md has the forms`

/** Do the words stand in a link that holds them? */
function isHeld(url: string, words: string): boolean {
  const target = readTarget(url)
  if (target.to === 'date' || target.to === 'mark') return true
  const release = target.to === 'kernel' ? target.release : target.to === 'release' ? target.id : null
  return release !== null && releasesNamed(words).every((one) => one === release)
}

/** What is wrong with a date or a mark, and with a link to a release that is used as a date. */
function oddLink(node: MarkdownNode, inside: readonly MarkdownNode[]): DateProblem[] {
  const target = readTarget(node.url ?? '')
  const words = markdownText(node)
  const problem = (message: string): DateProblem[] => [{ words, index: 0, node, message }]
  if (target.to === 'release') {
    const siblings = inside.at(-1)?.children ?? []
    const before = siblings[siblings.indexOf(node) - 1]
    return before && BEFORE_DATE.test(markdownText(before)) ? problem(byHand(words)) : []
  }
  if (target.to !== 'date' && target.to !== 'mark') return []
  if (inside.some(({ type }) => type === 'heading'))
    return problem('a date in a heading, whose address would change with it: move it into the text')
  if (target.to === 'date' || MARKS.has(target.reason)) return []
  const reasons = [...MARKS].map(([name, meaning]) => `${name} (${meaning})`).join(', ')
  return problem(`saw dated:${target.reason}; expected ${reasons}`)
}
