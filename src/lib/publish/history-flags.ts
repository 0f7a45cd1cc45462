/** Which flags a release defines, so that a flag which the kernel gave up is told from one which a kfunc lost. */
import type { Release } from '#lib/model/published.ts'
import { sightingIn } from '#lib/publish/history-presence.ts'

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

/** How one release asks that the pointers passed to a kfunc be trusted. */
export interface TrustedRow {
  readonly release: string
  /** `flag`: of this kfunc, by its flags. `default`: of every kfunc. `none`: not of this one. */
  readonly by: 'flag' | 'default' | 'none'
  /** The kfunc's own flags that say so, and KF_RCU, which lets pointers under RCU pass too. */
  readonly flags: readonly string[]
}

const TRUSTED = 'KF_TRUSTED_ARGS'

/** What is_kfunc_trusted_args() of kernel/bpf/verifier.c asks until 6.19. */
const ASKING = [TRUSTED, 'KF_RELEASE']

/**
 * How each release that has the kfunc asks for trusted pointers: KF_TRUSTED_ARGS was a flag until it became the rule
 * for every kfunc (Documentation/bpf/kfuncs.rst of 7.1, section 2.2), and its name was given up. For a kfunc that had
 * the flag nothing changed; one that had it not is asked for more.
 */
export function trustedStory(name: string, releases: readonly Release[]): TrustedRow[] {
  const defined = definedFlags(releases)
  const isDefined = (release: Release): boolean => defined.get(release)?.has(TRUSTED) ?? false
  return releases.flatMap((release, i): TrustedRow[] => {
    const { kfunc } = sightingIn(release, name)
    if (!kfunc) return []
    const flags = kfunc.flags.filter((flag) => flag === 'KF_RCU' || ASKING.includes(flag))
    const isDefault = !isDefined(release) && releases.slice(0, i).some(isDefined)
    const by = isDefault ? 'default' : flags.some((flag) => ASKING.includes(flag)) ? 'flag' : 'none'
    return [{ release: release.release.id, by, flags }]
  })
}
