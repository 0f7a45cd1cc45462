/**
 * The ways in which a kernel can be configured so that something is in it: what Makefiles, preprocessor
 * conditions and Kconfig dependencies are all turned into.
 */

/** A value that a symbol can have: built in, module, or off. */
export type Value = 'y' | 'm' | 'n'

/**
 * One way: the values that each symbol may have, in the order y, m, n ("ym": on, in either form), and
 * conditions that are kept as text because they are not about symbols alone. Symbols are spelt CONFIG_X and
 * stand in the order in which they are met, outermost first.
 */
export interface Way {
  readonly symbols: ReadonlyMap<string, string>
  readonly other: readonly string[]
}

/** All ways, any of which will do. */
export type Ways = readonly Way[]

/** A condition: the ways in which it holds, and the ways in which it does not. */
export interface Formula {
  readonly when: Ways
  readonly otherwise: Ways
}

/** Holds in every configuration. */
export const ALWAYS: Ways = [{ symbols: new Map(), other: [] }]

/** Holds in no configuration. */
export const NEVER: Ways = []

/** More alternatives than these say no more to a reader than what they share. */
const MOST_WAYS = 64

const commonValues = (a: string, b: string): string => [...a].filter((value) => b.includes(value)).join('')

/** The ways in which all of `parts` hold. */
export function allOf(...parts: readonly Ways[]): Ways {
  return parts.reduce((done, part) => {
    const joined = done.flatMap((a) => part.flatMap((b) => joinWays(a, b)))
    const ways = withoutNeedless(joined)
    return ways.length > MOST_WAYS ? [cutDown(ways)] : ways
  }, ALWAYS)
}

/** What many ways share, and a word that this is not all. */
function cutDown(ways: Ways): Way {
  const { symbols, other } = shared(ways)
  return { symbols, other: [...other, `one of ${ways.length} combinations of symbols`] }
}

/** The ways in which any of `parts` holds. */
export function anyOf(...parts: readonly Ways[]): Ways {
  return withoutNeedless(parts.flat())
}

/** The way that is both; nothing when they contradict each other. */
function joinWays(a: Way, b: Way): Way[] {
  const symbols = new Map(a.symbols)
  for (const [symbol, values] of b.symbols) {
    const left = commonValues(symbols.get(symbol) ?? 'ymn', values)
    if (left === '') return []
    symbols.set(symbol, left)
  }
  return [{ symbols, other: [...new Set([...a.other, ...b.other])] }]
}

/** Drops each way that asks for more than another one, or for the same as an earlier one. */
function withoutNeedless(ways: Ways): Ways {
  return ways.filter(
    (way, index) =>
      !ways.some(
        (other, at) => at !== index && isWithin(way, other) && (at < index || !isWithin(other, way)),
      ),
  )
}

/** Is every configuration of `a` one of `b` as well? */
function isWithin(a: Way, b: Way): boolean {
  if (!b.other.every((text) => a.other.includes(text))) return false
  return [...b.symbols].every(([symbol, values]) => {
    const own = a.symbols.get(symbol) ?? 'ymn'
    return commonValues(own, values) === own
  })
}

/** What all ways ask for: of each symbol, the values that it has in any of them. */
export function shared(ways: Ways): Way {
  const [first = { symbols: new Map<string, string>(), other: [] }, ...rest] = ways
  const symbols = new Map<string, string>()
  for (const symbol of first.symbols.keys()) {
    const values = [...'ymn'].filter((value) =>
      ways.some((way) => (way.symbols.get(symbol) ?? 'ymn').includes(value)),
    )
    if (values.length < 3) symbols.set(symbol, values.join(''))
  }
  const other = first.other.filter((text) => rest.every((way) => way.other.includes(text)))
  return { symbols, other }
}

/** A condition on one symbol: it has one of `values` ("ym"). */
export function symbolIs(symbol: string, values: string): Formula {
  const rest = [...'ymn'].filter((value) => !values.includes(value)).join('')
  const waysOf = (some: string): Ways =>
    some === 'ymn' ? ALWAYS : some === '' ? NEVER : [{ symbols: new Map([[symbol, some]]), other: [] }]
  return { when: waysOf(values), otherwise: waysOf(rest) }
}

/** A condition that is kept as text. */
export function textCondition(text: string): Formula {
  const waysOf = (other: string): Ways => [{ symbols: new Map(), other: [other] }]
  return { when: waysOf(text), otherwise: waysOf(`!(${text})`) }
}

/** A condition that need not be looked at: whatever depends on it is taken to be there. */
export const ALWAYS_MET: Formula = { when: ALWAYS, otherwise: ALWAYS }

/** The opposite of a condition. */
export function not({ when, otherwise }: Formula): Formula {
  return { when: otherwise, otherwise: when }
}

/** The condition that all of `parts` hold. */
export function and(...parts: readonly Formula[]): Formula {
  return {
    when: allOf(...parts.map((part) => part.when)),
    otherwise: anyOf(...parts.map((part) => part.otherwise)),
  }
}

/** The condition that any of `parts` holds. */
export function or(...parts: readonly Formula[]): Formula {
  return not(and(...parts.map(not)))
}
