/** All places that rules rest on, for extraction to look up. */
import type { RuleToFind } from '#lib/model/places.ts'
import { ARGUMENT_RULES, CASTS_ANY, HAS_TRUST } from '#lib/publish/arguments/rules.ts'
import type { RuleBasis } from '#lib/publish/rules/basis.ts'
import {
  ASKS_OPERATION,
  ATOMIC_IS_RCU,
  CALL_RULES,
  NAMED_RULES,
  NO_SLEEP,
  SECTIONS,
  SLEEPING_CALLBACKS,
} from '#lib/publish/usage/rules.ts'

/** What each rule rests on. */
export const RULE_BASES: readonly RuleBasis[] = [
  ...Object.values(CALL_RULES).map(({ by }) => by),
  ...Object.values(ARGUMENT_RULES).map(({ by }) => by),
  ...NAMED_RULES.map(({ by }) => by),
  ...SECTIONS.flatMap(({ opens, closes }) => [opens, closes]),
  ...SLEEPING_CALLBACKS.map(({ by }) => by),
  ...Object.values(NO_SLEEP),
  ATOMIC_IS_RCU,
  CASTS_ANY,
  HAS_TRUST,
].filter((basis) => basis.length > 0)

/** Every place of theirs, once. */
export const rulesToFind = (): RuleToFind[] =>
  [...new Set(RULE_BASES.flat())].map((of) => ({ of, isCalled: of === ASKS_OPERATION }))
