/** Where tokens call a kfunc: by its name, by a flavour of it, or by a macro or function that hides it. */
import { expandMacros } from '#lib/c/defines.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { Token } from '#lib/c/scan.ts'
import type { Headers, Scope, Wrapper } from '#lib/examples/headers.ts'

/** One use. `at` is an index into the tokens. `how`: `named` is given as a function's name to something else. */
export interface Use {
  readonly kfunc: string
  readonly at: number
  readonly how: 'called' | 'named'
  /** The macro or function that hides the call: "bpf_obj_new()"; null: the program calls it itself. */
  readonly via: string | null
  /** Whether what hides it is a function of a header, whose arguments need not be the kfunc's. */
  readonly isWrapped: boolean
  /** Whether what hides it asks what the kernel has, and calls that. */
  readonly isChoice: boolean
}

/** Finds uses; it remembers what it learns of each scope. */
export interface CallFinder {
  /** The uses in `tokens`, in their order. `locals` are macros of the file itself, whose bodies are looked at
   *  on their own. */
  usesIn(tokens: readonly Token[], scope: Scope, locals: ReadonlySet<string>): Use[]
  /** Whether a text has a word that could be a call, in any scope: what has none need not be read. */
  mayUse(text: string): boolean
}

/** What a name reaches: kfuncs, or, where it pastes names together, whatever its arguments make of them. */
interface Reach {
  readonly kfuncs: ReadonlySet<string>
  readonly isPasted: boolean
}

const NOTHING: Reach = { kfuncs: new Set(), isPasted: false }
/** Asking whether a function exists is no call of it. */
const NO_CALL =
  /^(?:bpf_ksym_exists|sizeof|typeof|__typeof__|if|while|return|switch|for|__builtin_\w+|bpf_core_\w+)$/

const ASKS = /\bbpf_(?:ksym|core_type|core_enum_value|core_field)_exists\b/

/** A finder for the kfuncs of one release. */
export function createCallFinder(kfuncs: ReadonlySet<string>, headers: Headers): CallFinder {
  const reaches = new Map<Scope, Map<string, Reach>>()

  const kfuncOf = (word: string): string | null => {
    if (kfuncs.has(word)) return word
    // `name___flavour` is libbpf's way to declare one function twice
    for (let cut = word.lastIndexOf('___'); cut > 0; cut = word.lastIndexOf('___', cut - 1)) {
      const name = word.slice(0, cut)
      if (kfuncs.has(name)) return name
    }
    return null
  }

  const pastes = new Map<Wrapper, boolean>()
  const pastesKfunc = (wrapper: Wrapper): boolean => {
    const known = pastes.get(wrapper)
    if (known !== undefined) return known
    const found = pastePatterns(wrapper).some((pattern) => [...kfuncs].some((name) => pattern.test(name)))
    pastes.set(wrapper, found)
    return found
  }

  const reachOf = (name: string, scope: Scope): Reach => {
    const memo = reaches.get(scope) ?? new Map<string, Reach>()
    reaches.set(scope, memo)
    const known = memo.get(name)
    if (known) return known
    const wrapper = scope.wrapper(name)
    if (!wrapper) return NOTHING
    memo.set(name, NOTHING)
    const reached = new Set<string>()
    let isPasted = wrapper.kind === 'macro' && pastesKfunc(wrapper)
    for (const [index, token] of wrapper.body.entries()) {
      if (token.kind !== 'name') continue
      const kfunc = kfuncOf(token.text)
      if (kfunc !== null) {
        if (useKind(wrapper.body, index)) reached.add(kfunc)
        continue
      }
      const inner = reachOf(token.text, scope)
      for (const one of inner.kfuncs) reached.add(one)
      isPasted ||= inner.isPasted
    }
    const reach = { kfuncs: reached, isPasted }
    memo.set(name, reach)
    return reach
  }

  const pastedBy = (tokens: readonly Token[], at: number, scope: Scope): Set<string> => {
    const close = tokens[at + 1]?.text === '(' ? matchingClose(tokens, at + 1) : at
    const made = expandMacros(
      tokens.slice(at, Math.max(close, at) + 1),
      (name) => scope.wrapper(name)?.define ?? null,
    )
    const found = new Set<string>()
    for (const [index, { text }] of made.entries()) {
      const kfunc = kfuncOf(text)
      if (kfunc !== null && useKind(made, index)) found.add(kfunc)
    }
    return found
  }

  const words = new Set<string>()
  const isWord = (word: string): boolean => words.has(word) || kfuncOf(word) !== null
  for (let before = -1; before < words.size; ) {
    before = words.size
    for (const { name, wrapper } of headers.wrappers)
      if (!words.has(name) && (pastesKfunc(wrapper) || wordsIn(wrapper.text).some(isWord))) words.add(name)
  }

  return {
    mayUse: (text) => wordsIn(text).some(isWord),
    usesIn(tokens, scope, locals) {
      const uses: Use[] = []
      tokens.forEach((token, at) => {
        if (token.kind !== 'name' || locals.has(token.text)) return
        const wrapper = scope.wrapper(token.text)
        // a function of the kfunc's own name that does not call it is a stand-in for programs in user space
        const isStub =
          wrapper?.kind === 'function' &&
          kfuncs.has(token.text) &&
          !reachOf(token.text, scope).kfuncs.has(token.text)
        if (wrapper && !isStub) {
          const reach = reachOf(token.text, scope)
          if (reach.kfuncs.size === 0 && !reach.isPasted) return
          const isMember = /^(?:\.|->)$/.test(tokens[at - 1]?.text ?? '')
          const isCalled = tokens[at + 1]?.text === '(' || wrapper.define?.params === null
          if (isMember || !isCalled) return
          const via = wrapper.define?.params === null ? token.text : `${token.text}()`
          const isWrapped = wrapper.kind === 'function'
          const reached = reach.isPasted
            ? new Set([...reach.kfuncs, ...pastedBy(tokens, at, scope)])
            : reach.kfuncs
          const isChoice = reached.size > 1 && ASKS.test(wrapper.text)
          for (const kfunc of reached) uses.push({ kfunc, at, how: 'called', via, isWrapped, isChoice })
          return
        }
        const kfunc = kfuncOf(token.text)
        const how = kfunc === null ? null : useKind(tokens, at)
        if (kfunc !== null && how) uses.push({ kfunc, at, how, via: null, isWrapped: false, isChoice: false })
      })
      return uses
    },
  }
}

/** Whether the name at `at` is called, or handed on as an argument; null for anything else. */
function useKind(tokens: readonly Token[], at: number): Use['how'] | null {
  const before = tokens[at - 1]?.text ?? ''
  const after = tokens[at + 1]?.text ?? ''
  if (before === '.' || before === '->') return null
  if (after === '(') return 'called'
  const isCast = before === ')' && tokens[at - 2]?.text === '*'
  if ((!isCast && !/^[(,&]$/.test(before)) || !/^[,)]$/.test(after)) return null
  let open = 0
  for (let index = at - 1; index >= 0; index--) {
    const text = tokens[index]?.text
    if (text === ';' || text === '{' || text === '}') return null
    if (text === ')') open++
    else if (text === '(' && open-- === 0) {
      const taker = tokens[index - 1]
      return taker?.kind === 'name' && !NO_CALL.test(taker.text) ? 'named' : null
    }
  }
  return null
}

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z_]\w{3,}/g) ?? []

const LEAST_LITERAL = 4

/** What names a macro can paste together: `bpf_iter_##type##_new` gives /^bpf_iter_\w+_new$/. */
function pastePatterns({ text, body, define }: Wrapper): RegExp[] {
  if (!define || !text.includes('##')) return []
  const params = new Set(define.params?.map((name) => name.replace(/\.\.\.$/, '')))
  const patterns: RegExp[] = []
  for (let index = 0; index < body.length; index++) {
    if (body[index + 1]?.text !== '##') continue
    const parts = [body[index]?.text ?? '']
    while (body[index + 1]?.text === '##') {
      parts.push(body[index + 2]?.text ?? '')
      index += 2
    }
    const literal = parts.filter((part) => !params.has(part)).join('')
    if (literal.length < LEAST_LITERAL || !parts.every((part) => /^\w+$/.test(part))) continue
    patterns.push(new RegExp(`^${parts.map((part) => (params.has(part) ? '\\w+' : part)).join('')}$`))
  }
  return patterns
}
