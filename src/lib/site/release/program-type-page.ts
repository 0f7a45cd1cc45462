import type { Kfunc, Release, ReleaseHead, Support } from '#lib/model/published.ts'
import { configCondition } from '#lib/site/kfunc/callable-from.ts'
import { contextMark } from '#lib/site/kfunc/context-notes.ts'
import { HOOK_PREFIX, howText, isCommonHook, ownHook, ownHookTypes } from '#lib/site/kfunc/support-words.ts'
import { programTypeSegment, shortProgramType } from '#lib/site/links/urls.ts'
import { coverageText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import type { TextNote } from '#lib/site/texts.ts'
import { writeFacets } from './facets.ts'

/** One program type as a row of the release's list. */
export interface ProgramTypeRow {
  readonly programType: string
  readonly short: string
  readonly href: string
  readonly always: number
  readonly sometimes: number
  /** The hook that it has beside the common one, without the prefix that all share; null: none. */
  readonly hook: string | null
  /** What we say of the type; null: nothing. */
  readonly note: TextNote | null
}

/** All that the list of a release's program types shows. */
export interface ProgramTypesPage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly coverage: string | null
  /** Whether the release has a hook that every type reaches. */
  readonly hasCommon: boolean
  readonly rows: readonly ProgramTypeRow[]
}

/** Computes the list of a release's program types. */
export function programTypesPage(site: Site, id: string): ProgramTypesPage {
  const release = site.catalog.release(id)
  const counts = new Map<string, { always: number; sometimes: number; never: number }>()
  for (const kfunc of site.catalog.listed(id))
    for (const { programType, callable } of kfunc.programTypes ?? []) {
      const count = counts.get(programType) ?? { always: 0, sometimes: 0, never: 0 }
      count[callable]++
      counts.set(programType, count)
    }
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) => site.urls.programTypes(head.id)),
    coverage: coverageText(release.release),
    hasCommon: release.hooks.some(isCommonHook),
    rows: site.catalog.programTypes(id).map((programType) => ({
      programType,
      short: shortProgramType(programType),
      href: site.urls.programType(id, programType),
      always: counts.get(programType)?.always ?? 0,
      sometimes: counts.get(programType)?.sometimes ?? 0,
      hook: ownHook(programType, release.hooks)?.name.replace(HOOK_PREFIX, '') ?? null,
      note: site.texts.note('program-types', programTypeSegment(programType)),
    })),
  }
}

/** A kfunc that a program type may call. */
export interface CallableKfunc {
  readonly name: string
  readonly href: string
  readonly how: string
  readonly conditions: readonly string[]
  /** Why a permitted call cannot be made from this type, or not with its context; null: nothing stands against it. */
  readonly mark: string | null
}

/** All that the page of one program type in one release shows. */
export interface ProgramTypePage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  readonly programType: string
  readonly short: string
  /** What we say of the type; null: nothing. */
  readonly note: TextNote | null
  readonly siblings: readonly { readonly short: string; readonly href: string }[]
  /** How many it may always call, and which, by how they come to be offered. */
  readonly alwaysCount: number
  readonly always: readonly {
    readonly how: string
    readonly anchor: string
    readonly kfuncs: readonly CallableKfunc[]
  }[]
  readonly sometimes: readonly CallableKfunc[]
  readonly never: number
  /** The list of the release, narrowed to what the type may call. */
  readonly listHref: string
}

/** Computes the page of a program type: what its programs may call. */
export function programTypePage(site: Site, id: string, programType: string): ProgramTypePage {
  const release = site.catalog.release(id)
  const answers = site.catalog.listed(id).flatMap((kfunc) => {
    const support = kfunc.programTypes?.find((one) => one.programType === programType)
    return support ? [{ kfunc, support }] : []
  })
  const rows = (callable: Support['callable']) =>
    answers
      .filter(({ support }) => support.callable === callable)
      .map(({ kfunc, support }) => callableKfunc(site, release, kfunc, support))
  const always = rows('always')
  const hows = [...new Set(always.map((row) => row.how))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  )
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) =>
      site.catalog.programTypes(head.id).includes(programType)
        ? site.urls.programType(head.id, programType)
        : null,
    ),
    programType,
    short: shortProgramType(programType),
    note: site.texts.note('program-types', programTypeSegment(programType)),
    siblings: siblings(site, release, programType).map((type) => ({
      short: shortProgramType(type),
      href: site.urls.programType(id, type),
    })),
    alwaysCount: always.length,
    always: hows.map((how, i) => ({
      how,
      anchor: `always-${i + 1}`,
      kfuncs: always.filter((row) => row.how === how),
    })),
    sometimes: rows('sometimes'),
    never: answers.filter(({ support }) => support.callable === 'never').length,
    listHref: `${site.urls.release(id)}${writeFacets({ words: '', chosen: new Map([['type', programTypeSegment(programType)]]) })}`,
  }
}

function callableKfunc(site: Site, release: Release, kfunc: Kfunc, support: Support): CallableKfunc {
  return {
    name: kfunc.name,
    href: site.urls.kfunc(release.release.id, kfunc.name),
    how: howText(support, kfunc, release.hooks),
    conditions: [...support.conditions, ...configCondition(support)],
    mark: contextMark(kfunc, support.programType),
  }
}

/** What is registered for the type itself comes first, what every type has last. */
function rank(how: string): number {
  if (how === 'registered for it') return 0
  return how === 'registered for every type' ? 2 : 1
}

function siblings(site: Site, release: Release, programType: string): readonly string[] {
  const known = new Set(site.catalog.programTypes(release.release.id))
  return ownHookTypes(programType, release.hooks).filter((type) => type !== programType && known.has(type))
}
