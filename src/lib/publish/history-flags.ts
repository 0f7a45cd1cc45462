/** Which flags a release defines, so that a flag which the kernel gave up is told from one which a kfunc lost. */
import type { Release } from '#lib/model/published.ts'

/**
 * The flags that each release's kernel defines: its own list or, where only an image was read, the flags that its
 * kfuncs have and those that the releases on both sides define.
 */
export function definedFlags(releases: readonly Release[]): Map<Release, ReadonlySet<string>> {
  const own = releases.map(({ flags }) => (flags.length > 0 ? new Set(flags.map(({ name }) => name)) : null))
  return new Map(
    releases.map((release, i) => {
      const defined = own[i]
      if (defined) return [release, defined]
      const used = release.kfuncs.flatMap(({ flags }) => flags)
      const before = own.slice(0, i).findLast((flags) => flags !== null)
      const after = own.slice(i + 1).find((flags) => flags !== null)
      const onBothSides = [...(before ?? [])].filter((flag) => after?.has(flag))
      return [release, new Set([...used, ...onBothSides])]
    }),
  )
}

/** How one release asks that pointers be trusted. */
export interface TrustedRow {
  readonly release: string
  /** `flag`: KF_TRUSTED_ARGS says so. `default`: the kernel asks it of every kfunc. `none`: it does not ask. */
  readonly by: 'flag' | 'default' | 'none'
  /** KF_RCU, which lets pointers under RCU pass too. */
  readonly rcu: boolean
}

const TRUSTED = 'KF_TRUSTED_ARGS'

/**
 * How each release that has the kfunc asks for trusted pointers: KF_TRUSTED_ARGS was a flag until it became the rule for
 * every kfunc (Documentation/bpf/kfuncs.rst of 7.1, section 2.2), and its name was given up. For a kfunc that had
 * the flag nothing changed; one that had it not is asked for more.
 */
export function trustedStory(name: string, releases: readonly Release[]): TrustedRow[] {
  const flags = definedFlags(releases)
  const wasDefined = (i: number): boolean =>
    releases.slice(0, i).some((release) => flags.get(release)?.has(TRUSTED))
  return releases.flatMap((release, i): TrustedRow[] => {
    const kfunc = release.kfuncs.find((one) => one.name === name && one.kind !== 'generated')
    if (!kfunc) return []
    const isDefault = !flags.get(release)?.has(TRUSTED) && wasDefined(i)
    const by = isDefault ? 'default' : kfunc.flags.includes(TRUSTED) ? 'flag' : 'none'
    return [{ release: release.release.id, by, rcu: kfunc.flags.includes('KF_RCU') }]
  })
}
