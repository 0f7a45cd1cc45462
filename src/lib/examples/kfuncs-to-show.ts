/** Which program types may call a kfunc, as far as registrations tell: enough to choose between examples. */
import type { KfuncToShow } from '#lib/examples/candidates.ts'
import type { Hook } from '#lib/model/published.ts'

/** What is asked of a release: its kfuncs with what registers them (null or none: not callable), and its hooks. */
export interface Registrar {
  readonly kfuncs: readonly {
    readonly name: string
    readonly registrations: readonly { readonly programType: string }[] | null
  }[]
  readonly hooks: readonly Pick<Hook, 'programTypes'>[]
}

/** Registered for this, a kfunc may be called by all program types. */
const ALL = 'BPF_PROG_TYPE_UNSPEC'

/** The registered kfuncs of a release, as `findExamples` wants them. */
export function kfuncsToShow({ kfuncs, hooks }: Registrar): KfuncToShow[] {
  return kfuncs.flatMap(({ name, registrations }): KfuncToShow[] => {
    if (!registrations?.length) return []
    const types = new Set(registrations.map(({ programType }) => programType))
    if (types.has(ALL)) return [{ name, programTypes: null }]
    for (const { programTypes } of hooks)
      if (programTypes.some((type) => types.has(type))) for (const type of programTypes) types.add(type)
    return [{ name, programTypes: types }]
  })
}
