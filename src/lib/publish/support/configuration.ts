/** What a configuration must have for a kfunc, so that the needs of two can be compared. */
import type { Kfunc } from '#lib/model/published.ts'
import { isAlwaysNeeded } from '#lib/publish/support/always-needed.ts'

/** All that a configuration must have for a kfunc beyond what every kfunc needs, one text each. */
export function configurationTexts({ config, gating }: Pick<Kfunc, 'config' | 'gating'>): string[] {
  const ways = gating?.alternatives.map((symbols) => symbols.join(' and ')) ?? []
  const alternatives = ways.length > 0 ? [ways.join(', or ')] : []
  const off = gating?.off.map((symbol) => `${symbol} off`) ?? []
  const only = gating?.architectures ? [`only on ${gating.architectures.join(', ')}`] : []
  const own = (config ?? []).filter((one) => !isAlwaysNeeded(one))
  return [...own, ...alternatives, ...off, ...(gating?.other ?? []), ...only]
}
