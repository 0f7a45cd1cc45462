/** HTML without what no reader sees: where two documents say the same, they have the same lines. */
import { type Token, Tokenizer, TokenizerMode } from 'parse5'

/** Elements that stand in a line of text: white space beside the tags of all others shows nowhere. */
const IN_TEXT = new Set(
  'a abbr b bdi cite code del dfn em i img input ins kbd label mark q s samp select small span strong sub sup time u var wbr'.split(
    ' ',
  ),
)
const AS_WRITTEN = new Set(['pre', 'textarea', 'script', 'style'])
/** The elements whose text is no markup, which the tokenizer must be told. */
const TEXT_ONLY: Readonly<Record<string, Tokenizer['state']>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  textarea: TokenizerMode.RCDATA,
  title: TokenizerMode.RCDATA,
}

/** Takes the hash out of the names of scripts and styles: `/_astro/query.B2EfuS32.js` is `/_astro/query.js`. */
export function withoutHashes(text: string): string {
  return text.replace(/\.[\w-]{8}\.(js|css)(?![\w.])/g, '.$1')
}

/**
 * A document as lines, one a tag or text. Attributes stand in the order of their names, white space that shows nowhere,
 * comments and the ways to write one character are gone, and names of scripts and styles have no hash.
 */
export function markupLines(html: string): string[] {
  const lines: string[] = []
  let text = ''
  /** Whether white space may stand before the text that is read, and how many elements keep theirs. */
  let isAfterText = false
  let kept = 0

  const endText = (isBeforeText: boolean): void => {
    if (kept > 0) {
      if (text) lines.push(...text.split('\n').map((line) => `|${line}`))
    } else {
      const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ')
      const start = isAfterText ? collapsed : collapsed.trimStart()
      const shown = isBeforeText ? start : start.trimEnd()
      if (shown) lines.push(`|${shown}`)
    }
    text = ''
  }
  const readTag = (name: string): void => {
    const isInText = IN_TEXT.has(name)
    endText(isInText)
    isAfterText = isInText
  }

  const tokenizer: Tokenizer = new Tokenizer(
    {},
    {
      onDoctype: () => {},
      onComment: () => {},
      onCharacter: ({ chars }) => {
        text += chars
      },
      onWhitespaceCharacter: ({ chars }) => {
        text += chars
      },
      onNullCharacter: () => {},
      onStartTag: ({ tagName, attrs }) => {
        readTag(tagName)
        lines.push(`<${[tagName, ...attrs.map(attribute).sort()].join(' ')}>`)
        if (AS_WRITTEN.has(tagName)) kept++
        const state = TEXT_ONLY[tagName]
        if (state !== undefined) tokenizer.state = state
      },
      onEndTag: ({ tagName }) => {
        readTag(tagName)
        lines.push(`</${tagName}>`)
        if (AS_WRITTEN.has(tagName)) kept--
      },
      onEof: () => endText(false),
    },
  )
  tokenizer.write(html, true)
  return lines
}

function attribute({ name, value }: Token.Attribute): string {
  const shown = name === 'href' || name === 'src' ? withoutHashes(value) : value
  return `${name}="${shown.replace(/\s+/g, ' ').trim()}"`
}
