import { type ColouredRun, type LineReader, type LineState, lineReader, type ReadLine } from './code-lines.ts'
import { escapeHtml } from './html.ts'

/** A stretch of code, in offsets from its start, and the class that it gets. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly className: string
}

/** Gives the address that an identifier at an offset of the code leads to; null for none. */
export type IdentifierLink = (identifier: string, offset: number) => string | null

/** Colours C. Equal code is tokenized once. */
export interface Highlighter {
  /** The HTML inside of a `<code>`: spans with the classes of `styles/code.css`, links, marks. */
  html(code: string, link?: IdentifierLink, marks?: readonly Mark[]): string
  /** The stretches of each line, for what is not HTML. */
  lines(code: string): readonly (readonly ColouredRun[])[]
  /** What `make` gave the first time that it was asked for under this key. */
  once(key: string, make: () => string): string
}

interface Piece {
  readonly start: number
  readonly text: string
  readonly className: string
}

/** Makes a highlighter with its own memory of what it tokenized. */
export function codeHighlighter(): Highlighter {
  const readLine = lineReader()
  const known = new Map<string, readonly Piece[]>()
  const pieces = (code: string): readonly Piece[] => {
    const before = known.get(code) ?? piecesOf(readLine, code)
    known.set(code, before)
    return before
  }
  const made = new Map<string, string>()
  return {
    html: (code, link = () => null, marks = []) => render(pieces(code), link, marks),
    lines: (code) => linesOf(readLine, code),
    once: (key, make) => {
      const before = made.get(key) ?? make()
      made.set(key, before)
      return before
    },
  }
}

function linesOf(readLine: LineReader, code: string): (readonly ColouredRun[])[] {
  let state: LineState | null = null
  const lines: (readonly ColouredRun[])[] = []
  for (const line of code.split('\n')) {
    const read: ReadLine = readLine(line, state)
    lines.push(read.stretches)
    state = read.next
  }
  return lines
}

/** All of the code in pieces, line breaks included. */
function piecesOf(readLine: LineReader, code: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const [i, stretches] of linesOf(readLine, code).entries()) {
    if (i > 0) pieces.push({ start: end++, text: '\n', className: '' })
    for (const { text, className } of stretches) {
      pieces.push({ start: end, text, className })
      end += text.length
    }
  }
  return pieces
}

function render(pieces: readonly Piece[], link: IdentifierLink, marks: readonly Mark[]): string {
  let out = ''
  let open: Mark | undefined
  for (const { start, text, className } of pieces.flatMap((piece) => splitPiece(piece, marks))) {
    const mark = marks.find((one) => one.start <= start && start < one.end)
    if (mark !== open) {
      if (open) out += '</span>'
      if (mark) out += `<span class="${mark.className}">`
      open = mark
    }
    const isIdentifier = /^[A-Za-z_]\w*$/.test(text)
    const href = isIdentifier ? link(text, start) : null
    const inner = escapeHtml(text)
    if (href !== null)
      out += `<a${className && ` class="${className}"`} href="${escapeHtml(href)}">${inner}</a>`
    else out += className ? `<span class="${className}">${inner}</span>` : inner
  }
  return open ? `${out}</span>` : out
}

/** Cuts a piece at its identifiers, for links, and where a mark starts or ends. Comments, strings and numbers stay whole. */
function splitPiece(piece: Piece, marks: readonly Mark[]): readonly Piece[] {
  const { start, text, className } = piece
  if (className === 'c' || className === 's' || /^\d/.test(text)) return [piece]
  const end = start + text.length
  const isCut = marks.some(
    (mark) => (mark.start > start && mark.start < end) || (mark.end > start && mark.end < end),
  )
  // most pieces are one identifier, or none: nothing to cut
  if (!isCut && (/^[A-Za-z_]\w*$/.test(text) || !/[A-Za-z_]/.test(text))) return [piece]
  const cuts = new Set([0, text.length])
  for (const match of text.matchAll(/[A-Za-z_]\w*/g)) cuts.add(match.index).add(match.index + match[0].length)
  for (const mark of marks)
    for (const edge of [mark.start, mark.end])
      if (edge > start && edge < start + text.length) cuts.add(edge - start)
  const sorted = [...cuts].sort((a, b) => a - b)
  return sorted.slice(1).map((to, i) => {
    const from = sorted[i] ?? 0
    return { start: start + from, text: text.slice(from, to), className }
  })
}
