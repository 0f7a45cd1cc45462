/** Writing data files: the same bytes for the same value, and never half a file. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure, failureOf, isSystemError } from '../cli/failure.ts'

const LONGEST_LINE = 160

/** Members of an object as JSON prints them: those that are undefined are left out. */
const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined)

const isEmpty = (value: object): boolean =>
  Array.isArray(value) ? value.length === 0 : membersOf(value).length === 0

function printScalar(value: unknown): string {
  const isPrintable =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  if (!isPrintable) throw new TypeError(`JSON has no ${typeof value} such as ${String(value)}`)
  return JSON.stringify(value)
}

/** The value on one line, or null where it holds anything but scalars and empty lists. */
function printShort(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return printScalar(value)
  if (isEmpty(value)) return Array.isArray(value) ? '[]' : '{}'
  const parts: string[] = []
  for (const [key, member] of Array.isArray(value) ? value.entries() : membersOf(value)) {
    if (typeof member === 'object' && member !== null && !isEmpty(member)) return null
    const text = printShort(member)
    parts.push(typeof key === 'string' ? `${JSON.stringify(key)}: ${text}` : `${text}`)
  }
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
}

/** Prints `value` after `lead` characters of its first line, at `indent` spaces. */
function print(value: unknown, indent: string, lead: number): string {
  const short = printShort(value)
  if (short !== null && (typeof value !== 'object' || lead + short.length <= LONGEST_LINE)) return short
  if (typeof value !== 'object' || value === null) return printScalar(value)
  const inner = `${indent} `
  if (Array.isArray(value)) {
    const lines = value.map((member) => `${inner}${print(member, inner, inner.length)}`)
    return `[\n${lines.join(',\n')}\n${indent}]`
  }
  const lines = membersOf(value).map(([key, member]) => {
    const head = `${inner}${JSON.stringify(key)}: `
    return `${head}${print(member, inner, head.length)}`
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}

/**
 * The value as JSON with one fact a line: what holds only scalars stands on one line where that has at most
 * 160 characters, all else is indented by one space. Keys keep their order; the text ends in a newline.
 * Throws a TypeError for what JSON has no word for.
 */
export function printFacts(value: unknown): string {
  return `${print(value, '', 0)}\n`
}

/**
 * Writes a file whole or not at all: into a file beside it, which then takes its name. Every call in it is
 * synchronous, so that a signal is heard either before or after, never in between. Throws a Failure.
 */
export function writeAtomically(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(part, 'w')
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    if (!isSystemError(error)) throw error
    const failure = failureOf(error, path)
    throw new Failure(`${failure.message}; it was left as it was`, {
      cause: error,
      ...(failure.hint === null ? {} : { hint: failure.hint }),
    })
  }
}
