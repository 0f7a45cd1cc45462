/** What can happen to a kfunc between two releases: the events of its history, for machines. */
import type { Registration, Support } from '#lib/model/published.ts'

/** Between which two releases something happened, and to which kfunc. */
export interface ReleaseStep {
  readonly kfunc: string
  /** The last release in which it was still otherwise; null only for `first-seen`. */
  readonly from: string | null
  /** The first release in which it is so. */
  readonly to: string
  /** Whether `to` follows `from` in mainline and both prove the fact: it happened in `to`, not between. */
  readonly exact: boolean
  readonly testOnly: boolean
}

/** One difference between two prototypes. Names stand as in C, suffix and all. */
export type PrototypeChange =
  | { readonly kind: 'returns'; readonly before: string; readonly after: string }
  | { readonly kind: 'parameter-added' | 'parameter-removed'; readonly name: string; readonly type: string }
  | { readonly kind: 'parameter-renamed'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'parameter-suffix'
      readonly before: string
      readonly after: string
      /** null: none that the verifier of that release tests for. */
      readonly suffixBefore: string | null
      readonly suffixAfter: string | null
    }
  | {
      readonly kind: 'parameter-retyped'
      readonly name: string
      readonly before: string
      readonly after: string
    }
  | { readonly kind: 'parameters-reordered'; readonly before: string[]; readonly after: string[] }
  | { readonly kind: 'typedef'; readonly before: string[]; readonly after: string[] }

/** A kfunc's answer to one program type, before and after; null before: that release has no such type. */
export interface AnswerChange {
  readonly programType: string
  readonly before: SupportAnswer | null
  readonly after: SupportAnswer
}

/** Who may call. Two answers with the same `callable` and `when` are one, however their conditions are worded. */
export type SupportAnswer = Pick<Support, 'callable' | 'when' | 'conditions'>

/** Where a kfunc is registered. */
export type RegisteredAs = Pick<Registration, 'set' | 'programType'>

export type Change =
  /** No release before this one says whether it was there. */
  | { readonly kind: 'first-seen' }
  | { readonly kind: 'added'; readonly replaces: readonly string[] }
  /** `lastIn`: the release that had it last, before it was gone; null: none that was read. */
  | { readonly kind: 'came-back'; readonly lastIn: string | null; readonly replaces: readonly string[] }
  | { readonly kind: 'removed'; readonly replacedBy: readonly string[] }
  /** The old name went as the new one came. Stands in the history of both names, beside their coming and going. */
  | {
      readonly kind: 'renamed'
      readonly oldName: string
      readonly newName: string
      readonly before: string | null
      readonly after: string | null
    }
  /** A successor came while this one stayed. */
  | { readonly kind: 'replaced'; readonly by: string }
  | {
      readonly kind: 'prototype' | 'kernel-prototype'
      readonly before: string
      readonly after: string
      readonly changes: readonly PrototypeChange[]
    }
  /** `programTypes`: the registrations that differ; null: the kfunc as a whole. */
  | {
      readonly kind: 'flags'
      readonly added: readonly string[]
      readonly removed: readonly string[]
      readonly programTypes: readonly string[] | null
    }
  | {
      readonly kind: 'registrations'
      readonly added: readonly RegisteredAs[]
      readonly removed: readonly RegisteredAs[]
      readonly moved: readonly { readonly programType: string; readonly from: string; readonly to: string }[]
    }
  | { readonly kind: 'callable'; readonly changes: readonly AnswerChange[] }
  | { readonly kind: 'object'; readonly before: string; readonly after: string }
  | { readonly kind: 'config'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'file'; readonly before: string; readonly after: string }

/** One event in the history of one kfunc. */
export type HistoryEvent = ReleaseStep & Change

/** The kinds of events, in the order in which events of one release stand. */
export const EVENT_KINDS: readonly Change['kind'][] = [
  'first-seen',
  'added',
  'came-back',
  'removed',
  'renamed',
  'replaced',
  'prototype',
  'kernel-prototype',
  'flags',
  'callable',
  'registrations',
  'object',
  'config',
  'file',
]
