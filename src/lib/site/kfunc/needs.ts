import type { Demand, Kfunc, Release } from '#lib/model/published.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'

/** What a program needs to be let call a kfunc, beside being of the right type. */
export interface Need {
  /** One of our sentences. */
  readonly text: string
  /** What the verifier says to a program without it, as the source spells it; null: it has no words of its own. */
  readonly message: string | null
  /** The line that asks for it, and its address at the tag that was read. */
  readonly place: string
  readonly href: string
}

/** What a program needs to call a kfunc in a release; null where no source was read. */
export function needsOf(release: Release, kfunc: Kfunc): readonly Need[] | null {
  const { demands, filters } = release
  if (demands === null) return null
  const { tag } = release.release
  const link = (at: Demand['at']) => ({ place: placeText(at), href: sourceUrl(tag, at) })
  const sets = (kfunc.registrations ?? []).map(({ set }) => set)
  const isBound = kfunc.programTypes?.some(({ when }) => when?.some(({ deviceBound }) => deviceBound))
  const checks = filters.filter((one) => one.kind === 'check' && one.sets.some((set) => sets.includes(set)))
  return [
    ...demands
      .filter(({ flag }) => flag === null || kfunc.flags.includes(flag))
      .map((demand) => ({ text: textOf(demand), message: demand.message, ...link(demand.at) })),
    ...(isBound ? checks : []).map(({ at }) => ({
      text: 'to be an XDP program that is bound to a device',
      message: null,
      ...link(at),
    })),
  ]
}

function textOf({ flag, message }: Demand): string {
  if (flag === null) return 'a licence that is compatible with the GPL, as for every kfunc'
  const capabilities = [...message.matchAll(/\bCAP_[A-Z_]+/g)].map(([name]) => `\`${name}\``)
  return `${capabilities.join(' or ')} to be loaded, because of \`${flag}\``
}
