/** Where a file of C defines a name. */
import { findDefines } from '#lib/c/defines.ts'
import { type FunctionDefinition, findFunctions } from '#lib/c/functions.ts'
import { indexesOf } from '#lib/c/locate.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'

/** A stretch of a file, in offsets: `at` is where the name stands, `end` is exclusive. */
export interface DefinitionSpan {
  readonly name: string
  readonly start: number
  readonly at: number
  readonly end: number
  readonly isFunction: boolean
}

/** The functions that a file defines, by name; of two branches of an `#if`, the first. */
export const functionsOf = memoisePerObject((file: CFile): ReadonlyMap<string, FunctionDefinition> => {
  const found = new Map<string, FunctionDefinition>()
  for (const one of findFunctions(file)) if (!found.has(one.name)) found.set(one.name, one)
  return found
})

/** Finds for each name its definition in a file; a name without one is not in the map. */
export function locateDefinitions(file: CFile, names: ReadonlySet<string>): Map<string, DefinitionSpan> {
  const found = new Map<string, DefinitionSpan>()
  // of two branches of an #if, the first
  const add = (definition: DefinitionSpan): void => {
    if (!found.has(definition.name)) found.set(definition.name, definition)
  }
  for (const { name, start, nameStart, end } of findFunctions(file, names))
    add({ name, start, at: nameStart, end, isFunction: true })
  for (const { name, start } of findDefines(file))
    if (names.has(name)) {
      const end = file.directives.find((directive) => directive.start === start)?.end ?? start
      add({ name, start, at: start, end, isFunction: false })
    }
  const named = indexesOf(file, names)
  for (const isOne of [isOfType, isWhole, isDeclared])
    for (const index of named) {
      const { text: name = '', start = 0 } = file.tokens[index] ?? {}
      if (!found.has(name) && isOne(file, index))
        add({ name, start, at: start, end: statementEnd(file, index), isFunction: false })
    }
  return found
}

const textAt = (tokens: readonly Token[], index: number): string => tokens[index]?.text ?? ''

/** A struct, union or enum with its body, or a constant of an enum. */
function isOfType({ tokens, depths }: CFile, index: number): boolean {
  const before = textAt(tokens, index - 1)
  const after = textAt(tokens, index + 1)
  if (/^(?:struct|union|enum)$/.test(before)) return after === '{'
  return /^[{,]$/.test(before) && /^[=,}]$/.test(after) && isInEnum(tokens, depths, index)
}

/** A typedef, a variable, or what a macro defines. */
function isWhole({ tokens, depths }: CFile, index: number): boolean {
  const before = textAt(tokens, index - 1)
  const after = textAt(tokens, index + 1)
  if (depths[index] !== 0 || /^(?:struct|union|enum)$/.test(before)) return false
  // BTF_KFUNCS_START(name), BPF_CALL_2(name, …), DEFINE_MUTEX(name), but no EXPORT_SYMBOL(name)
  if (before === '(' && /^[,)]$/.test(after))
    return /^(?!EXPORT_|MODULE_|BTF_ID$)[A-Z_][A-Z0-9_]*$/.test(textAt(tokens, index - 2))
  if (isTypedef(tokens, depths, index)) return true
  return /^[=[;]$/.test(after) && /^(?:\w+|\*|\})$/.test(before)
}

function isTypedef(tokens: readonly Token[], depths: readonly number[], index: number): boolean {
  if (!/^[;)]$/.test(textAt(tokens, index + 1))) return false
  for (let at = index - 1; at >= 0; at--) {
    if (depths[at] !== 0) continue
    if (tokens[at]?.text === ';') return false
    if (tokens[at]?.text === 'typedef') return true
  }
  return false
}

function isInEnum(tokens: readonly Token[], depths: readonly number[], index: number): boolean {
  const outside = (depths[index] ?? 0) - 1
  for (let at = index - 1; at >= 0; at--)
    if (tokens[at]?.text === '{' && depths[at] === outside)
      return textAt(tokens, at - 1) === 'enum' || textAt(tokens, at - 2) === 'enum'
  return false
}

/** A function that is declared, as headers do: `extern int bpf_x(void) __ksym;`. */
function isDeclared({ tokens, depths }: CFile, index: number): boolean {
  if (depths[index] !== 0 || textAt(tokens, index + 1) !== '(') return false
  const close = matchingClose(tokens, index + 1)
  if (close < 0 || !/^(?:\w+|\*)$/.test(textAt(tokens, index - 1))) return false
  for (let at = close + 1; at < tokens.length; at++) {
    if (tokens[at]?.text === ';') return true
    if (tokens[at]?.kind !== 'name') return false
  }
  return false
}

/** The end of the statement, or of the body, that a name outside of functions stands in. */
function statementEnd({ tokens, depths }: CFile, index: number): number {
  const depth = depths[index]
  for (let at = index; at < tokens.length; at++)
    if (depths[at] === depth && /^[;,}]$/.test(textAt(tokens, at))) return tokens[at]?.end ?? 0
  return tokens.at(-1)?.end ?? 0
}
