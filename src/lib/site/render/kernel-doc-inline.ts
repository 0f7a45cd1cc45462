/** What kernel-doc marks inside a line, as nodes of Markdown. */
import type { PhrasingContent, Text } from 'mdast'

/**
 * The marks, in order of preference:
 * ``literal`` · %CONST · @param, @param->member · &struct name, &name, &name->member · name() · addresses · *word*
 */
const MARKED =
  /``([^`]+)``|%([-\w]+)|@(\w+(?:(?:->|\.)\w+)*)|&((?:struct|union|enum|typedef) \w+|\w+(?:(?:->|\.)\w+)*(?![\w;]))|\b([A-Za-z_]\w*)\(\)|\b(https?:\/\/[^\s<>"]*[\w/])|(?<![\w*])\*(\w+)\*(?![\w*])/g

/** The nodes of one paragraph or cell: marks become code, links or stress, the rest is text as it stands. */
export function inlineNodes(text: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let end = 0
  for (const match of text.matchAll(MARKED)) {
    if (match.index > end) nodes.push(words(text.slice(end, match.index)))
    nodes.push(marked(match))
    end = match.index + match[0].length
  }
  if (end < text.length) nodes.push(words(text.slice(end)))
  return nodes
}

function marked([whole, literal, constant, parameter, type, call, address, stressed]: RegExpExecArray) {
  if (address !== undefined) return link(address)
  if (stressed !== undefined) return emphasis(stressed)
  if (call !== undefined) return reference(call)
  return code(literal ?? constant ?? parameter ?? type?.replace(/^typedef /, '') ?? whole)
}

const words = (value: string): Text => ({ type: 'text', value })
const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value })
const link = (url: string): PhrasingContent => ({ type: 'link', url, children: [words(url)] })
const emphasis = (word: string): PhrasingContent => ({ type: 'emphasis', children: [words(word)] })

/** A function that is named; where that leads, each release says for itself. */
const reference = (name: string): PhrasingContent => ({
  type: 'linkReference',
  identifier: name,
  referenceType: 'full',
  children: [code(`${name}()`)],
})
