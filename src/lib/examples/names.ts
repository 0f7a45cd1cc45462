/** Which names an item gives, and which it needs, as far as tokens tell. A tag is written "struct node". */
import { matchingClose, splitArguments } from '#lib/c/match.ts'
import type { Token } from '#lib/c/scan.ts'

const TAGGED = new Set(['struct', 'union', 'enum'])
const STATEMENT_WORDS = new Set(
  'return goto else case sizeof typeof do break continue default if for while switch'.split(' '),
)
/** Words that stand around a declared name and are none. */
const ATTRIBUTES = new Set(
  `SEC static extern const volatile inline typedef struct union enum __attribute__ __ksym __weak __kconfig __hidden
   __kptr __kptr_untrusted __percpu_kptr __percpu __rcu __user __uptr __arena __arena_global __aligned __used
   __unused __noinline __always_inline __contains __nullable unsigned signed int long short char void bool`.split(
    /\s+/,
  ),
)

/** The key of a struct's, union's or enum's tag. */
export const tagKey = (name: string): string => `struct ${name}`

/** What an item defines; `body` is the index of a function's brace, -1 for a declaration. */
export function namesDeclared(tokens: readonly Token[], body: number): string[] {
  if (body >= 0) {
    const name = functionName(tokens, body)
    return name === null ? [] : [name]
  }
  const names: string[] = []
  let part: Token[] = []
  let isTag = false
  let isValue = false
  const parts: Token[][] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token) break
    if (TAGGED.has(token.text)) {
      isTag = true
      // a type stands before the name, though which one does not matter
      if (!isValue) part.push(token)
    } else if (isTag && token.kind === 'name' && !ATTRIBUTES.has(token.text)) {
      isTag = false
      // a mere mention (`struct foo x;`) defines nothing
      const next = tokens[index + 1]?.text
      if (next === '{' || (next === ';' && index < 3)) names.push(tagKey(token.text))
    } else if (token.text === '{') {
      isTag = false
      const close = matchingClose(tokens, index)
      if (!isValue && tokens.slice(0, index).some(({ text }) => text === 'enum'))
        names.push(...enumerators(tokens.slice(index, close + 1)))
      index = close < 0 ? tokens.length : close
    } else if (token.text === '=') isValue = true
    else if (token.text === ',' || token.text === ';') {
      parts.push(part)
      part = []
      isValue = false
    } else if (!isValue) {
      part.push(token)
      if (token.text === '(' || token.text === '[') {
        const close = matchingClose(tokens, index)
        if (close < 0) break
        part.push(...tokens.slice(index + 1, close + 1))
        index = close
      }
    }
  }
  parts.push(part)
  return [...names, ...parts.flatMap((one) => declaredIn(one))]
}

const enumerators = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, index) =>
    token.kind === 'name' && /^[{,]$/.test(tokens[index - 1]?.text ?? '') ? [token.text] : [],
  )

/** The name in one declarator: `private(A) struct x y[2] __contains(z, w)` declares y, `int f(int x)` f. */
function declaredIn(tokens: readonly Token[]): string[] {
  let name: string | null = null
  let hasType = false
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token) break
    const opens = token.text === '(' || token.text === '['
    const close = opens ? matchingClose(tokens, index) : -1
    if (token.text === '(' && tokens[index + 1]?.text === '*') {
      const inner = tokens[index + 2]
      if (inner?.kind === 'name') return [inner.text]
    }
    if (close > 0) {
      index = close
      continue
    }
    if (token.kind !== 'name' || ATTRIBUTES.has(token.text)) {
      hasType ||= token.kind === 'name'
      continue
    }
    if (tokens[index + 1]?.text !== '(') {
      name = token.text
      hasType = true
      continue
    }
    const end = matchingClose(tokens, index + 1)
    if (hasType && !/^__/.test(token.text)) return [token.text]
    // `private(A) int x`: a prefix; `UEI_DEFINE(uei)`: what it defines is named by its arguments.
    if (end >= tokens.length - 1 && name === null && !/static_assert/i.test(token.text))
      return splitArguments(tokens, index + 1, end).flatMap(([one, more]) =>
        one?.kind === 'name' && !more ? [one.text] : [],
      )
  }
  return name === null ? [] : [name]
}

/** The name of the function whose body opens at `body`: what stands before the last list of parameters, or the
 *  first argument of the macro that writes the head, as in `BPF_PROG(name, …)`. */
export function functionName(tokens: readonly Token[], body: number): string | null {
  const open = parameterList(tokens, body)
  const holder = tokens[open - 1]
  if (holder?.kind !== 'name') return null
  if (!/^[A-Z][A-Z0-9_]*$/.test(holder.text)) return holder.text
  const first = tokens[open + 1]
  return first?.kind === 'name' ? first.text : holder.text
}

/** The index of the parenthesis that opens the last list before a body; attributes after it are passed over. */
function parameterList(tokens: readonly Token[], body: number): number {
  let found = -1
  for (let index = 0; index < body; index++) {
    if (tokens[index]?.text !== '(') continue
    const word = tokens[index - 1]?.text ?? ''
    if (!ATTRIBUTES.has(word) && !(found >= 0 && word.startsWith('__'))) found = index
    index = Math.max(matchingClose(tokens, index), index)
  }
  return found
}

/** The names that an item needs: all in it but members, fields, and what it declares for itself. */
export function namesUsed(tokens: readonly Token[], body: number): Set<string> {
  const used = new Set<string>()
  // what is declared in the function's head, and in each block that is open
  const scopes = body >= 0 ? [parameterNames(tokens, body)] : []
  let braces = 0
  const isType = body < 0 && tokens.slice(0, 3).some(({ text }) => TAGGED.has(text))
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token) break
    if (token.text === '{') {
      braces++
      scopes.push(new Set())
    } else if (token.text === '}') {
      braces--
      scopes.pop()
    }
    if (body >= 0 && index >= body && /^[{};]$/.test(token.text))
      for (const name of declaredAt(tokens, index + 1)) scopes.at(-1)?.add(name)
    if (token.kind !== 'name') continue
    const before = tokens[index - 1]?.text ?? ''
    const after = tokens[index + 1]?.text ?? ''
    if (before === '.' || before === '->') continue
    if (TAGGED.has(before)) used.add(tagKey(token.text))
    else if (before === '(' && tokens[index - 2]?.text === '__contains') used.add(tagKey(token.text))
    else if (isType && braces > 0 && /^[;[:]$/.test(after)) continue
    else if (!scopes.some((scope) => scope.has(token.text))) used.add(token.text)
  }
  return used
}

/** The names of a function's parameters. */
function parameterNames(tokens: readonly Token[], body: number): Set<string> {
  const names = new Set<string>()
  for (let index = parameterList(tokens, body) + 2; index < body; index++) {
    const token = tokens[index]
    const before = tokens[index - 1]
    const isLast = /^[,)[]$/.test(tokens[index + 1]?.text ?? '')
    if (token?.kind === 'name' && isLast && (before?.kind === 'name' || before?.text === '*'))
      names.add(token.text)
  }
  return names
}

/** The names that the statement at `index` declares; `[]` when it is no declaration. */
function declaredAt(tokens: readonly Token[], index: number): string[] {
  let at = index
  while (tokens[at]?.kind === 'name' || tokens[at]?.text === '*') {
    if (STATEMENT_WORDS.has(tokens[at]?.text ?? '')) return []
    at++
  }
  const last = tokens[at - 1]
  if (at - index < 2 || last?.kind !== 'name' || !/^[;=,[]$/.test(tokens[at]?.text ?? '')) return []
  if (TAGGED.has(tokens[at - 2]?.text ?? '')) return []
  const names = [last.text]
  for (; at < tokens.length && tokens[at]?.text !== ';'; at++) {
    const token = tokens[at]
    if (token && /^[([{]$/.test(token.text)) at = Math.max(matchingClose(tokens, at), at)
    if (token?.text !== ',') continue
    let next = at + 1
    while (tokens[next]?.text === '*') next++
    const name = tokens[next]
    if (name?.kind === 'name') names.push(name.text)
  }
  return names
}
