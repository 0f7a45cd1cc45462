/** Parameters that only some program types can fill, since they take the program's context. */
import type { Extracted } from '#lib/model/extracted.ts'
import type { ContextArgument, Prototype } from '#lib/model/published.ts'

/**
 * The parameters of a prototype that take a context struct of the release, in order. A kernel struct counts where it
 * exists for nothing else, which its name says by ending in "_kern": other kernel structs (sk_buff, sock) reach
 * programs in more ways. `castsAny`: the kfuncs that take the context of any program whose kernel form is a struct.
 */
export function contextArguments(
  kfunc: string,
  { parameters }: Prototype,
  extracted: Extracted,
  castsAny: readonly string[],
): ContextArgument[] {
  const [first] = parameters
  if (first && castsAny.includes(kfunc)) {
    const castable = extracted.contexts.filter(({ kernel }) => kernel !== null)
    const programTypes = castable.map(({ programType }) => programType)
    return [{ parameter: first.name, type: first.type, programTypes, by: 'castable', alsoTakes: null }]
  }
  return parameters.flatMap(({ name, type }) => {
    const struct = /^(?:const )?struct (\w+) \*$/.exec(type)?.[1]
    if (!struct) return []
    const isKernel = struct.endsWith('_kern')
    const having = extracted.contexts.filter(({ user, kernel }) => (isKernel ? kernel : user) === struct)
    if (having.length === 0) return []
    const projection = extracted.projections.find(({ context }) => context === struct)
    return [
      {
        parameter: name,
        type: `struct ${struct}`,
        programTypes: having.map(({ programType }) => programType),
        by: isKernel ? 'cast' : 'context',
        alsoTakes: projection ? `struct ${projection.kernel}` : null,
      },
    ]
  })
}
