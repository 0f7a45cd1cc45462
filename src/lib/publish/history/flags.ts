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
