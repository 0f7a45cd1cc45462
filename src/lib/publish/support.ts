/** May a program of this type call it: registrations and hooks of the release, filters, and sleepability. */
import { COMMON_HOOK } from '#lib/kfunc/dialects.ts'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import type { Registration, Support } from '#lib/model/published.ts'

const SLEEPABLE = 'KF_SLEEPABLE'

/** The name of the hook that a set registered for this program type reaches; null: none. */
const hookOf = (programType: string, { hooks }: Extracted): string | null =>
  hooks.find((hook) => hook.programTypes.includes(programType))?.name ?? null

/** The registrations that reach programs of this type, by way of its own hook or of the common one. */
function reaching(kfunc: ExtractedKfunc, programType: string, extracted: Extracted): Registration[] {
  const hook = hookOf(programType, extracted)
  return (kfunc.registrations ?? []).filter((registration) => {
    const reached = hookOf(registration.programType, extracted)
    return reached !== null && (reached === COMMON_HOOK || reached === hook)
  })
}

function howOf(
  registrations: readonly Registration[],
  programType: string,
  extracted: Extracted,
): Support['how'] {
  if (registrations.length === 0) return null
  if (registrations.some((registration) => registration.programType === programType)) return 'registered'
  return registrations.every((registration) => hookOf(registration.programType, extracted) === COMMON_HOOK)
    ? 'common'
    : 'shared-hook'
}

/** The answer of the release's verifier to a call from a program of this type, before it looks at arguments. */
export function supportOf(kfunc: ExtractedKfunc, programType: string, extracted: Extracted): Support {
  const never = (how: Support['how'], conditions: string[]): Support => ({
    programType,
    callable: 'never',
    how,
    conditions,
    when: null,
  })
  if (kfunc.kind === 'generated') return never(null, ['exists in BTF only: no kernel function has this name'])
  const registrations = reaching(kfunc, programType, extracted)
  const how = howOf(registrations, programType, extracted)
  if (how === null) return never(null, [])
  const filters = [...new Set(registrations.flatMap(({ filter }) => filter ?? []))]
  const conditions = filters.map((filter) => `depends on \`${filter}\` (not yet read)`)
  const unread = filters.map((filter) => ({ unread: filter }))
  const sleeps = registrations.some(({ flags }) => flags.includes(SLEEPABLE))
  const { sleepability } = extracted
  if (sleeps && sleepability && !sleepability.always.includes(programType)) {
    if (!sleepability.may.includes(programType))
      return never(how, ['it may sleep, and programs of this type are never sleepable'])
    const when =
      unread.length === 0
        ? [{ sleepable: true as const }]
        : unread.map((entry) => ({ sleepable: true as const, ...entry }))
    return {
      programType,
      callable: 'sometimes',
      how,
      conditions: ['only when the program is sleepable', ...conditions],
      when,
    }
  }
  if (unread.length > 0) return { programType, callable: 'sometimes', how, conditions, when: unread }
  return { programType, callable: 'always', how, conditions: [], when: null }
}
