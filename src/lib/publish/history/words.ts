/** Events said in words: what `/data/` publishes of a history. */
import type { Event } from '#lib/model/published.ts'
import type {
  AnswerChange,
  HistoryEvent,
  PrototypeChange,
  SupportAnswer,
} from '#lib/publish/history/events.ts'

/** What a suffix asks of the caller, by suffix ("__nullable"). */
export type SuffixWords = Readonly<Record<string, string>>

/** The event as it is published. `words` explain the suffixes that changed; one without words stands alone. */
export function printEvent(event: HistoryEvent, words: SuffixWords = {}): Event {
  const { kind, from, to, exact } = event
  return { kind, from, to, detail: detailOf(event, words), exact }
}

function detailOf(event: HistoryEvent, words: SuffixWords): string {
  switch (event.kind) {
    case 'first-seen':
      return 'first read here'
    case 'added':
      return `${came('added', event)}${replacing(event.replaces)}`
    case 'came-back':
      return `${came('back', event)}${event.lastIn === null ? '' : `, last seen in ${event.lastIn}`}${replacing(event.replaces)}`
    case 'removed':
      return `${event.exact ? 'removed' : `gone by ${event.to}`}${instead(event.replacedBy)}`
    case 'renamed':
      return `${event.oldName} was renamed to ${event.newName}`
    case 'replaced':
      return `replaced by ${event.by}`
    case 'prototype':
    case 'kernel-prototype': {
      const changes = event.changes.map((change) => printPrototypeChange(change, words)).join('; ')
      const whose = event.kind === 'prototype' ? '' : 'C function only: '
      return `${whose}${changes}: ${event.before} → ${event.after}`
    }
    case 'flags': {
      const where = event.programTypes ? ` for ${list(event.programTypes.map(shortType))}` : ''
      return `${addedAndRemoved(event.added, event.removed)}${where}`
    }
    case 'callable':
      return groupAnswers(event.changes)
        .map(([types, words]) => `${list(types)}: ${words}`)
        .join('; ')
    case 'registrations': {
      const print = ({ set, programType }: { set: string; programType: string }): string =>
        `${set} for ${shortType(programType)}`
      const moved = event.moved.map((one) => `${shortType(one.programType)} from ${one.from} to ${one.to}`)
      const rest = addedAndRemoved(event.added.map(print), event.removed.map(print))
      return [moved.length > 0 ? `moved ${list(moved)}` : '', rest].filter(Boolean).join('; ')
    }
    case 'object':
      return `moved from ${event.before} to ${event.after}`
    case 'config':
      return addedAndRemoved(event.added, event.removed)
    case 'file':
      return `definition moved from ${event.before} to ${event.after}`
  }
}

const came = (word: string, { exact, from, to }: HistoryEvent): string =>
  exact ? word : `${word === 'added' ? 'first' : 'again'} seen in ${to}, not there in ${from}`

const replacing = (names: readonly string[]): string => (names.length > 0 ? `; replaces ${list(names)}` : '')

const instead = (names: readonly string[]): string => (names.length > 0 ? `; use ${names.join(' or ')}` : '')

/** One difference between two prototypes in words: "parameter off is u64, was u32". */
export function printPrototypeChange(change: PrototypeChange, words: SuffixWords = {}): string {
  switch (change.kind) {
    case 'returns':
      return `returns ${change.after}, was ${change.before}`
    case 'parameter-added':
      return `parameter ${change.name} added (${change.type})`
    case 'parameter-removed':
      return `parameter ${change.name} removed (${change.type})`
    case 'parameter-renamed':
      return `parameter ${change.before} renamed to ${change.after}`
    case 'parameter-suffix': {
      const explain = (suffix: string | null): string =>
        suffix && words[suffix] ? `${suffix}: ${words[suffix]}` : (suffix ?? 'no suffix')
      const meaning = `${explain(change.suffixBefore)} → ${explain(change.suffixAfter)}`
      return `parameter ${change.before} is ${change.after} (${meaning})`
    }
    case 'parameter-retyped':
      return `parameter ${change.name} is ${change.after}, was ${change.before}`
    case 'parameters-reordered':
      return `parameters in the order ${list(change.after)}`
    case 'typedef':
      return `callback type ${list(change.after)}, was ${list(change.before)}`
  }
}

/** Changes of answers joined where they read the same: program types, and what became of them. */
export function groupAnswers(changes: readonly AnswerChange[]): [types: string[], words: string][] {
  const groups = new Map<string, string[]>()
  for (const { programType, before, after } of changes) {
    const words = `${printAnswer(after)}, ${before ? `was ${printAnswer(before)}` : 'a program type new to the row'}`
    groups.set(words, [...(groups.get(words) ?? []), shortType(programType)])
  }
  return [...groups].map(([words, types]) => [types, words])
}

const printAnswer = ({ callable, conditions }: SupportAnswer): string =>
  callable === 'sometimes' ? `sometimes (${conditions.join('; ')})` : callable

const addedAndRemoved = (added: readonly string[], removed: readonly string[]): string =>
  [added.length > 0 ? `${list(added)} added` : '', removed.length > 0 ? `${list(removed)} removed` : '']
    .filter(Boolean)
    .join('; ')

const shortType = (programType: string): string => programType.replace('BPF_PROG_TYPE_', '')

const list = (members: readonly string[]): string => members.join(', ')
