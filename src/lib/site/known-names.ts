import type { Release } from '#lib/model/published.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import { ARGUMENT_RULES } from '#lib/publish/arguments/rules.ts'
import { programTypeSegment } from '#lib/site/links/urls.ts'

/** The names that hand-written texts may use, of all releases. */
export function knownNamesOf(releases: readonly Release[]): KnownNames {
  const kfuncs = releases.flatMap((release) => release.kfuncs.filter(({ kind }) => kind !== 'generated'))
  const listed = new Map(
    releases.map(({ release, kfuncs: all }) => [
      release.id,
      new Set(all.filter(({ kind }) => kind !== 'generated').map(({ name }) => name)),
    ]),
  )
  return {
    releases: releases.map(({ release }) => release.id),
    kfuncs: new Set(kfuncs.map(({ name }) => name)),
    hasKfunc: (id, name) => listed.get(id)?.has(name) ?? false,
    flags: new Set(releases.flatMap(({ flags }) => flags.map(({ name }) => name))),
    suffixes: new Set(releases.flatMap(({ suffixes }) => suffixes.map(({ name }) => name))),
    programTypes: new Set(
      kfuncs.flatMap((kfunc) =>
        (kfunc.programTypes ?? []).map(({ programType }) => programTypeSegment(programType)),
      ),
    ),
    argumentKinds: new Set(Object.keys(ARGUMENT_RULES)),
  }
}
