/** One Makefile or Kbuild file, as the lists that it adds words to and the configurations in which it does. */
import { formulaOf } from './cover.ts'
import { expand, makeWords, referenceEnd, splitOutside, symbolsIn } from './make-text.ts'
import { allOf, type Formula, NEVER, not, symbolIs, textCondition, type Value, type Ways } from './ways.ts'

/** One assignment. */
export interface Rule {
  /** The variable as it is written: "obj-$(CONFIG_NET)", "nf_nat-y", "SOURCES". */
  readonly variable: string
  /** What the words belong to: "obj" in the first, "nf_nat" in the second, null in the third. */
  readonly list: string | null
  readonly words: readonly string[]
  /** The ways in which the words count: the conditions around the line, and the variable's end being y or m. */
  readonly when: Ways
  /** Those of them in which the variable's end is m: the words are modules. */
  readonly asModule: Ways
  /** Counts from 1; the first line of several that are joined. */
  readonly line: number
}

interface Line {
  readonly text: string
  readonly number: number
}

/** The lines of a file: continued lines joined, comments and the bodies of `define` left out. */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let joined = ''
  let number = 0
  let isInDefine = false
  for (const [index, physical] of text.split('\n').entries()) {
    if (joined === '') number = index + 1
    if (physical.endsWith('\\')) {
      joined += `${physical.slice(0, -1)} `
      continue
    }
    const line = (joined + physical).replace(/(^|[^\\])#.*$/s, '$1')
    joined = ''
    if (/^\s*define\s/.test(line)) isInDefine = true
    else if (/^\s*endef\b/.test(line)) isInDefine = false
    else if (!isInDefine && line.trim() !== '') lines.push({ text: line, number })
  }
  return lines
}

/** Reads any text as a Makefile; what is neither a condition nor an assignment is passed over. */
export function parseMakefile(text: string): Rule[] {
  const rules: Rule[] = []
  // One list for each open condition: its branches before, negated, then the one the line is in.
  const open: Formula[][] = []
  for (const line of linesOf(text)) {
    const [, otherwise, name, rest = ''] =
      /^\s*(else\b)?\s*(ifeq|ifneq|ifdef|ifndef|endif)?\b(.*)$/s.exec(line.text) ?? []
    if (otherwise !== undefined) {
      const branches = open.at(-1)
      const last = branches?.pop()
      if (branches && last) branches.push(not(last), ...(name ? [conditionOf(name, rest)] : []))
    } else if (name === 'endif') open.pop()
    else if (name !== undefined) open.push([conditionOf(name, rest)])
    else {
      const rule = ruleOf(line, allOf(...open.flat().map(({ when }) => when)))
      if (rule) rules.push(rule)
    }
  }
  return rules
}

/** The condition of `ifeq (a,b)`, `ifeq "a" "b"`, `ifdef a` and their opposites. */
function conditionOf(name: string, rest: string): Formula {
  const text = rest.trim()
  const formula = name.endsWith('def') ? definition(text) : equality(text)
  return name === 'ifneq' || name === 'ifndef' ? not(formula) : formula
}

function definition(name: string): Formula {
  return /^CONFIG_\w+$/.test(name) ? symbolIs(name, 'ym') : textCondition(`defined ${name}`)
}

function equality(text: string): Formula {
  const sides = sidesOf(text)
  const symbols = symbolsIn(text)
  const sidesWith = (values: ReadonlyMap<string, Value>): (string | null)[] =>
    sides?.map((side) => expandWith(side, values)?.trim() ?? null) ?? [null]
  if (sidesWith(allOff(symbols)).includes(null)) return textCondition(text)
  const isEqual = (values: ReadonlyMap<string, Value>): boolean => {
    const [left, right] = sidesWith(values)
    return left === right
  }
  const formula = formulaOf(symbols, isEqual, text)
  // a symbol that is compared with neither y nor m is a number or a string, of which any value may be
  const isOfNumbers = symbols.length > 0 && (formula.when.length === 0 || formula.otherwise.length === 0)
  return isOfNumbers ? textCondition(text) : formula
}

function sidesOf(text: string): string[] | null {
  const quoted = /^(["'])(.*?)\1\s+(["'])(.*?)\3$/s.exec(text)
  if (quoted) return [quoted[2] ?? '', quoted[4] ?? '']
  if (!text.startsWith('(') || !text.endsWith(')')) return null
  const sides = splitOutside(text.slice(1, -1), (char) => char === ',').map((side) => side.trim())
  return sides.length === 2 ? sides : null
}

const allOff = (symbols: readonly string[]): ReadonlyMap<string, Value> =>
  new Map(symbols.map((symbol) => [symbol, 'n']))

function expandWith(text: string, values: ReadonlyMap<string, Value>): string | null {
  return expand(text, (name) => {
    const value = values.get(name)
    return value === undefined ? null : value === 'n' ? '' : value
  })
}

function ruleOf({ text, number }: Line, around: Ways): Rule | null {
  const assignment = splitAssignment(text)
  if (!assignment) return null
  const { variable, value } = assignment
  const [, list = null, end = ''] = /^([^$]*?)-(y|m|n|objs|\$.+)$/s.exec(variable) ?? []
  const base = { variable, list, words: makeWords(value), line: number }
  if (list === null) return { ...base, when: around, asModule: NEVER }
  const suffix = end === 'objs' ? 'y' : end
  return {
    ...base,
    when: allOf(around, endsAs(suffix, ['y', 'm'], textCondition(suffix).when)),
    asModule: allOf(around, endsAs(suffix, ['m'], NEVER)),
  }
}

/** The ways in which a variable's end expands to one of `wanted`; `unknown` when it cannot be expanded. */
function endsAs(end: string, wanted: readonly string[], unknown: Ways): Ways {
  // as nearly all of a kernel's thousands of lines end
  const [, only] = /^\$\((CONFIG_\w+)\)$/.exec(end) ?? []
  if (only) return symbolIs(only, wanted.join('')).when
  const symbols = symbolsIn(end)
  if (expandWith(end, allOff(symbols)) === null) return unknown
  return formulaOf(symbols, (values) => wanted.includes(expandWith(end, values) ?? ''), end).when
}

/** Splits `variable += words` in any of make's spellings of it; null for other lines. */
function splitAssignment(text: string): { variable: string; value: string } | null {
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    if (char === '$') {
      at = referenceEnd(text, at)
      continue
    }
    if (char === '=') {
      const variable = text.slice(0, at).replace(/(\+|\?|:{1,3})$/, '')
      const names = makeWords(variable)
      // "target: variable = words" sets it for one target
      const isPlain = names.length === 1 && splitOutside(variable, (it) => it === ':').length === 1
      return isPlain ? { variable: names[0] ?? '', value: text.slice(at + 1).trim() } : null
    }
    at++
  }
  return null
}
