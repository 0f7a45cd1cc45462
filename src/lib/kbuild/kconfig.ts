/** The symbols of a kernel's Kconfig files: their types, where they are declared, and what they ask for. */
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { SourceRef } from '#lib/model/published.ts'
import type { SourceText } from '#lib/text/source.ts'
import { parseExpression } from './expression.ts'
import { parseKconfig, type SymbolEntry, type SymbolType } from './kconfig-file.ts'
import { allOf, type Formula, not, symbolIs, textCondition, type Way, type Ways } from './ways.ts'

/** A symbol, as the entry that says most of it has it: one outside arch before one that is an architecture's. */
export interface ConfigSymbol {
  readonly symbol: string
  /** Null: a string or a number. */
  readonly type: SymbolType | null
  readonly at: SourceRef
  /** The text of the entry's `depends on` lines; null: it has none. */
  readonly dependsOn: string | null
}

/** Answers about one tree's symbols, spelt CONFIG_X. Its files are searched once, at the first question. */
export interface Kconfig {
  /** The symbol; null when no Kconfig file has it. */
  symbolOf(symbol: string): Promise<ConfigSymbol | null>
  /** The symbols that are certainly on when `symbol` is: what it depends on and selects, and so on. */
  impliedBy(symbol: string): Promise<ReadonlySet<string>>
  /** The architecture ("s390") whose Kconfig files alone have the symbol; null when there is no such one. */
  architectureOf(symbol: string): Promise<string | null>
}

/** A Kconfig file of the kernel itself: those below scripts and tools are tests and tools. */
const isKconfig = (path: string): boolean =>
  /(^|\/)Kconfig[^/]*$/.test(path) && !/^(scripts|tools|Documentation)\//.test(path)

/** What is implied is followed this far: BPF_LSM, BPF_EVENTS, KPROBE_EVENTS, TRACING, RING_BUFFER. */
const STEPS = 4

interface Entry extends SymbolEntry {
  readonly path: string
}

/** Gives the symbols of `tree`. */
export function createKconfig(tree: KernelTree): Kconfig {
  let index: Promise<ReadonlyMap<string, readonly SourceText[]>> | null = null
  const parsed = new Map<SourceText, ReadonlyMap<string, readonly Entry[]>>()
  const implied = new Map<string, Promise<ReadonlySet<string>>>()

  function entriesIn(file: SourceText): ReadonlyMap<string, readonly Entry[]> {
    const bySymbol = parsed.get(file) ?? entriesBySymbol(file)
    parsed.set(file, bySymbol)
    return bySymbol
  }

  async function entriesOf(symbol: string): Promise<Entry[]> {
    index ??= tree.search(['config '], isKconfig).then(indexSymbols)
    const files = (await index).get(symbol) ?? []
    return files.flatMap((file) => entriesIn(file).get(symbol) ?? [])
  }

  /** Counting steps rather than breaking circles keeps an answer the same whatever was asked before. */
  function impliedBy(symbol: string, steps: number): Promise<ReadonlySet<string>> {
    const key = `${symbol} ${steps}`
    const found = implied.get(key) ?? findImplied(symbol, steps)
    implied.set(key, found)
    return found
  }

  async function findImplied(symbol: string, steps: number): Promise<ReadonlySet<string>> {
    if (steps === 0) return new Set()
    const perWay: ReadonlySet<string>[] = []
    for (const entry of await entriesOf(symbol))
      for (const way of waysOf([...entry.around, ...entry.dependsOn])) {
        const direct = [...onIn(way), ...entry.selects]
        const further = await Promise.all(direct.map((it) => impliedBy(it, steps - 1)))
        perWay.push(new Set([...direct, ...further.flatMap((it) => [...it])]))
      }
    const [first = new Set<string>(), ...rest] = perWay
    return new Set([...first].filter((it) => rest.every((other) => other.has(it))))
  }

  return {
    async symbolOf(symbol) {
      const entries = await entriesOf(symbol)
      const rank = ({ type, path }: Entry): number => (type ? 0 : 2) + (path.startsWith('arch/') ? 1 : 0)
      const [best] = entries.sort((a, b) => rank(a) - rank(b))
      if (!best) return null
      const { type, path, line, dependsOn } = best
      return {
        symbol,
        type,
        at: { path, line },
        dependsOn: dependsOn.length === 0 ? null : dependsOn.map(inParentheses).join(' && '),
      }
    },
    impliedBy: (symbol) => impliedBy(symbol, STEPS),
    async architectureOf(symbol) {
      const entries = await entriesOf(symbol)
      const architectures = new Set(entries.map(({ path }) => architectureIn(path)))
      const [only = null] = architectures
      return architectures.size === 1 ? only : null
    },
  }
}

/** The architecture that a path is below: "s390" for "arch/s390/Kconfig"; null for all other paths. */
export function architectureIn(path: string): string | null {
  return /^arch\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** The files that have each symbol, in the order of their paths. */
function indexSymbols(files: readonly SourceText[]): ReadonlyMap<string, readonly SourceText[]> {
  const index = new Map<string, SourceText[]>()
  for (const file of files)
    for (const [, name] of file.text.matchAll(/^[ \t]*(?:menu)?config[ \t]+(\w+)/gm)) {
      const known = index.get(`CONFIG_${name}`) ?? []
      if (!known.includes(file)) index.set(`CONFIG_${name}`, [...known, file])
    }
  return index
}

function entriesBySymbol({ path, text }: SourceText): ReadonlyMap<string, readonly Entry[]> {
  const bySymbol = new Map<string, Entry[]>()
  for (const entry of parseKconfig(text)) {
    const same = bySymbol.get(entry.symbol) ?? []
    same.push({ ...entry, path })
    bySymbol.set(entry.symbol, same)
  }
  return bySymbol
}

const inParentheses = (text: string, _at: number, all: readonly string[]): string =>
  all.length > 1 && text.includes('||') ? `(${text})` : text

function waysOf(conditions: readonly string[]): Ways {
  return allOf(...conditions.map((text) => (parseExpression(text, leafOf) ?? textCondition(text)).when))
}

/** One operand of a dependency: "NET", "NET=y", "MODULES != n". */
function leafOf(text: string): Formula {
  const [, name = '', operator, value = ''] = /^([A-Z0-9_]+)(?:\s*(!?=)\s*([ymn]))?$/i.exec(text) ?? []
  if (!/[A-Z]/.test(name)) return textCondition(text)
  const formula = symbolIs(`CONFIG_${name}`, operator ? value : 'ym')
  return operator === '!=' ? not(formula) : formula
}

const onIn = (way: Way): string[] =>
  [...way.symbols].flatMap(([symbol, values]) => (values.includes('n') ? [] : [symbol]))
