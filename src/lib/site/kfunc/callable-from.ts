import type { Kfunc, Release, Support } from '#lib/model/published.ts'
import { shortProgramType, supportAnchor } from '#lib/site/links/urls.ts'
import type { Site } from '#lib/site/site.ts'
import type { AnswerSince, SinceMarks } from './since.ts'
import { howText, sortSupport, supportSentence } from './support-words.ts'

/** The program types that get one and the same answer, as a row of the table. */
export interface SupportRow {
  readonly types: readonly { readonly short: string; readonly href: string; readonly anchor: string }[]
  readonly callable: Support['callable']
  readonly how: string
  readonly conditions: readonly string[]
  /** Since when it is so, and since when under these conditions, where that is later than the kfunc. */
  readonly since: AnswerSince
}

/** Who may call a kfunc: what is callable as rows, what is not apart. */
export interface CallableFrom {
  readonly sentence: string
  readonly rows: readonly SupportRow[]
  readonly never: readonly SupportRow[]
  /** How many types stand in `never`. */
  readonly neverCount: number
}

/** The answers of every program type for a kfunc; null when the release cannot tell. */
export function callableFrom(
  site: Site,
  release: Release,
  kfunc: Kfunc,
  marks: SinceMarks,
): CallableFrom | null {
  if (kfunc.programTypes === null) return null
  const groups = new Map<string, SupportRow & { types: SupportRow['types'][number][] }>()
  for (const support of sortSupport(kfunc.programTypes)) {
    const { programType, callable } = support
    // Why a type is refused is in the conditions; that nothing registers it needs no word.
    const how = callable === 'never' ? '' : howText(support, kfunc, release.hooks)
    const conditions = [...support.conditions, ...configCondition(support)]
    const known = marks.programType(programType)
    // that the last condition fell is news of the answer itself
    const since =
      conditions.length > 0 ? known : { callable: known.conditions ?? known.callable, conditions: null }
    const key = [callable, how, since.callable, since.conditions, ...conditions].join('\n')
    const row = groups.get(key) ?? { types: [], callable, how, conditions, since }
    row.types.push({
      short: shortProgramType(programType),
      href: site.urls.programType(release.release.id, programType),
      anchor: supportAnchor(programType),
    })
    groups.set(key, row)
  }
  const rows = [...groups.values()]
  return {
    sentence: supportSentence(kfunc.programTypes),
    rows: rows.filter((row) => row.callable !== 'never'),
    never: rows.filter((row) => row.callable === 'never'),
    neverCount: kfunc.programTypes.filter((support) => support.callable === 'never').length,
  }
}

/** What a kernel must be configured with for programs of one type, beyond what the kfunc itself needs. */
export function configCondition({ callable, config }: Support): readonly string[] {
  if (callable === 'never' || config.length === 0) return []
  return [`in a kernel with ${config.map((symbol) => `\`${symbol}\``).join(', ')}`]
}
