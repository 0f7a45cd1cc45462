/** Definitions of types: `enum name { … }`, `struct name { … }`. */
import { matchingClose, splitArguments } from './match.ts'
import type { CFile, Token } from './scan.ts'

/** The tokens from `{` to `}` of a type's definition, in the first file that has one; null: none has. */
export function typeBlock(
  files: readonly CFile[],
  keyword: 'enum' | 'struct',
  name: string,
): readonly Token[] | null {
  for (const { source, tokens } of files) {
    if (!source.text.includes(name)) continue
    const at = tokens.findIndex(
      ({ text }, i) => text === keyword && tokens[i + 1]?.text === name && tokens[i + 2]?.text === '{',
    )
    if (at < 0) continue
    const close = matchingClose(tokens, at + 2)
    if (close >= 0) return tokens.slice(at + 2, close + 1)
  }
  return null
}

/** The names of an enumeration's values, in its order; null: no file defines it. */
export function enumeratorNames(files: readonly CFile[], name: string): string[] | null {
  const block = typeBlock(files, 'enum', name)
  return block && splitArguments(block, 0, block.length - 1).flatMap(([first]) => first?.text ?? [])
}
