import type { Release } from '#lib/model/published.ts'
import { trustChange } from '#lib/publish/history/trusted.ts'

/**
 * Tells what became of a kfunc when trusted pointers were made the rule and KF_TRUSTED_ARGS was given up. null for one of
 * whose arguments the rule asks nothing, and for one that was not there both before and since.
 */
export function trustedText(name: string, releases: readonly Release[]): string | null {
  const change = trustChange(name, releases)
  if (!change) return null
  const { before, since, asked, trusted, either, notNull } = change
  if (asked === 'KF_RCU')
    return `From ${since} on every kfunc asks for trusted pointers, save that KF_RCU lets those under RCU pass. This one has KF_RCU before and since: for it nothing changed.`
  if (asked === 'KF_RELEASE')
    return `From ${since} on every kfunc asks for trusted pointers. This one releases its argument and asks for more before and since, a reference that the program owns: for it nothing changed.`
  if (asked !== null)
    return `Up to ${before} it asks for trusted pointers by ${asked}; from ${since} on every kfunc does. For this one nothing changed.`
  const more = [
    trusted.length > 0 ? `${trusted.join(', ')} has to be trusted` : '',
    either.length > 0
      ? `${either.join(', ')} may not be NULL, and has to be trusted unless it is memory of the program`
      : '',
    notNull.length > 0 ? `${notNull.join(', ')} may not be NULL` : '',
  ].filter(Boolean)
  if (more.length === 0) return null
  return `From ${since} on every kfunc asks for trusted pointers, and for none that may be NULL where no suffix allows it. For this one that is more than it asked up to ${before}: ${more.join('; ')}.`
}
