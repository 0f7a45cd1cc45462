/** What a caller of a kfunc must know, put together from facts by the rules of usage-rules.ts. */
import type { Kfunc, Release, Support } from '#lib/model/published.ts'
import { type Argument, argumentsOf, structOf } from '#lib/publish/arguments/kinds.ts'
import { ARGUMENT_RULES } from '#lib/publish/arguments/rules.ts'
import { argumentWords } from '#lib/publish/arguments/words.ts'
import { acquirersOf, isNode, releasersOf } from '#lib/publish/relations/pairs.ts'
import { iteratorOf } from '#lib/publish/relations/related.ts'
import { hasRule, kfuncsOfRule, placeOfRule, type RulePlace } from '#lib/publish/rules/basis.ts'
import {
  ATOMIC_IS_RCU,
  CALL_RULES,
  type CallRuleName,
  NAMED_RULES,
  NO_SLEEP,
  SECTIONS,
  SLEEPING_CALLBACKS,
} from '#lib/publish/usage/rules.ts'

/** A sentence, and what it rests on. Names of C stand in backquotes, names of functions before "()". */
export interface UsageSentence {
  readonly text: string
  /** null: on the prototype or the build files of the release, and no rule of ours. */
  readonly rests: RulePlace | null
}

type Values = Readonly<Record<string, string>>
type Say = (rule: CallRuleName, values?: Values) => UsageSentence[]

/** More program types than these are counted, not named. */
const NAMED_TYPES = 6

/**
 * The usage of a kfunc in a release: never empty where the kfunc has a prototype. A rule whose place the release does not
 * have, or whose fact was not read, says nothing.
 */
export function usageOf(kfunc: Kfunc, release: Release): UsageSentence[] {
  if (!kfunc.prototype) return []
  const say = sayIn(release)
  const given = argumentsOf(kfunc)
  // where no program may call it, there is nothing to tell a caller
  if (kfunc.programTypes?.every(({ callable }) => callable === 'never'))
    return [...overview(kfunc, given, say), ...presence(kfunc, say)]
  return [
    ...overview(kfunc, given, say),
    ...limitsOn(kfunc, release),
    ...result(kfunc, given, release, say),
    ...releasing(kfunc, given, release, say),
    ...sections(kfunc, release, say),
    ...iteration(kfunc, release, say),
    ...argumentSentences(kfunc, given, release),
    ...besideArguments(kfunc, given, say),
    ...circumstances(kfunc, release, say),
    ...presence(kfunc, say),
  ]
}

/** Says a rule in a release; nothing where the release does not have it. */
const sayIn =
  (release: Release): Say =>
  (name, values = {}) => {
    const { say, by } = CALL_RULES[name]
    return hasRule(by, release) ? [{ text: fill(say, values), rests: placeOfRule(by, release) }] : []
  }

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')

/** "a", "a and b", "a, b and c". */
function series(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

const code = (name: string): string => `\`${name}\``
/** "a()", "a() or b()", "a(), b() or c()". */
const either = (names: readonly string[]): string =>
  series(names.map((name) => `${name}()`)).replace(/ and (?=\w+\(\)$)/, ' or ')

function overview(kfunc: Kfunc, given: readonly Argument[], say: Say): UsageSentence[] {
  const names = given.map(({ parameter }) => code(parameter.name))
  const returned = kfunc.prototype?.returns ?? 'void'
  const passes = say('passes', {
    takes: names.length > 0 ? series(names) : 'no arguments',
    returns: returned === 'void' ? 'nothing' : code(returned),
  })
  const types = kfunc.programTypes
  if (!types) return passes
  const callable = types.filter((one) => one.callable !== 'never')
  const some = callable.filter((one) => one.callable === 'sometimes')
  const short = callable.map(({ programType }) => programType.replace('BPF_PROG_TYPE_', ''))
  const who =
    short.length === 0
      ? 'No program'
      : short.length === types.length
        ? 'Programs of every type'
        : short.length > NAMED_TYPES
          ? `Programs of ${short.length} of the ${types.length} types`
          : `Programs of type ${series(short)}`
  const conditions =
    some.length === 0 ? '' : some.length === callable.length ? ', on conditions' : ', some on conditions'
  return [...passes, ...say('program-types', { who, conditions, context: contextLimit(kfunc, callable) })]
}

/** Of the types that may call it, those that have the context which it takes; empty where all have it. */
function contextLimit({ contextArguments }: Kfunc, callable: readonly Support[]): string {
  const needed = contextArguments?.find(({ alsoTakes }) => alsoTakes === null)
  const having = callable.filter(({ programType }) => needed?.programTypes.includes(programType))
  if (!needed || having.length === callable.length) return ''
  const who =
    having.length > NAMED_TYPES
      ? `${having.length} types`
      : having.length > 0
        ? series(having.map(({ programType }) => programType.replace('BPF_PROG_TYPE_', '')))
        : 'none of them'
  return `, but only ${who} can: it takes a context that the others do not have`
}

function result(kfunc: Kfunc, given: readonly Argument[], release: Release, say: Say): UsageSentence[] {
  const { flags, prototype } = kfunc
  const returned = prototype?.returns ?? ''
  const isPointer = returned.endsWith('*')
  const acquires = flags.includes('KF_ACQUIRE')
  const releasers = releasersOf(kfunc, release)
  const how = releasers.length > 0 ? `; ${either(releasers)} releases it` : ''
  const mayBeNull = flags.includes('KF_RET_NULL') && !flags.includes('KF_ITER_NEXT')
  const refcounted = given.find(({ kind }) => kind === 'refcounted')
  const unless = refcounted ? `, unless \`${refcounted.parameter.name}\` is a reference that it owns` : ''
  return [
    ...(acquires ? say(isNode(returned) ? 'acquires-node' : 'acquires', { how }) : []),
    ...(isNode(returned) && !acquires
      ? say('borrowed-node', { holder: /\bbpf_rb_node\b/.test(returned) ? 'tree' : 'list' })
      : []),
    ...(mayBeNull && isPointer ? say('may-be-null', { unless }) : []),
    ...(mayBeNull && given.some(({ kind }) => kind === 'lock') ? say('lock-result') : []),
    ...(flags.includes('KF_ARENA_RET') ? say('arena-result') : []),
  ]
}

function releasing(kfunc: Kfunc, given: readonly Argument[], release: Release, say: Say): UsageSentence[] {
  if (!kfunc.flags.includes('KF_RELEASE')) return []
  const acquirers = acquirersOf(kfunc, release).slice(0, 3)
  const such = acquirers.length > 0 ? `, such as ${either(acquirers)} returns` : ''
  return given.slice(0, 1).flatMap(({ kind, parameter }) => {
    if (kind === 'dynptr') return say('ends-dynptr', { argument: parameter.name })
    if (kind === 'released' || kind === 'owned') return say('releases', { argument: parameter.name, such })
    return []
  })
}

/** What keeps programs that are permitted to call from calling: a sentence each. */
export function limitsOn(kfunc: Kfunc, release: Release): UsageSentence[] {
  const say = sayIn(release)
  const named = NAMED_RULES.filter(({ by }) => kfuncsOfRule(by, release).includes(kfunc.name))
  const kinds = argumentsOf(kfunc)
  const sets = operationSets(kfunc)
  const asks = kfuncsOfRule(CALL_RULES.operations.by, release).includes(kfunc.name)
  return [
    ...named.map(({ say: text, by }) => ({ text, rests: placeOfRule(by, release) })),
    ...(kinds.some(({ kind }) => kind === 'list-head' || kind === 'tree-root') ? say('lock-maps') : []),
    ...(kinds.some(isInQueueMap) ? say('queue-maps') : []),
    ...(asks && sets.length > 0 ? say('operations', { sets: series(sets.map(code)) }) : []),
  ]
}

const STRUCT_OPS = 'BPF_PROG_TYPE_STRUCT_OPS'
const SYSCALL = 'BPF_PROG_TYPE_SYSCALL'

/**
 * The sets of a kfunc of sched_ext that are for some of its operations: those that are registered for struct_ops alone, and
 * beside them those that SYSCALL programs share. Empty where there is none of the first kind.
 */
function operationSets({ registrations }: Kfunc): string[] {
  const unfiltered = registrations?.filter(({ filter }) => filter === null) ?? []
  const sets = [...new Set(unfiltered.map(({ set }) => set))]
  const isOnlyFor = (set: string, ...types: readonly string[]): boolean =>
    unfiltered.every((one) => one.set !== set || types.includes(one.programType))
  if (!sets.some((set) => isOnlyFor(set, STRUCT_OPS))) return []
  return sets.filter((set) => isOnlyFor(set, STRUCT_OPS, SYSCALL))
}

const isInQueueMap = ({ kind, parameter }: Argument): boolean =>
  kind === 'in-map-value' && structOf(parameter.type) === 'bpf_wq'

function sections({ name }: Kfunc, release: Release, say: Say): UsageSentence[] {
  for (const { opens, closes } of SECTIONS) {
    const openers = kfuncsOfRule(opens, release)
    const closers = kfuncsOfRule(closes, release).filter((one) => !openers.includes(one))
    if (openers.includes(name)) return say('opens', { other: mostAlike(name, closers) })
    if (closers.includes(name)) return say('closes', { other: mostAlike(name, openers) })
  }
  return []
}

/** Of several names, the one that differs from `name` in the fewest words. */
function mostAlike(name: string, names: readonly string[]): string {
  const words = name.split('_')
  const distance = (other: string): number => {
    const others = other.split('_')
    const shared = others.filter((word) => words.includes(word)).length
    return words.length + others.length - 2 * shared
  }
  return [...names].sort((a, b) => distance(a) - distance(b))[0] ?? ''
}

function iteration(kfunc: Kfunc, release: Release, say: Say): UsageSentence[] {
  const three = iteratorOf(kfunc, release)
  if (!three) return []
  const macro = three.of === 'num' ? 'bpf_for()' : `\`bpf_for_each(${three.of}, …)\``
  const values = { ...three, macro }
  if (kfunc.name === three.new) return say('iterator-new', values)
  if (kfunc.name === three.destroy) return say('iterator-destroy', values)
  const begin = release.kfuncs.find(({ name }) => name === three.new)
  return [
    ...say('iterator-next', values),
    ...(begin?.flags.includes('KF_RCU_PROTECTED') ? say('iterated-rcu') : []),
  ]
}

/** A sentence for each thing to pass that is worth one, arguments with the same words together. */
function argumentSentences(kfunc: Kfunc, given: readonly Argument[], release: Release): UsageSentence[] {
  const groups = new Map<string, Argument[]>()
  for (const argument of given.filter(({ kind }) => ARGUMENT_RULES[kind].said)) {
    const words = argumentWords({ ...argument, nullable: false }, kfunc, release)
    if (words !== null) groups.set(words, [...(groups.get(words) ?? []), argument])
  }
  return [...groups].flatMap(([words, alike]) => {
    const [first] = alike
    const rests = first ? placeOfRule(ARGUMENT_RULES[first.kind].by, release) : null
    const names = series(alike.map(({ parameter }) => code(parameter.name)))
    return [{ text: alike.length > 1 ? `${names} are each ${words}.` : `${names} is ${words}.`, rests }]
  })
}

function besideArguments(kfunc: Kfunc, given: readonly Argument[], say: Say): UsageSentence[] {
  const { prototype, kernelPrototype } = kfunc
  const nullable = given.filter((argument) => argument.nullable).map(({ parameter }) => code(parameter.name))
  const passed = new Set(prototype?.parameters.map(({ name }) => name))
  const leftOut = (kernelPrototype?.parameters ?? []).filter(({ name }) => !passed.has(name))
  const callback = given.find(({ kind }) => kind === 'callback')
  const keeper = given.find(({ kind }) => kind === 'in-map-value')
  const values = {
    argument: callback?.parameter.name ?? '',
    struct: `struct ${structOf(keeper?.parameter.type ?? '') ?? ''}`,
  }
  return [
    ...(nullable.length > 0 ? say('may-be-null-argument', { arguments: series(nullable) }) : []),
    ...(callback && given.some(({ kind }) => kind === 'tree-root') ? say('callback-compares', values) : []),
    ...(callback && keeper ? say('callback-later', values) : []),
    ...(leftOut.length > 0 && kfunc.flags.includes('KF_IMPLICIT_ARGS')
      ? say('left-out', {
          arguments: series(leftOut.map(({ name }) => code(name))),
          them: leftOut.length > 1 ? 'them' : 'it',
        })
      : []),
  ]
}

/** Flags that say where, and by whom, it may be called. */
function circumstances(
  { flags, prototype, programTypes, registrations }: Kfunc,
  release: Release,
  say: Say,
): UsageSentence[] {
  const has = (flag: string): boolean => flags.includes(flag)
  const returnsPointer = prototype?.returns.endsWith('*') ?? false
  const while_ = has('KF_ITER_NEW')
    ? ', for as long as it iterates'
    : returnsPointer
      ? ', for as long as it uses the result'
      : ''
  const everywhere = registrations?.every((one) => one.flags.includes('KF_SLEEPABLE')) ?? true
  const where = everywhere ? noSleepWords(release) : ''
  const structs = SLEEPING_CALLBACKS.filter(({ by }) => hasRule(by, release)).map(({ struct }) => struct)
  const callbacks =
    structs.length > 0
      ? `, and callbacks of ${structs.map((struct) => `a ${code(struct)}`).join(' or ')},`
      : ''
  const counts = [
    ...(has('KF_SPINLOCK_SAFE') ? ['a lock held'] : []),
    ...(hasRule(ATOMIC_IS_RCU, release) ? ['preemption or interrupts disabled'] : []),
  ]
  const alike = counts.length > 0 ? `; ${counts.join(' and ')} will do as well` : ''
  const isBound = programTypes?.some(({ when }) => when?.some(({ deviceBound }) => deviceBound))
  return [
    ...(has('KF_RCU_PROTECTED') ? say('rcu-protected', { result: while_, alike }) : []),
    ...(has('KF_SLEEPABLE') ? say('sleepable', { where, callbacks }) : []),
    ...(has('KF_SPINLOCK_SAFE') ? say('under-spin-lock') : []),
    ...(isBound ? say('device-bound') : []),
    ...(has('KF_DESTRUCTIVE') ? say('destructive') : []),
    ...(has('KF_PERFMON') ? say('perfmon') : []),
    ...(has('KF_FASTCALL') ? say('fastcall') : []),
  ]
}

/** ", and not under the RCU read lock, with a lock held or …": where a kfunc that may sleep may not be called. */
function noSleepWords(release: Release): string {
  const has = (place: keyof typeof NO_SLEEP): boolean => hasRule(NO_SLEEP[place], release)
  const disabled = [
    ...(has('preemption') ? ['preemption'] : []),
    ...(has('interrupts') ? ['interrupts'] : []),
  ]
  const places = [
    ...(has('rcu') ? ['under the RCU read lock'] : []),
    ...(has('lock') ? ['with a lock held'] : []),
    ...(disabled.length > 0 ? [`with ${disabled.join(' or ')} disabled`] : []),
  ]
  return places.length > 0 ? `, and not ${series(places).replace(/ and (?=with)/, ' or ')}` : ''
}

/** Which kernels have it at all. */
function presence({ object, config, gating }: Kfunc, say: Say): UsageSentence[] {
  const isModule = object !== null && object !== 'vmlinux'
  const symbols = series((config ?? []).map(code))
  return [
    ...(isModule ? say('module', { module: object }) : []),
    ...(symbols !== '' && gating && gating.at.length > 0 ? say('config', { symbols }) : []),
  ]
}
