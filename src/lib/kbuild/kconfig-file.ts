/** One Kconfig file, as the symbols that it defines. */

/** How a symbol is declared; strings and numbers gate nothing and have null instead. */
export type SymbolType = 'bool' | 'tristate' | 'def_bool' | 'def_tristate'

/** One `config X` or `menuconfig X`; a symbol may have several, in the files of architectures above all. */
export interface SymbolEntry {
  /** Spelt CONFIG_X. */
  readonly symbol: string
  /** Null: this entry does not say, or it is a string or number. */
  readonly type: SymbolType | null
  /** The line of `config`, counting from 1. */
  readonly line: number
  /** The text of its own `depends on` lines, in order. */
  readonly dependsOn: readonly string[]
  /** The conditions of the menus and `if`s around it, outermost first. */
  readonly around: readonly string[]
  /** The symbols that it turns on, spelt CONFIG_X; not those that it turns on under conditions. */
  readonly selects: readonly string[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

interface Line {
  readonly text: string
  readonly number: number
}

/** The lines that say something: continued lines joined, comments and help texts left out. */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  /** The column at which the help text that the line may be in stands; null outside, -1 before its first line. */
  let helpColumn: number | null = null
  let joined = ''
  for (const [index, physical] of text.split('\n').entries()) {
    const expanded = physical.replace(/\t/g, '        ')
    const column = expanded.search(/\S/)
    if (column < 0) continue
    if (helpColumn === -1) helpColumn = column > 0 ? column : null
    if (helpColumn !== null && column >= helpColumn) continue
    helpColumn = null
    joined += physical.replace(/\\$/, ' ')
    if (physical.endsWith('\\')) continue
    const line = joined
      .replace(/(^|\s)#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim()
    joined = ''
    if (/^(---)?help(---)?$/.test(line)) helpColumn = -1
    else if (line !== '') lines.push({ text: line, number: index + 1 })
  }
  return lines
}

/** Reads any text as a Kconfig file; what it does not know is passed over. */
export function parseKconfig(text: string): SymbolEntry[] {
  const entries: SymbolEntry[] = []
  let entry: Mutable<SymbolEntry> | null = null
  // one list of conditions for each open menu, if and choice
  const open: string[][] = []
  let isInBlockHead = false
  for (const { text: line, number } of linesOf(text)) {
    const [, keyword = '', rest = ''] = /^([\w-]+)\s*(.*)$/.exec(line) ?? []
    switch (keyword) {
      case 'config':
      case 'menuconfig':
        isInBlockHead = false
        entry = {
          symbol: `CONFIG_${rest}`,
          type: null,
          line: number,
          dependsOn: [],
          around: open.flat(),
          selects: [],
        }
        entries.push(entry)
        break
      case 'menu':
      case 'choice':
      case 'if':
        open.push(keyword === 'if' ? [rest] : [])
        isInBlockHead = keyword !== 'if'
        entry = null
        break
      case 'endmenu':
      case 'endchoice':
      case 'endif':
        open.pop()
        entry = null
        isInBlockHead = false
        break
      case 'comment':
      case 'source':
        entry = null
        isInBlockHead = false
        break
      case 'bool':
      case 'tristate':
      case 'def_bool':
      case 'def_tristate':
        if (entry) entry.type ??= keyword
        break
      case 'depends': {
        const condition = rest.replace(/^on\s+/, '')
        if (entry) entry.dependsOn.push(condition)
        else if (isInBlockHead) open.at(-1)?.push(condition)
        break
      }
      case 'select':
        if (/^\w+$/.test(rest)) entry?.selects.push(`CONFIG_${rest}`)
        break
    }
  }
  return entries
}
