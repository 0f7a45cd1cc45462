import type { Release } from '#lib/model/published.ts'
import { trustedStory } from '#lib/publish/history-flags.ts'

/**
 * Tells what became of a kfunc when trusted pointers were made the rule and KF_TRUSTED_ARGS was given up. null for one that
 * takes no pointer, and for one that was not there both before and after.
 */
export function trustedText(name: string, releases: readonly Release[]): string | null {
  const rows = trustedStory(name, releases)
  const first = rows.find(({ by }) => by === 'default')
  const before = rows.findLast(({ by }) => by !== 'default')
  if (!first || !before) return null
  const kfunc = releases
    .find(({ release }) => release.id === first.release)
    ?.kfuncs.find((one) => one.name === name)
  if (!kfunc?.prototype?.parameters.some(({ type }) => type.endsWith('*'))) return null
  const flag = before.flags.find((one) => one !== 'KF_RCU')
  if (before.by === 'flag' && flag)
    return `Up to ${before.release} it asks for trusted pointers by ${flag}; from ${first.release} on every kfunc does. For this one nothing changed.`
  const rcu = before.flags.includes('KF_RCU') ? ', but for what KF_RCU says of them' : ''
  return `Up to ${before.release} it does not ask for trusted pointers${rcu}; from ${first.release} on every kfunc does, so it asks for more than before.`
}
