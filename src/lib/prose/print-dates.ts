/** Texts with their dates written out. */
import { type Dates, dateWords } from '#lib/prose/dates.ts'
import { type MarkdownNode, type MarkdownTree, markdownText } from '#lib/prose/markdown.ts'
import { readTarget } from '#lib/prose/target.ts'

/** The tree with words instead of each link that stands for a date. */
export function printDates(tree: MarkdownTree, dates: Dates): MarkdownTree {
  return { ...tree, children: printed(tree, dates) } as MarkdownTree
}

const printed = (node: MarkdownNode, dates: Dates): MarkdownNode[] =>
  (node.children ?? []).flatMap((child) => printNode(child, dates))

function printNode(node: MarkdownNode, dates: Dates): MarkdownNode[] {
  const children = printed(node, dates)
  if (node.type !== 'link' || readTarget(node.url ?? '').to !== 'date')
    return [node.children ? { ...node, children } : node]
  const written = markdownText(node)
  const made = dateWords(node.url ?? '', written, dates)
  // what is wrong, the check says
  const value = 'words' in made ? made.words : written
  return [{ type: 'text', value, position: node.position }]
}
