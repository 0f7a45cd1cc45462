/** Text with make's references in it, and what it expands to when the symbols of a configuration are known. */

const CLOSE: Readonly<Record<string, string>> = { '(': ')', '{': '}' }

/** The index after the reference `$(…)` or `${…}` that begins at `start`; the text's end when it is left open. */
export function referenceEnd(text: string, start: number): number {
  const expected: string[] = []
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at)
    const close = CLOSE[char]
    if (close !== undefined) expected.push(close)
    else if (char === expected.at(-1)) expected.pop()
    if (expected.length === 0) return at + 1
  }
  return text.length
}

/** Cuts `text` at each character that `isCut` accepts, references left whole. */
export function splitOutside(text: string, isCut: (char: string) => boolean): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    if (char === '$') at = referenceEnd(text, at)
    else {
      if (isCut(char)) {
        parts.push(text.slice(from, at))
        from = at + 1
      }
      at++
    }
  }
  return [...parts, text.slice(from)]
}

/** The words of `text`; a reference is one word or part of one, spaces and all, but for `$(addprefix …)`. */
export function makeWords(text: string): string[] {
  return splitOutside(text, (char) => /\s/.test(char)).flatMap((word) => {
    const [, prefix = '', words] = /^\$[({]addprefix\s+([^,$]*),(.*)[)}]$/s.exec(word) ?? []
    if (words !== undefined) return makeWords(words).map((it) => prefix + it)
    return word === '' ? [] : [word]
  })
}

/** The CONFIG_ symbols that `text` refers to, each once, in the order of the text. */
export function symbolsIn(text: string): string[] {
  return [...new Set(text.match(/\bCONFIG_\w+/g) ?? [])]
}

const list = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** The functions that kernels use on symbols; their arguments come expanded. */
const FUNCTIONS: Readonly<Record<string, (args: readonly string[]) => string>> = {
  subst: ([from = '', to = '', text = '']) => (from === '' ? text : text.replaceAll(from, to)),
  filter: ([words = '', text = '']) =>
    list(text)
      .filter((word) => list(words).includes(word))
      .join(' '),
  findstring: ([find = '', text = '']) => (text.includes(find) ? find : ''),
  strip: ([text = '']) => list(text).join(' '),
  or: (args) => args.find((arg) => arg !== '') ?? '',
  and: (args) => (args.every((arg) => arg !== '') ? (args.at(-1) ?? '') : ''),
  if: ([condition = '', yes = '', no = '']) => (condition.trim() !== '' ? yes : no),
}

/**
 * What `text` expands to, `lookUp` giving the value of a variable or null when it is not known; null when
 * anything in it is not known, a function of make's above all.
 */
export function expand(text: string, lookUp: (name: string) => string | null): string | null {
  let done = ''
  for (let at = 0; at < text.length; ) {
    if (text.charAt(at) !== '$') {
      done += text.charAt(at++)
      continue
    }
    const end = referenceEnd(text, at)
    const value = expandReference(text.slice(at + 2, end - 1), lookUp)
    if (value === null) return null
    done += value
    at = end
  }
  return done
}

function expandReference(inside: string, lookUp: (name: string) => string | null): string | null {
  const call = /^(\w+)\s+(.*)$/s.exec(inside)
  if (call) {
    const run = FUNCTIONS[call[1] ?? '']
    const args = splitOutside(call[2] ?? '', (char) => char === ',').map((arg) => expand(arg, lookUp))
    const known = args.flatMap((arg) => (arg === null ? [] : [arg]))
    return run && known.length === args.length ? run(known) : null
  }
  // $(CONFIG_X:m=y) replaces the end of each word
  const [, name = inside, from = '', to = ''] = /^([^:]+):([^=]*)=(.*)$/.exec(inside) ?? []
  const value = lookUp(name)
  if (value === null || from === '') return value
  return list(value)
    .map((word) => (word.endsWith(from) ? word.slice(0, -from.length) + to : word))
    .join(' ')
}
