/** What a rule of ours rests on in the kernel, and whether a release has it. */
import { readPlace, type StoredPlaces, type StoredRule } from '#lib/model/places.ts'
import type { Release } from '#lib/model/published.ts'

/**
 * The places that a rule may rest on, as releases spell it, newest first: of several the first that a release has holds. Each is
 * "path#name" or "path#name~words": a function, macro or constant, and words of C in it.
 */
export type RuleBasis = readonly string[]

/** The places that extraction looked up in one release, by the text that asks for them. */
export type RulesFound = ReadonlyMap<string, StoredRule>

/** What was looked up, by release. */
export const rulesFound = (places: readonly StoredPlaces[]): Map<string, RulesFound> =>
  new Map(places.map(({ release, rules }) => [release, new Map(rules.map((rule) => [rule.of, rule]))]))

/** Where a release has what a rule rests on; `line` null: its source was not read, and its neighbours have the rule. */
export interface RulePlace {
  readonly path: string
  readonly line: number | null
  /** The function, macro or constant. */
  readonly function: string
}

/** Places in the verifier: `inVerifier('check_kfunc_args~is_trusted_reg(')`. */
export const inVerifier = (...places: readonly string[]): RuleBasis =>
  places.map((place) => `kernel/bpf/verifier.c#${place}`)

/** Places in what reads BTF. Until 6.1 it checked the arguments of kfuncs. */
export const inBtf = (...places: readonly string[]): RuleBasis =>
  places.map((place) => `kernel/bpf/btf.c#${place}`)

/**
 * Where a release has a rule; null: it does not, or that is not known. Of a release without source it is told by the source
 * before it and the source after it, if both have the rule.
 */
export function placeOfRule(basis: RuleBasis, { rules }: Pick<Release, 'rules'>): RulePlace | null {
  const found = rules.map((one) => findIn(one, basis))
  const [first] = found
  if (!first || found.some((one) => one === null)) return null
  const { path = '', name } = readPlace(first.of) ?? {}
  return {
    path: first.path ?? path,
    line: found.length === 1 ? first.line : null,
    function: name ?? '',
  }
}

/** Does a release have a rule? One without a basis says what a prototype shows, and holds everywhere. */
export const hasRule = (basis: RuleBasis, release: Pick<Release, 'rules'>): boolean =>
  basis.length === 0 || placeOfRule(basis, release) !== null

/** The kfuncs that a release has a rule for, where the rule is for some that it knows by name. */
export function kfuncsOfRule(basis: RuleBasis, { rules }: Pick<Release, 'rules'>): readonly string[] {
  const [first = [], ...others] = rules.map((one) => findIn(one, basis)?.kfuncs ?? [])
  return first.filter((name) => others.every((names) => names.includes(name)))
}

function findIn(rules: RulesFound, basis: RuleBasis): StoredRule | null {
  for (const of of basis) {
    const found = rules.get(of)
    if (found && found.line !== null) return found
  }
  return null
}
