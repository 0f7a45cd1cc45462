/** Where a file of C spells a message. */
import { findFunctions } from '#lib/c/functions.ts'
import { type CFile, scan, type Token } from '#lib/c/scan.ts'
import type { DefinitionSpan } from '#lib/places/definition.ts'

/** A message that was found: the offset of its first literal, and the function around it; null: none is. */
export interface FoundMessage {
  readonly at: number
  readonly function: string | null
}

/**
 * Finds a message, as the source spells it with adjacent literals joined: first inside of `preferred`, else wherever
 * the file has it. null: it is not in the file.
 */
export function findMessage(
  file: CFile,
  message: string,
  preferred: DefinitionSpan | null,
): FoundMessage | null {
  if (preferred) {
    const inside = preferred.isFunction ? file : bodyOf(file, preferred)
    const at = literals(inside.tokens).find(
      (one) => one.text === message && one.at >= preferred.start && one.at < preferred.end,
    )?.at
    if (at !== undefined) return { at, function: preferred.name }
  }
  const at = literals(file.tokens).find(({ text }) => text === message)?.at
  if (at === undefined) return null
  const around = findFunctions(file).find(({ start, end }) => start <= at && at < end)
  return { at, function: around?.name ?? null }
}

/** The tokens of a macro, which are none of the file's, at the offsets of the file. */
function bodyOf({ source }: CFile, { start, end }: DefinitionSpan): Pick<CFile, 'tokens'> {
  const body = source.text.slice(start + 1, end)
  return scan({ path: source.path, text: `${' '.repeat(start + 1)}${body}` })
}

interface Literal {
  readonly text: string
  readonly at: number
}

/** A file is asked for many messages. */
const known = new WeakMap<readonly Token[], readonly Literal[]>()

/** The string literals, those that stand side by side joined, without their quotes. */
function literals(tokens: readonly Token[]): readonly Literal[] {
  const before = known.get(tokens) ?? readLiterals(tokens)
  known.set(tokens, before)
  return before
}

function readLiterals(tokens: readonly Token[]): Literal[] {
  const found: { text: string; at: number; last: number }[] = []
  for (const [index, { kind, text, start }] of tokens.entries()) {
    if (kind !== 'string') continue
    const before = found.at(-1)
    if (before?.last === index - 1) {
      before.text += text.slice(1, -1)
      before.last = index
    } else found.push({ text: text.slice(1, -1), at: start, last: index })
  }
  return found
}
