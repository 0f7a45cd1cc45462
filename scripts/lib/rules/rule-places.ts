/** Rules on what our sentences rest on: every place was looked up, and every rule holds in some release. */
import type { Extracted } from '#lib/model/extracted.ts'
import type { StoredPlaces } from '#lib/model/places.ts'
import { RULE_BASES, rulesToFind } from '#lib/publish/rules-to-find.ts'
import type { Problem } from './problem.ts'

const LOOK_UP = 'look it up with `npm run extract -- --only places --kernels DIR`'

/** Checks the places of all releases with source. `folder` is where they lie, for messages. */
export function checkRulePlaces(
  releases: readonly Extracted[],
  places: readonly StoredPlaces[],
  folder: string,
): Problem[] {
  const wanted = rulesToFind().map(({ of }) => of)
  const read = releases.filter(({ release }) => release.coverage !== 'btf-only')
  const notLookedUp = read.flatMap(({ release: { id } }) => {
    const known = new Set(places.find(({ release }) => release === id)?.rules.map(({ of }) => of))
    const [first, ...others] = wanted.filter((of) => !known.has(of))
    if (first === undefined) return []
    const more = others.length > 0 ? ` and ${others.length} more places` : ''
    return problem(
      `${folder}/${id}.json`,
      `rules rest on ${first}${more}, not looked up in ${id}: ${LOOK_UP}`,
    )
  })
  const found = new Set(
    places.flatMap(({ rules }) => rules.filter(({ line }) => line !== null).map(({ of }) => of)),
  )
  const lookedUp = new Set(places.flatMap(({ rules }) => rules.map(({ of }) => of)))
  const nowhere = RULE_BASES.filter((basis) =>
    basis.every((of) => lookedUp.has(of) && !found.has(of)),
  ).flatMap((basis) =>
    problem(
      folder,
      `a rule rests on ${basis.join(' or ')}, and no release has it: check its spelling, or take the rule out`,
    ),
  )
  return [...notLookedUp, ...nowhere]
}

const problem = (path: string, message: string): Problem[] => [
  { rule: 'rule-place', message, place: { path, line: 1, column: 1 } },
]
