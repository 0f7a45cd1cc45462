/** The arguments of a program, and what its user is told when they are wrong: the one way of all programs. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { Failure } from './failure.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** What a program takes: its options (`--help` is added), and whether words without a name. */
interface Taken<O extends Options, P extends boolean> {
  readonly options: O
  readonly allowPositionals: P
}

type Given<O extends Options, P extends boolean> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: P }>
>

/** A Failure about wrong use: what was seen, then the help; its exit code is 2. */
export function wrongUse(message: string, help: string): Failure {
  return new Failure(`${message}\n\n${help.trimEnd()}`, { exitCode: 2 })
}

/** The arguments of the process; null when the user asked for help, which is then printed. */
export function readArguments<O extends Options, P extends boolean>(
  { options, allowPositionals }: Taken<O, P>,
  help: string,
): Given<O, P> | null {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(help)
    return null
  }
  try {
    return parseArgs({ options, allowPositionals })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // Node goes on with advice about "--", which fits no option of ours
    throw wrongUse(error.message.replace(/\. To specify a positional.*$/s, ''), help)
  }
}
