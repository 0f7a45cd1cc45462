/** What a user is told when a script cannot go on, and the one way a script is run. */
import { basename } from 'node:path'

/** A script's end in one sentence: what was seen, what was expected; the hint says what to do. */
export class Failure extends Error {
  /** 1 for bad input or a failed run, 2 for wrong use. */
  readonly exitCode: 1 | 2
  /** What to do about it, on a line of its own; null when the message says it all. */
  readonly hint: string | null

  constructor(message: string, options: { hint?: string; exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {})
    this.name = 'Failure'
    this.exitCode = options.exitCode ?? 1
    this.hint = options.hint ?? null
  }
}

interface SystemError extends Error {
  readonly code: string
  readonly path?: string
  readonly syscall?: string
}

/** True for an error of the operating system, as Node's file and process calls throw them; not for Node's own ERR_… */
export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  !error.code.startsWith('ERR_')

/** True for the readers' complaint about binary or JSON input: its message is meant for the user. */
const isFormatError = (error: unknown): error is Error =>
  error instanceof Error && (error.name === 'FormatError' || error.name === 'JsonError')

/** Turns an operating system's error about `path` (or about the path it names itself) into a Failure. */
export function failureOf(error: SystemError, path: string | null = null): Failure {
  const where = path ?? error.path ?? 'a file'
  const because = { cause: error }
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure(`${where}: the disk is full`, {
        hint: 'free some space and run it again',
        ...because,
      })
    case 'EACCES':
    case 'EPERM':
      return new Failure(`${where}: permission denied (${error.syscall ?? 'open'})`, {
        hint: 'check who owns it and what its mode allows',
        ...because,
      })
    case 'EROFS':
      return new Failure(`${where}: on a read-only file system`, because)
    case 'ENOENT':
      return new Failure(`${where}: no such file or directory`, { hint: 'check the path', ...because })
    case 'EISDIR':
      return new Failure(`${where}: is a directory, a file was expected`, because)
    case 'ENOTDIR':
      return new Failure(`${where}: not a directory, though a directory was expected`, because)
    default:
      return new Failure(`${where}: ${error.message}`, because)
  }
}

const cleanups = new Set<() => void>()

/**
 * Has `cleanup` called when the script ends early, by a signal or an error; it must be synchronous.
 * Returns what takes it off the list. The list belongs to the process, as signals do.
 */
export function onExit(cleanup: () => void): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

function cleanUp(): void {
  for (const cleanup of cleanups) {
    try {
      cleanup()
    } catch {
      // The script is ending for a reason that matters more than this one.
    }
  }
  cleanups.clear()
}

/** The lines that tell a user about `error`, and the exit code that goes with them. */
export function printFailure(name: string, error: unknown): { text: string; exitCode: 1 | 2 } {
  if (isSystemError(error) && !(error instanceof Failure)) return printFailure(name, failureOf(error))
  const message = error instanceof Error ? error.message : String(error)
  const lines = [`${name}: ${message}`]
  if (error instanceof Failure) {
    if (error.hint !== null) lines.push(`  ${error.hint}`)
  } else if (!isFormatError(error)) {
    lines.push('  this was not expected; run it with DEBUG=1 to see where it came from, and report it')
  }
  if (process.env.DEBUG && error instanceof Error) lines.push(error.stack ?? '')
  return { text: `${lines.join('\n')}\n`, exitCode: error instanceof Failure ? error.exitCode : 1 }
}

/** What may differ between scripts that are run by {@link runMain}. */
export interface RunOptions {
  /** Gives what to say after Ctrl-C; null for nothing. Without it: "interrupted; nothing was changed". */
  readonly interrupted?: () => string | null
}

/**
 * Runs a script's main function. A Failure or FormatError ends it with one message and its exit code,
 * Ctrl-C or SIGTERM with a message and 130; both run what {@link onExit} collected.
 */
export async function runMain(main: () => Promise<void>, options: RunOptions = {}): Promise<void> {
  const name = basename(process.argv[1] ?? 'script').replace(/\.[cm]?[jt]s$/, '')
  const interrupted = options.interrupted ?? (() => 'interrupted; nothing was changed')
  const stop = () => {
    cleanUp()
    const message = interrupted()
    if (message !== null) process.stderr.write(`${name}: ${message}\n`)
    process.exit(130)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    await main()
  } catch (error) {
    cleanUp()
    const { text, exitCode } = printFailure(name, error)
    process.stderr.write(text)
    process.exitCode = exitCode
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
