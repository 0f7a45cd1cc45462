/** What changed between two releases, sorted for a page. Computed alike in the build and in a browser. */
import type { ReleaseHead } from '#lib/model/published.ts'
import type { HistoryEvent } from '#lib/publish/history/events.ts'

/** Events that readers look for together. */
export interface ChangeGroup {
  readonly anchor: string
  readonly title: string
  /** Whether programs notice it. What they do not is folded. */
  readonly noticed: boolean
  readonly events: readonly HistoryEvent[]
}

const GROUPS: readonly (readonly [
  anchor: string,
  title: string,
  kinds: readonly HistoryEvent['kind'][],
  noticed: boolean,
])[] = [
  ['added', 'Added', ['added', 'came-back'], true],
  ['first-seen', 'Here, and not in the image before', ['first-seen'], true],
  ['removed', 'Removed', ['removed'], true],
  ['renamed', 'Renamed or replaced', ['renamed', 'replaced'], true],
  ['prototype', 'Prototype', ['prototype'], true],
  ['flags', 'Flags', ['flags'], true],
  ['callable', 'Callable from', ['callable'], true],
  ['config', 'Configuration and module', ['config', 'object'], true],
  ['inside', 'Inside the kernel', ['kernel-prototype', 'registrations', 'file'], false],
]

/** The groups of events, in the order of the page; empty groups stay, so that "none" is said. Renames are said once. */
export function changeGroups(events: readonly HistoryEvent[]): readonly ChangeGroup[] {
  return GROUPS.map(([anchor, title, kinds, noticed]) => ({
    anchor,
    title,
    noticed,
    events: events.filter(
      (event) => kinds.includes(event.kind) && !(event.kind === 'renamed' && event.kfunc !== event.oldName),
    ),
  })).filter(({ anchor, events: own }) => anchor !== 'first-seen' || own.length > 0)
}

/** What the two releases cannot tell, one sentence each. */
export function unknownsOf(older: ReleaseHead, newer: ReleaseHead): readonly string[] {
  const notes: string[] = []
  if (older.coverage === 'btf-only')
    notes.push(
      `No source of ${older.id} was read, only an image: a kfunc that is not in it is said to have come in ${newer.id} only where ${older.id} is proven not to have it, and program types, registrations and configuration of ${older.id} are not known.`,
    )
  if (newer.coverage === 'btf-only')
    notes.push(
      `No source of ${newer.id} was read, only an image: that a kfunc is not in it does not prove that it went, so only what is proven gone is listed, and program types, registrations and configuration of ${newer.id} are not known.`,
    )
  return notes
}

const TRUSTED = 'KF_TRUSTED_ARGS'

/** Whether a flag that asked for trusted pointers was given up between two lists of flags, so that all kfuncs ask now. */
export function trustBecameDefault(older: ReadonlySet<string>, newer: ReadonlySet<string>): boolean {
  return older.has(TRUSTED) && !newer.has(TRUSTED)
}

/** What that means for kfuncs, to stand above what changed. */
export const TRUSTED_BY_DEFAULT =
  'KF_TRUSTED_ARGS is no longer a flag: what it asked for, trusted pointers to kernel objects, every kfunc asks for, and none takes NULL where no suffix allows it. For kfuncs with KF_TRUSTED_ARGS, KF_RELEASE or KF_RCU nothing changed by that, and none is listed for it. Others ask for more if they take a kernel object or memory of the program; the history of each says for what.'
