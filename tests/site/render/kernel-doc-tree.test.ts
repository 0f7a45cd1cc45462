import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Nodes } from 'mdast'
import { describe, expect, it } from 'vitest'
import { kernelDocTree } from '#lib/site/render/kernel-doc-tree.ts'

const FIXTURES = new URL('kernel-doc/', import.meta.url)

/** A tree as lines, a node each: its kind, what sets it apart from others of its kind, and its text. */
function outline(node: Nodes, depth = 0): string {
  const words: string[] = [node.type]
  if (node.type === 'list') words.push(node.ordered ? `from ${node.start}` : 'of bullets')
  if (node.type === 'listItem' && node.spread) words.push('spread')
  if (node.type === 'link') words.push(`to ${node.url}`)
  if (node.type === 'linkReference') words.push(`to ${node.identifier}`)
  if ('value' in node) words.push(JSON.stringify(node.value))
  const inner = 'children' in node ? node.children : []
  return `${'  '.repeat(depth)}${words.join(' ')}\n${inner.map((one) => outline(one, depth + 1)).join('')}`
}

describe('the tree of a kernel comment', () => {
  for (const name of readdirSync(FIXTURES).filter((entry) => entry.endsWith('.txt')))
    it(`is as written down: ${name}`, () => {
      const tree = outline(kernelDocTree(readFileSync(new URL(name, FIXTURES), 'utf8')))
      const twin = new URL(name.replace(/txt$/, 'tree'), FIXTURES)
      if (process.env.UPDATE) writeFileSync(twin, tree)
      expect(tree).toBe(readFileSync(twin, 'utf8'))
    })
})
