/** Macro definitions, and their expansion where a macro writes the facts. */

import { matchingClose, splitArguments } from './match.ts'
import { type CFile, type Token, tokenize } from './scan.ts'

/** One `#define`. `params` is null for a macro without a parameter list; `body` has its lines joined and no
 *  comments; `start` is the offset of the directive. */
export interface Define {
  readonly name: string
  readonly params: readonly string[] | null
  readonly body: string
  readonly start: number
}

/** All macro definitions of a file, in the order of the text; a name may be defined more than once. */
export function findDefines(file: CFile): Define[] {
  const defines: Define[] = []
  for (const directive of file.directives) {
    if (directive.name !== 'define') continue
    const parts = /^(\w+)(?:\(([^)]*)\))?(.*)$/s.exec(directive.text)
    if (!parts?.[1]) continue
    const list = parts[2]?.trim()
    defines.push({
      name: parts[1],
      params: list === undefined ? null : list === '' ? [] : list.split(',').map((name) => name.trim()),
      body: (parts[3] ?? '').trim(),
      start: directive.start,
    })
  }
  return defines
}

/** The last definition of `name` before an offset of the same file, or null. An `#undef` is not heeded: what
 *  uses a name after it means another file's definition, or none. */
export function defineBefore(defines: readonly Define[], name: string, offset: number): Define | null {
  return defines.findLast((define) => define.name === name && define.start < offset) ?? null
}

/** Gives the definition that a name has at an offset, or null when it is no macro. */
export type DefineLookup = (name: string, offset: number) => Define | null

// No real list of the kernel comes near; a malicious nest of macros doubles with every level.
const MOST_TOKENS = 20_000

/** Tokens with macros replaced by their bodies, arguments put in, until none is left; a macro inside its own
 *  expansion stays. `##` and `#` work, and GNU C's `, ##__VA_ARGS__`, which drops the comma where nothing is given.
 *  Every token made has the offsets of the invocation in `tokens`. An expansion that grows beyond all measure is
 *  left unexpanded from there on. */
export function expandMacros(tokens: readonly Token[], lookup: DefineLookup): Token[] {
  return expand(tokens, lookup, new Set(), { left: MOST_TOKENS })
}

function expand(
  tokens: readonly Token[],
  lookup: DefineLookup,
  active: ReadonlySet<string>,
  budget: { left: number },
): Token[] {
  const out: Token[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token) break
    out.push(token)
    if (token.kind !== 'name' || active.has(token.text) || budget.left <= 0) continue
    const define = lookup(token.text, token.start)
    if (!define) continue

    let end = token.end
    let args: Token[][] = []
    if (define.params) {
      const close = tokens[index + 1]?.text === '(' ? matchingClose(tokens, index + 1) : -1
      if (close < 0) continue
      args = splitArguments(tokens, index + 1, close)
      end = tokens[close]?.end ?? end
      index = close
    }
    const bound = bindArguments(define, args, lookup, active, budget)
    const body = substitute(define, bound).map((made) => ({ ...made, start: token.start, end }))
    budget.left -= body.length
    out.pop()
    for (const made of expand(body, lookup, new Set(active).add(define.name), budget)) out.push(made)
  }
  return out
}

interface Argument {
  readonly raw: readonly Token[]
  readonly expanded: readonly Token[]
}

/** The argument of each parameter; `...` and `args...` take the rest, commas included. */
function bindArguments(
  define: Define,
  args: readonly Token[][],
  lookup: DefineLookup,
  active: ReadonlySet<string>,
  budget: { left: number },
): ReadonlyMap<string, Argument> {
  const bound = new Map<string, Argument>()
  for (const [index, param] of (define.params ?? []).entries()) {
    const rest = isVariadic(param)
    const name = rest ? variadicName(param) : param
    const raw = rest ? joinArguments(args.slice(index)) : (args[index] ?? [])
    bound.set(name, { raw, expanded: expand(raw, lookup, active, budget) })
  }
  return bound
}

const isVariadic = (param: string): boolean => param.endsWith('...')
const variadicName = (param: string): string => param.slice(0, -3).trim() || '__VA_ARGS__'

function joinArguments(args: readonly Token[][]): Token[] {
  return args.flatMap((part, index) => (index === 0 ? part : [made('punct', ','), ...part]))
}

function made(kind: Token['kind'], text: string): Token {
  return { kind, text, start: 0, end: 0 }
}

function substitute(define: Define, bound: ReadonlyMap<string, Argument>): Token[] {
  const body = tokenizeBody(define.body)
  const variadic = (define.params ?? []).filter(isVariadic).map(variadicName)
  const out: Token[] = []
  for (let index = 0; index < body.length; index++) {
    const token = body[index]
    if (!token) break
    const next = body[index + 1]
    const quoted = token.text === '#' && next ? bound.get(next.text) : undefined
    if (quoted) {
      out.push(made('string', JSON.stringify(quoted.raw.map(({ text }) => text).join(' '))))
      index++
      continue
    }
    if (token.text === '##' && next && out.at(-1)?.text === ',' && variadic.includes(next.text)) {
      const rest = bound.get(next.text)
      if (!rest || rest.raw.length === 0) out.pop()
      else out.push(...rest.expanded)
      index++
      continue
    }
    if (token.text === '##' && next) {
      const right = bound.get(next.text)?.raw ?? [next]
      const left = out.pop()
      const pasted = (left?.text ?? '') + (right[0]?.text ?? '')
      if (pasted !== '') out.push(made(left?.kind ?? right[0]?.kind ?? 'name', pasted))
      out.push(...right.slice(1))
      index++
      continue
    }
    const argument = bound.get(token.text)
    if (!argument) out.push(token)
    else out.push(...(next?.text === '##' ? argument.raw : argument.expanded))
  }
  return out
}

/** A body may begin with `#param`, which at the start of a text would be a directive. */
function tokenizeBody(body: string): readonly Token[] {
  return tokenize(`; ${body}`).slice(1)
}
