import type { Hook, Kfunc, Support } from '#lib/model/published.ts'
import { shortProgramType } from '#lib/site/links/urls.ts'

/** The order in which answers are shown: what can be called comes first. */
const ORDER: Readonly<Record<Support['callable'], number>> = { always: 0, sometimes: 1, never: 2 }

/** Answers for a page: callable first, by name among equals. */
export function sortSupport(support: readonly Support[]): readonly Support[] {
  return [...support].sort(
    (a, b) => ORDER[a.callable] - ORDER[b.callable] || (a.programType < b.programType ? -1 : 1),
  )
}

/** How a kfunc comes to be offered to a program type, in words. */
export function howText(support: Support, kfunc: Kfunc, hooks: readonly Hook[]): string {
  switch (support.how) {
    case 'registered':
      return 'registered for it'
    case 'common':
      return 'registered for every type'
    case 'shared-hook': {
      const via = viaTypes(support.programType, kfunc, hooks)
      return via.length > 0 ? `shares its hook with ${via.map(shortProgramType).join(', ')}` : 'shares a hook'
    }
    case null:
      return 'not registered'
  }
}

/** The program types that the kfunc is registered for and whose hook is that of `programType`. */
function viaTypes(programType: string, kfunc: Kfunc, hooks: readonly Hook[]): readonly string[] {
  const passed = new Set((kfunc.registrations ?? []).map((registration) => registration.programType))
  return ownHookTypes(programType, hooks).filter((type) => passed.has(type))
}

/** The program types of a type's own hook, itself among them; empty when it has only the hook that is common to all. */
export function ownHookTypes(programType: string, hooks: readonly Hook[]): readonly string[] {
  return ownHook(programType, hooks)?.programTypes ?? []
}

/** What the names of all hooks begin with. */
export const HOOK_PREFIX = 'BTF_KFUNC_HOOK_'

/** The hook that a type has beside the one that is common to all. */
export function ownHook(programType: string, hooks: readonly Hook[]): Hook | undefined {
  return hooks.find((hook) => !isCommonHook(hook) && hook.programTypes.includes(programType))
}

/** Is it the hook that every program type reaches? */
export function isCommonHook({ name }: Hook): boolean {
  return name.endsWith('_COMMON')
}

/** How many program types give each answer. */
export function countSupport(support: readonly Support[]): Readonly<Record<Support['callable'], number>> {
  const counts = { always: 0, sometimes: 0, never: 0 }
  for (const { callable } of support) counts[callable]++
  return counts
}

/** The answers in one sentence, for the head of the section. */
export function supportSentence(support: readonly Support[]): string {
  const { always, sometimes, never } = countSupport(support)
  const all = support.length
  if (always === all) return `Every program type of this release (${all}) may call it.`
  if (never === all) return 'No program may call it.'
  const parts = [
    always > 0 ? `always from ${always}` : '',
    sometimes > 0 ? `sometimes from ${sometimes}` : '',
    never > 0 ? `never from ${never}` : '',
  ].filter(Boolean)
  return `Of ${all} program types: ${parts.join(', ')}.`
}

/** The types that may call a kfunc, for a table's cell: a few by name, many by count; null: not known. */
export function supportSummary(support: readonly Support[] | null): string | null {
  if (support === null) return null
  const callable = support.filter((entry) => entry.callable !== 'never')
  if (callable.length === 0) return 'none'
  if (callable.length === support.length) return 'all types'
  if (callable.length > 3) return `${callable.length} of ${support.length} types`
  return callable.map((entry) => shortProgramType(entry.programType).toLowerCase()).join(', ')
}
