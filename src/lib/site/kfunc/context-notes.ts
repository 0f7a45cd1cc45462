import type { ContextArgument, Kfunc } from '#lib/model/published.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'

const MANY = 6

/** A mark beside the answers: a permitted call may still fail on an argument that is a program's context. */
export interface ContextNote {
  readonly parameter: string
  /** One of our sentences. */
  readonly text: string
  /** Program types that may call the kfunc and have no such context. */
  readonly without: readonly string[]
}

/** The marks of a kfunc, one for each parameter that takes a context. */
export function contextNotes(kfunc: Kfunc): readonly ContextNote[] {
  const permitted = (kfunc.programTypes ?? [])
    .filter(({ callable }) => callable !== 'never')
    .map(({ programType }) => programType)
  return (kfunc.contextArguments ?? []).map((argument) => {
    const having = permitted.filter((type) => argument.programTypes.includes(type))
    const without = permitted.filter((type) => !argument.programTypes.includes(type))
    return { parameter: argument.parameter, text: noteText(argument, having, without), without }
  })
}

function noteText(argument: ContextArgument, having: readonly string[], without: readonly string[]): string {
  const { parameter, type, by, alsoTakes } = argument
  if (by === 'castable')
    return `Permitted; but \`${parameter}\` must be a context whose form in the kernel is a struct. In ${without
      .map(shortProgramType)
      .join(', ')} it is none, so that programs of these types cannot call it.`
  // where nothing that may call has it, those that have it say at least what it is
  const have = (having.length > 0 ? having : argument.programTypes).map(shortProgramType).join(', ')
  const what =
    by === 'context'
      ? `\`${parameter}\` is the context (\`${type}\`) of ${have}.`
      : `\`${parameter}\` is what bpf_cast_to_kern_ctx() makes of the context (\`${type}\`) of ${have}.`
  if (without.length === 0) return `Its argument ${what}`
  const who =
    without.length > MANY ? `the ${without.length} other types` : without.map(shortProgramType).join(', ')
  const rest = alsoTakes
    ? `From ${who} only a trusted \`${alsoTakes} *\` will do.`
    : `Programs of ${who} have no such context, and so cannot call it.`
  return `Permitted; but its argument ${what} ${rest}`
}

/** What the page of a program type says beside a kfunc whose context argument leaves that type out; null: nothing. */
export function contextMark(kfunc: Kfunc, programType: string): string | null {
  const argument = kfunc.contextArguments?.find(({ programTypes }) => !programTypes.includes(programType))
  if (!argument) return null
  const { parameter, type, alsoTakes } = argument
  if (argument.by === 'castable')
    return `\`${parameter}\` cannot be given: the context of this type is no struct in the kernel`
  return alsoTakes
    ? `\`${parameter}\` has to be a trusted \`${alsoTakes} *\`: a program of this type has no \`${type}\``
    : `\`${parameter}\` cannot be given: a program of this type has no \`${type}\``
}
