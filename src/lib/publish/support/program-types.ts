/** May a program of this type call it: registrations and hooks of the release, filters, and sleepability. */
import { COMMON_HOOK, HOOK_FUNCTION, SLEEPABLE_FUNCTION, STRUCT_OPS } from '#lib/kfunc/dialects.ts'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'
import type { Registration, Support } from '#lib/model/published.ts'
import { allCallable, anyCallable, type Callability, sentencesOf } from '#lib/publish/support/callability.ts'
import { filterAnswer, filterApplies, type ReadFilter } from '#lib/publish/support/filters.ts'

const SLEEPABLE = 'KF_SLEEPABLE'
const NEVER_SLEEPS = 'it may sleep, and programs of this type are never sleepable'

/** What is looked up for every kfunc and program type of a release, and found once. */
interface Lookup {
  /** The name of the hook that a set registered for a program type reaches. */
  readonly hooks: ReadonlyMap<string, string>
  /** The struct_ops types that alone come to a hook, by its name; a hook that is not limited to any is left out. */
  readonly structOps: ReadonlyMap<string, readonly string[]>
  /** The registrations of a kfunc by the hook that they reach. */
  readonly registered: WeakMap<ExtractedKfunc, ReadonlyMap<string, Registration[]>>
}

const lookupIn = memoisePerObject((extracted: Extracted): Lookup => {
  const hooks = new Map<string, string>()
  for (const { name, programTypes } of extracted.hooks)
    for (const type of programTypes) if (!hooks.has(type)) hooks.set(type, name)
  const structOps = new Map(
    extracted.hooks.flatMap(({ name, structOps: types }) => (types ? [[name, types]] : [])),
  )
  return { hooks, structOps, registered: new WeakMap() }
})

/** Why programs of a type that never sleeps may not call: callbacks of such a program may, where the release has such. */
function neverSleeps(callbacks: readonly string[]): string {
  if (callbacks.length === 0) return NEVER_SLEEPS
  const structs = callbacks.map((struct) => `\`${struct}\``).join(' or ')
  return `${NEVER_SLEEPS}; a callback of ${structs} is, if the type may use one`
}

/** The name of the hook that a set registered for this program type reaches; null: none. */
const hookOf = (programType: string, extracted: Extracted): string | null =>
  lookupIn(extracted).hooks.get(programType) ?? null

interface Verdict {
  readonly answer: Callability
  /** Why not, a sentence each; only of use where the answer is false. */
  readonly reasons: readonly string[]
}

/**
 * The answer of the release's verifier to a call from a program of this type, before it looks at arguments. A kfunc is
 * looked for on the common hook and on that of the program's type (kernel/bpf/btf.c, btf_kfunc_is_allowed()). `callbacks` are
 * the structs whose callbacks may sleep whatever the program that started them, in byte order.
 */
export function supportOf(
  kfunc: ExtractedKfunc,
  programType: string,
  extracted: Extracted,
  filters: readonly ReadFilter[],
  callbacks: readonly string[],
): Support {
  if (kfunc.kind === 'generated')
    return {
      programType,
      callable: 'never',
      how: null,
      conditions: ['exists in BTF only: no kernel function has this name'],
      when: null,
      config: [],
    }
  if (extracted.hooks.length === 0) {
    // which hook a registration reaches was not read: nothing can be said of any type
    const when = [{ unread: HOOK_FUNCTION }]
    return { programType, callable: 'sometimes', how: null, conditions: sentencesOf(when), when, config: [] }
  }
  const registered = registeredByHook(kfunc, extracted)
  const hooks = new Set([COMMON_HOOK, hookOf(programType, extracted) ?? COMMON_HOOK])
  const ways = [...hooks].flatMap((hook) => {
    const registrations = registered.get(hook)
    return registrations ? [{ hook, registrations }] : []
  })
  if (ways.length === 0) return notRegistered(programType)
  const how = howOf(ways, programType)
  const config = configOf(ways.flatMap((way) => way.registrations))
  const verdicts = ways.map(({ hook, registrations }) =>
    verdictOn(kfunc, hook, registrations, programType, extracted, filters, callbacks),
  )
  const answer = verdicts.reduce<Callability>((any, verdict) => anyCallable(any, verdict.answer), false)
  if (answer === true) return { programType, callable: 'always', how, conditions: [], when: null, config }
  if (answer === false) {
    const conditions = [...new Set(verdicts.flatMap(({ reasons }) => reasons))]
    return { programType, callable: 'never', how, conditions, when: null, config: [] }
  }
  return {
    programType,
    callable: 'sometimes',
    how,
    conditions: sentencesOf(answer),
    when: [...answer],
    config,
  }
}

/** The answers that are the same for most kfuncs, by program type: to keep each apart takes memory. */
const unregistered = new Map<string, Support>()

function notRegistered(programType: string): Support {
  const known = unregistered.get(programType)
  if (known) return known
  const never: Support = { programType, callable: 'never', how: null, conditions: [], when: null, config: [] }
  unregistered.set(programType, never)
  return never
}

function registeredByHook(kfunc: ExtractedKfunc, extracted: Extracted): ReadonlyMap<string, Registration[]> {
  const { registered } = lookupIn(extracted)
  const known = registered.get(kfunc)
  if (known) return known
  const found = new Map<string, Registration[]>()
  for (const registration of kfunc.registrations ?? []) {
    const hook = hookOf(registration.programType, extracted)
    if (hook !== null) found.set(hook, [...(found.get(hook) ?? []), registration])
  }
  registered.set(kfunc, found)
  return found
}

/** The symbols that every registration which reaches the type needs beyond the kfunc's own. */
function configOf([first, ...others]: readonly Registration[]): string[] {
  return (first?.config ?? []).filter((symbol) => others.every(({ config }) => config?.includes(symbol)))
}

function howOf(
  ways: readonly { hook: string; registrations: readonly Registration[] }[],
  programType: string,
): NonNullable<Support['how']> {
  const registrations = ways.flatMap((way) => way.registrations)
  if (registrations.some((registration) => registration.programType === programType)) return 'registered'
  return ways.every(({ hook }) => hook === COMMON_HOOK) ? 'common' : 'shared-hook'
}

/** The answer by way of one hook: every filter of the hook and every check must let it through, and it must be able to sleep. */
function verdictOn(
  kfunc: ExtractedKfunc,
  hook: string,
  registrations: readonly Registration[],
  programType: string,
  extracted: Extracted,
  filters: readonly ReadFilter[],
  callbacks: readonly string[],
): Verdict {
  const answers = filters
    .filter((filter) => filterApplies(filter, kfunc.name, hook))
    .map((filter) => ({ filter, answer: filterAnswer(filter, kfunc.name, programType) }))
  const sleeps = registrations.some(({ flags }) => flags.includes(SLEEPABLE))
  const sleepable = sleeps ? sleepableAnswer(programType, extracted) : true
  const own = allCallable(sleepable, structOpsAnswer(programType, hook, extracted))
  const refusals = answers
    .filter(({ answer }) => answer === false)
    .map(({ filter: { filter, reading } }) => `refused: \`${filter.name}\` ${reading?.sentence ?? ''}`.trim())
  return {
    answer: answers.reduce<Callability>((all, { answer }) => allCallable(all, answer), own),
    reasons: [...refusals, ...(sleepable === false ? [neverSleeps(callbacks)] : [])],
  }
}

/** Up to 5.17 a struct_ops has operations of its own: programs of the others do not come to this hook. */
function structOpsAnswer(programType: string, hook: string, extracted: Extracted): Callability {
  const types = lookupIn(extracted).structOps.get(hook)
  if (!types || programType !== STRUCT_OPS) return true
  return [{ structOps: Object.fromEntries(types.map((type): [string, '*'] => [type, '*'])) }]
}

function sleepableAnswer(programType: string, { sleepability }: Extracted): Callability {
  if (!sleepability) return [{ unread: SLEEPABLE_FUNCTION }]
  if (sleepability.always.includes(programType)) return true
  return sleepability.may.includes(programType) && [{ sleepable: true }]
}
