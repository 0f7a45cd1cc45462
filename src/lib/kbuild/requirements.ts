/** Ways as lists for readers. */
import { shared, type Way, type Ways } from './ways.ts'

/** What must be so for any of several ways to hold. */
export interface Requirements {
  /** The symbols that are on in every way, outermost first. */
  readonly config: readonly string[]
  /** The symbols that must be off, or must not be built in, in every way. */
  readonly off: readonly string[]
  /**
   * What each way asks for beyond that, one of which must hold; `[]` when there is one way. A symbol whose form
   * matters has it: "CONFIG_X=m"; "CONFIG_X=n" must be off.
   */
  readonly alternatives: readonly (readonly string[])[]
  /** Conditions about other things than symbols, as text. */
  readonly other: readonly string[]
}

const isOn = (values: string): boolean => !values.includes('n')
const isOff = (values: string): boolean => values.includes('n') && !values.includes('y')

/**
 * The requirements of `ways`. Where what they share implies (by `implied`) all that one of them asks for
 * beyond it, there is nothing to choose and `alternatives` is empty.
 */
export function requirementsOf(ways: Ways, implied: ReadonlySet<string>): Requirements {
  const common = shared(ways)
  const config = [...common.symbols].flatMap(([symbol, values]) => (isOn(values) ? [symbol] : []))
  const off = [...common.symbols].flatMap(([symbol, values]) => (isOff(values) ? [symbol] : []))
  const alternatives = ways.map((way) => beyond(way, common))
  const isGiven = alternatives.some((own) => own.every((text) => implied.has(text)))
  const other = [...common.other]
  return { config, off, alternatives: isGiven ? [] : unique(alternatives), other }
}

/** What `way` asks for and `common` does not. */
function beyond(way: Way, common: Way): string[] {
  const symbols = [...way.symbols].flatMap(([symbol, values]) => {
    const known = common.symbols.get(symbol)
    if (known === values) return []
    // in some ways a module, in others built in
    if (known !== undefined && isOn(known)) return [`${symbol}=${values}`]
    if (isOn(values)) return [values === 'm' ? `${symbol}=m` : symbol]
    return isOff(values) ? [`${symbol}=n`] : []
  })
  return [...symbols, ...way.other.filter((text) => !common.other.includes(text))]
}

function unique(lists: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(lists.map((list) => [list.join(' '), list])).values()]
}
