/** What preprocessor conditions ask of a kernel's configuration. */
import type { Condition } from '#lib/c/conditions.ts'
import { parseExpression } from './expression.ts'
import { symbolsIn } from './make-text.ts'
import { ALWAYS_MET, allOf, type Formula, not, symbolIs, textCondition, type Ways } from './ways.ts'

/** The values for which the macros of include/linux/kconfig.h are true; IS_REACHABLE in code built in or not. */
const MACROS: Readonly<Record<string, string>> = {
  IS_ENABLED: 'ym',
  IS_REACHABLE: 'ym',
  IS_BUILTIN: 'y',
  IS_MODULE: 'm',
}

/** One operand: "defined(CONFIG_X)", "IS_ENABLED(CONFIG_X)", "CONFIG_X". */
function leafOf(text: string): Formula {
  const [, macro = 'defined', symbol] = /^(?:(\w+)\s*\(?\s*)?\b(CONFIG_\w+)\s*\)?$/.exec(text) ?? []
  if (symbol === undefined) return textCondition(text)
  // the preprocessor sees CONFIG_X for what is built in, CONFIG_X_MODULE for what is a module
  if (macro === 'defined')
    return symbol.endsWith('_MODULE')
      ? symbolIs(symbol.slice(0, -'_MODULE'.length), 'm')
      : symbolIs(symbol, 'y')
  const values = MACROS[macro]
  return values ? symbolIs(symbol, values) : textCondition(text)
}

function formulaOf(condition: Condition): Formula {
  // include guards, __cplusplus, sizes of words: not a matter of configuration
  if (symbolsIn(condition.text).length === 0) return ALWAYS_MET
  const formula = parseExpression(condition.text, leafOf) ?? textCondition(condition.text)
  return condition.negated ? not(formula) : formula
}

/** The ways in which all of `conditions` hold. Those that name no CONFIG_ symbol are taken to hold. */
export function waysOf(conditions: readonly Condition[]): Ways {
  return allOf(...conditions.map((condition) => formulaOf(condition).when))
}

/** Is this a condition that {@link waysOf} looks at? */
export function isAboutConfig(condition: Condition): boolean {
  return symbolsIn(condition.text).length > 0
}
