/** The words in front of a declared name: which are the type, and which only mark the declaration. */

/** A word, or a word with its group: `struct task_struct`, `typeof(x)`, `__printf(1, 0)`. */
export interface SpecifierWord {
  readonly kind: 'basic' | 'tagged' | 'qualifier' | 'plain' | 'marker'
  readonly text: string
}

/** The type that words spell, in C's usual spelling, and the words that are no part of it, in order. */
export interface Specifiers {
  readonly type: string
  readonly markers: readonly string[]
}

const BASIC = new Set(
  'void char short int long float double signed unsigned bool _Bool __int128 __signed__'.split(' '),
)
const MARKERS = new Set(
  (
    'static extern inline __inline __inline__ __always_inline noinline register auto asmlinkage notrace noinstr ' +
    'typedef __weak __init __exit __used __cold __pure __must_check __maybe_unused __always_unused __unused ' +
    '__user __kernel __iomem __percpu __rcu __force __nocast __safe __private __arena __visible __restrict ' +
    '__restrict__ restrict __extension__ _Noreturn __noreturn __bpf_kfunc __bpf_hook __printf __scanf __attribute__'
  ).split(' '),
)
const DOUBLE_UNDERSCORE_TYPE = /^__(?:[us]\d+|[bl]e\d+|wsum|sum16|kernel_\w+|\w+_t)$/

/** Whether a word is storage, an attribute or an address space by name, whatever stands around it. */
export function isMarker(word: string): boolean {
  return MARKERS.has(word)
}

/** What a lone word is; `struct`, `typeof` and words with a group are the caller's to tell. */
export function wordOf(text: string): SpecifierWord {
  if (BASIC.has(text)) return { kind: 'basic', text }
  if (text === 'const' || text === 'volatile') return { kind: 'qualifier', text }
  return { kind: MARKERS.has(text) ? 'marker' : 'plain', text }
}

/** The index of the word that is the declared name, when nothing (no star, no parenthesis) separates it from
 *  its type; -1 when the words are a type alone. */
export function nameAmong(words: readonly SpecifierWord[]): number {
  const typeIndex = words.findLastIndex(({ kind }) => kind === 'basic' || kind === 'tagged')
  const candidates: number[] = []
  for (const [index, { kind }] of words.entries())
    if (kind === 'plain' && index > typeIndex) candidates.push(index)
  if (typeIndex < 0) candidates.shift()
  const proper = candidates.findLast((index) => !words[index]?.text.startsWith('__'))
  return proper ?? candidates.at(-1) ?? -1
}

/** Reads the type out of the words before a name; null when none of them can be a type. A struct or a basic
 *  type is always the type; of other words it is the last one that does not look like an attribute. */
export function readSpecifiers(words: readonly SpecifierWord[]): Specifiers | null {
  const basic = words.filter(({ kind }) => kind === 'basic').map(({ text }) => text)
  const plain = words.filter(({ kind }) => kind === 'plain')
  const tagged = words.find(({ kind }) => kind === 'tagged')
  const lone =
    plain.findLast(({ text }) => !text.startsWith('__') || DOUBLE_UNDERSCORE_TYPE.test(text)) ?? plain.at(-1)
  const isBasic = !tagged && basic.length > 0
  const chosen = isBasic ? spellBasic(basic) : (tagged ?? lone)?.text
  if (chosen === undefined) return null

  const qualifiers = ['const', 'volatile'].filter((word) => words.some(({ text }) => text === word))
  const isSpent = tagged !== undefined || isBasic
  const markers = words.filter(
    (word) => word.kind === 'marker' || (word.kind === 'plain' && (isSpent || word !== lone)),
  )
  return { type: [...qualifiers, chosen].join(' '), markers: markers.map(({ text }) => text) }
}

/** `long unsigned int` → `unsigned long`, `unsigned` → `unsigned int`, `_Bool` → `bool`. */
function spellBasic(words: readonly string[]): string {
  const has = (word: string) => words.includes(word)
  if (has('_Bool')) return 'bool'
  for (const word of ['void', 'bool', 'float']) if (has(word)) return word
  const longs = words.filter((word) => word === 'long').length
  if (has('double')) return longs > 0 ? 'long double' : 'double'

  const sign = has('unsigned') ? 'unsigned ' : ''
  if (has('char')) return `${has('signed') || has('__signed__') ? 'signed ' : sign}char`
  if (has('short')) return `${sign}short`
  if (has('__int128')) return `${sign}__int128`
  return sign + (longs > 1 ? 'long long' : longs === 1 ? 'long' : 'int')
}
