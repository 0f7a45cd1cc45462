/** Colours of C by shiki, a line at a time: equal lines that begin in an equal state are read once. */
import { createHighlighterCoreSync, type GrammarState, type ThemeRegistration } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { C_GRAMMAR } from './c-grammar.ts'

/** A stretch of a line with one colour, as a class; '' for plain. */
export interface ColouredRun {
  readonly text: string
  readonly className: string
}

/** Gives the stretches of a line; `state` is that in which the line before it ended, null for the first one. */
export type LineReader = (line: string, state: LineState | null) => ReadLine

/** What the grammar knows at the end of a line: that it is inside a comment, for one. */
export type LineState = GrammarState

/** A line that was read from one state. */
export interface ReadLine {
  /** All of the line, from its start to its end. */
  readonly stretches: readonly ColouredRun[]
  readonly next: LineState | null
}

const PLAIN = 'plain'

/** Shiki takes any text for a colour. Ours are the classes that colour code on pages. */
const THEME: ThemeRegistration = {
  name: 'classes',
  fg: PLAIN,
  bg: PLAIN,
  settings: Object.entries({
    keyword: 'k',
    'entity.name.function': 'f',
    constant: 'n',
    string: 's',
    comment: 'c',
  }).map(([scope, foreground]) => ({ scope, settings: { foreground } })),
}

/** Makes a reader of C with its own memory of the lines that it read. */
export function lineReader(): LineReader {
  const shiki = createHighlighterCoreSync({
    langs: [C_GRAMMAR],
    themes: [THEME],
    // the engine that needs no WebAssembly; both give the same tokens
    engine: createJavaScriptRegexEngine(),
  })
  const readLine = (line: string, state: LineState | null): ReadLine => {
    const lines = shiki.codeToTokensBase(line, {
      lang: 'c',
      // With a limit of time, a busy machine leaves lines plain, and two builds differ.
      tokenizeTimeLimit: 0,
      ...(state && { grammarState: state }),
    })
    const stretches = lines.flat().map(({ content, color = PLAIN }) => ({
      text: content,
      className: color === PLAIN ? '' : color,
    }))
    return { stretches, next: shiki.getLastGrammarState(lines) ?? null }
  }
  // by state, then by line; in this grammar the scopes that are open are all of a state
  const known = new Map<string, Map<string, ReadLine>>()
  return (line, state) => {
    const scopes = state?.getScopes()?.join(' ') ?? ''
    const lines = known.get(scopes) ?? new Map<string, ReadLine>()
    known.set(scopes, lines)
    const read = lines.get(line) ?? readLine(line, state)
    lines.set(line, read)
    return read
  }
}
