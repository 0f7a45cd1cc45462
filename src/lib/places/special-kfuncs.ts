/**
 * Which kfuncs the verifier asks for by name on the way to a line: `special_kfunc_list[KF_bpf_throw]` in the conditions
 * around it, or functions that compare with nothing else, as `is_bpf_rbtree_add_kfunc(func_id)`.
 */
import type { FunctionDefinition } from '#lib/c/functions.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { functionsOf } from '#lib/places/definition.ts'

const LIST = 'special_kfunc_list'
const PREFIX = 'KF_'

/** null: any kfunc may be meant. */
type Names = ReadonlySet<string> | null

/** What a condition says of the kfunc: it is among `names`; `exact`: and one that is fails the condition never. */
interface Test {
  readonly names: Names
  readonly exact: boolean
}

const ANY: Test = { names: null, exact: false }

/** The kfuncs that a function tests for, if all it returns is that test; null: it is no such function. */
export function namesTestedBy(file: CFile, tester: FunctionDefinition): Names {
  const body = tokensOf(file, tester)
  const at = body.findIndex(({ text }) => text === 'return')
  if (at < 0 || !body.some(({ text }) => text === LIST)) return null
  const end = body.findIndex(({ text }, i) => i > at && text === ';')
  return readTest(body.slice(at + 1, end), testsIn(file, tester.name)).names
}

/** The kfuncs of which one is called wherever the token at `offset` of a function runs; null: it may be any. */
export function namesAt(file: CFile, around: FunctionDefinition, offset: number): Names {
  const body = tokensOf(file, around)
  const target = body.findIndex(({ start }) => start === offset)
  return walk(body, 0, body.length, target, null, testsIn(file, around.name))
}

const tokensOf = (file: CFile, { bodyStart, end }: FunctionDefinition): readonly Token[] =>
  tokensBetween(file, bodyStart, end)

/** What a call of a function of the file says of the kfunc; `except` is the function that asks. */
type Tests = (name: string) => Names

const testsIn =
  (file: CFile, except: string): Tests =>
  (name) => {
    if (name === except || !/^is_/.test(name)) return null
    const tester = functionsOf(file).get(name)
    return tester ? namesTestedBy(file, tester) : null
  }

/** Follows the conditions of the statements from `from` on that lead to the token `target`. */
function walk(
  body: readonly Token[],
  from: number,
  to: number,
  target: number,
  before: Names,
  tests: Tests,
): Names {
  for (let at = from; at < to; at++) {
    if (body[at]?.text !== 'if' || body[at + 1]?.text !== '(') continue
    const close = matchingClose(body, at + 1)
    if (close < 0) return before
    // the condition itself is asked whatever it says
    if (target <= close) return before
    const then = statementEnd(body, close + 1)
    const hasElse = body[then]?.text === 'else'
    const end = hasElse ? statementEnd(body, then + 1) : then
    if (target >= end) {
      at = end - 1
      continue
    }
    const test = readTest(body.slice(at + 2, close), tests)
    return target < then
      ? walk(body, close + 1, then, target, narrowed(before, test), tests)
      : walk(body, then + 1, end, target, without(before, test), tests)
  }
  return before
}

const narrowed = (before: Names, { names }: Test): Names =>
  before && names ? new Set([...before].filter((name) => names.has(name))) : (names ?? before)

const without = (before: Names, { names, exact }: Test): Names =>
  before && names && exact ? new Set([...before].filter((name) => !names.has(name))) : before

/** The index behind the statement that begins at an index. */
function statementEnd(body: readonly Token[], from: number): number {
  const text = body[from]?.text
  if (text === '{') return closing(body, from)
  if (text === 'if') {
    const then = statementEnd(body, closing(body, from + 1))
    return body[then]?.text === 'else' ? statementEnd(body, then + 1) : then
  }
  if (/^(?:for|while|switch)$/.test(text ?? '')) return statementEnd(body, closing(body, from + 1))
  for (let at = from; at < body.length; at++) {
    if (/^[({[]$/.test(body[at]?.text ?? '')) at = closing(body, at) - 1
    else if (body[at]?.text === ';') return at + 1
  }
  return body.length
}

/** The index behind the bracket that closes the one at an index; the end, where nothing closes it. */
function closing(body: readonly Token[], open: number): number {
  const close = matchingClose(body, open)
  return close < 0 ? body.length : close + 1
}

/** Reads a condition: comparisons with the list and testing functions, joined by || and &&. */
function readTest(condition: readonly Token[], tests: Tests): Test {
  const either = split(condition, '||')
  if (either.length > 1) {
    const read = either.map((one) => readTest(one, tests))
    if (read.some(({ names }) => names === null)) return ANY
    return {
      names: new Set(read.flatMap(({ names }) => [...(names ?? [])])),
      exact: read.every(({ exact }) => exact),
    }
  }
  const both = split(condition, '&&')
  if (both.length > 1)
    return both
      .map((one) => readTest(one, tests))
      .reduce((all, one) => ({ names: narrowed(all.names, one), exact: false }), ANY)
  if (condition[0]?.text === '(' && matchingClose(condition, 0) === condition.length - 1)
    return readTest(condition.slice(1, -1), tests)
  return readTerm(condition, tests)
}

function readTerm(term: readonly Token[], tests: Tests): Test {
  const [first, second] = term
  if (first?.kind === 'name' && second?.text === '(') {
    const names = matchingClose(term, 1) === term.length - 1 ? tests(first.text) : null
    return { names, exact: names !== null }
  }
  const at = term.findIndex(({ text }) => text === LIST)
  const name = term[at + 2]?.text ?? ''
  if (at < 1 || term[at - 1]?.text !== '==' || !name.startsWith(PREFIX)) return ANY
  return { names: new Set([name.slice(PREFIX.length)]), exact: true }
}

/** Splits at an operator that stands in no brackets. */
function split(tokens: readonly Token[], operator: string): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) depth++
    else if (/^[)\]}]$/.test(token.text)) depth--
    if (depth === 0 && token.text === operator) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
