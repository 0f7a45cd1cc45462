/** Colours of C by shiki, a line at a time: equal lines that begin in an equal state are read once. */
import { createCssVariablesTheme, createHighlighterCoreSync, type Grammar } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { C_GRAMMAR } from './c-grammar.ts'

/** A stretch of a line with one colour: where it starts in the line, and its class; '' for plain. */
export interface Stretch {
  readonly column: number
  readonly text: string
  readonly className: string
}

/** Gives the stretches of a line, and what comes before the next line is read. */
export type LineReader = (line: string, state: LineState | null) => ReadLine

/** What the grammar knows at the end of a line: that it is inside a comment, for one. */
export type LineState = Parameters<Grammar['tokenizeLine2']>[1]

/** A line that was read from one state. */
export interface ReadLine {
  readonly stretches: readonly Stretch[]
  readonly next: LineState
}

const THEME = 'classes'

/** Colours of the theme, as its variables are called, and the class that stands for each. */
const CLASSES: Readonly<Record<string, string>> = {
  keyword: 'k',
  function: 'f',
  constant: 'n',
  string: 's',
  comment: 'c',
}

/** Where shiki keeps the colour of a token in its bits. */
const COLOUR = { mask: 0xff8000, shift: 15 }

/** Makes a reader of C with its own memory of the lines that it read. */
export function lineReader(): LineReader {
  const shiki = createHighlighterCoreSync({
    langs: [C_GRAMMAR],
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: '--' })],
    // the engine that needs no WebAssembly; both give the same tokens
    engine: createJavaScriptRegexEngine(),
  })
  const { theme, colorMap } = shiki.setTheme(THEME)
  // the grammar knows colours only: shiki lets one stand for each variable
  const classes = colorMap.map((colour) => {
    const variable = theme.colorReplacements?.[colour?.toLowerCase() ?? ''] ?? ''
    return CLASSES[/--token-([\w-]+)/.exec(variable)?.[1] ?? ''] ?? ''
  })
  const grammar = shiki.getLanguage('c')
  const known = new Map<string, { readonly from: LineState | null; readonly read: ReadLine }[]>()
  return (line, state) => {
    const before = known.get(line) ?? []
    const same = before.find(({ from }) =>
      from === null || state === null ? from === state : from.equals(state),
    )
    if (same) return same.read
    const read = readLine(grammar, classes, line, state)
    before.push({ from: state, read })
    known.set(line, before)
    return read
  }
}

function readLine(
  grammar: Grammar,
  classes: readonly string[],
  line: string,
  state: LineState | null,
): ReadLine {
  // No limit of time (0): with one, a busy machine leaves lines plain, and two builds differ.
  const { tokens, ruleStack } = grammar.tokenizeLine2(line, state, 0)
  const stretches: Stretch[] = []
  for (let i = 0; i < tokens.length; i += 2) {
    const column = tokens[i] ?? 0
    const text = line.slice(column, tokens[i + 2] ?? line.length)
    const className = classes[((tokens[i + 1] ?? 0) & COLOUR.mask) >>> COLOUR.shift] ?? ''
    if (text !== '') stretches.push({ column, text, className })
  }
  return { stretches, next: ruleStack }
}
