/** Whether compiled code is built in or can be a module. */
import type { Kconfig } from './kconfig.ts'
import type { FileGates } from './object-gates.ts'
import type { Way } from './ways.ts'

/** The form of compiled code. */
export interface Linkage {
  /** Can it be in a module? "bool": it is always built in; null: Kconfig does not say. */
  readonly tristate: 'bool' | 'tristate' | null
  /** The module that it is in when it is in one ("nf_conntrack"); null unless "tristate". */
  readonly module: string | null
}

const BUILT_IN: Linkage = { tristate: 'bool', module: null }

/** The form of a file: `obj-$(CONFIG_X)` makes a module only of a CONFIG_X that is a tristate. */
export async function linkageOf(file: FileGates, kconfig: Kconfig): Promise<Linkage> {
  let isUnknown = false
  for (const { name, ways } of file.modules)
    for (const way of ways) {
      const answer = await canBeModule(way, kconfig)
      // modules are named with underscores, whatever their files are called
      if (answer) return { tristate: 'tristate', module: name.replaceAll('-', '_') }
      isUnknown ||= answer === null
    }
  return isUnknown ? { tristate: null, module: null } : BUILT_IN
}

/** Can all symbols that must be m be so? Null: one has no type. */
async function canBeModule(way: Way, kconfig: Kconfig): Promise<boolean | null> {
  let answer: boolean | null = true
  for (const [symbol, values] of way.symbols) {
    if (values !== 'm') continue
    const type = (await kconfig.symbolOf(symbol))?.type ?? null
    if (type === 'bool' || type === 'def_bool') return false
    if (type === null) answer = null
  }
  return answer
}

/**
 * The form of a kfunc: that of the file that defines it, or, when that is built in, of the files that register
 * it: one whose every registration is a module's is callable only once one of them is loaded.
 */
export function linkageOfAll(definition: Linkage | null, registrations: readonly Linkage[]): Linkage {
  if (definition && definition.tristate !== 'bool') return definition
  const [first] = registrations
  const hasBuiltIn = registrations.some(({ tristate }) => tristate === 'bool')
  return first && !hasBuiltIn ? first : BUILT_IN
}
