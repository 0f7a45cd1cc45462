/** What became of each kfunc when trusted pointers were made the rule and KF_TRUSTED_ARGS was given up. */
import type { Kfunc, Release } from '#lib/model/published.ts'
import { type ArgumentKind, argumentsOf, structOf } from '#lib/publish/arguments/kinds.ts'
import { isObjectOnly } from '#lib/publish/arguments/words.ts'
import { definedFlags } from '#lib/publish/history/flags.ts'
import { sightingIn } from '#lib/publish/history/presence.ts'
import { stemOf } from '#lib/publish/history/prototype.ts'

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
 * for every kfunc (Documentation/bpf/kfuncs.rst of 7.1, section 2.2), and its name was given up.
 */
export function trustedStory(name: string, releases: readonly Release[]): TrustedRow[] {
  const ruled = withTheRule(releases)
  return releases.flatMap((release): TrustedRow[] => {
    const { kfunc } = sightingIn(release, name)
    if (!kfunc) return []
    const flags = kfunc.flags.filter((flag) => flag === 'KF_RCU' || ASKING.includes(flag))
    const isAsking = flags.some((flag) => ASKING.includes(flag))
    const by = ruled.includes(release) ? 'default' : isAsking ? 'flag' : 'none'
    return [{ release: release.release.id, by, flags }]
  })
}

/** What the rule changed for a kfunc that was there before it and is there since. */
export interface TrustChange {
  /** The last release before the rule that has the kfunc. */
  readonly before: string
  /** The first release with the rule, whether or not it has the kfunc. */
  readonly since: string
  /** The flag by which the kfunc asked for as much before; null: none did. */
  readonly asked: string | null
  /** Names of parameters that now have to be trusted. */
  readonly trusted: readonly string[]
  /** Of structs that a program can have memory of: they may not be NULL, and are trusted where they are the kernel's. */
  readonly either: readonly string[]
  /** Memory of the program, which may no longer be NULL. */
  readonly notNull: readonly string[]
}

/** Memory of a program: check_mem_reg() and check_kfunc_mem_size_reg() let pass what may be NULL. */
const MEMORY: readonly ArgumentKind[] = ['buffer', 'variable', 'new-variable']

/**
 * What the rule asks of a kfunc, and what was asked before; null where it was not there before and since. Of all that
 * a kfunc can take, check_kfunc_args() asks only pointers to kernel objects for trust, and did so before for KF_RCU and
 * for the flags of is_kfunc_trusted_args(). The test for NULL is new to memory alone: any other kind refuses NULL itself.
 * What a parameter for a context takes from programs without that context is left out.
 */
export function trustChange(name: string, releases: readonly Release[]): TrustChange | null {
  const ruled = withTheRule(releases)
  const there = releases.flatMap((release) => {
    const { kfunc } = sightingIn(release, name)
    return kfunc ? [{ release, kfunc }] : []
  })
  const before = there.findLast(({ release }) => !ruled.includes(release))
  const since = there.filter(({ release }) => ruled.includes(release))
  // which arguments take a context is known of a release with source alone
  const after = since.find(({ kfunc }) => kfunc.contextArguments) ?? since[0]
  const first = ruled[0]
  if (!before || !after || !first) return null
  const change = { before: before.release.release.id, since: first.release.id }
  const asked = askedBy(before.kfunc, after.kfunc)
  if (asked !== null) return { ...change, asked, trusted: [], either: [], notNull: [] }
  const old = new Set(before.kfunc.prototype?.parameters.map(stemOf))
  const [trusted, either, notNull]: [string[], string[], string[]] = [[], [], []]
  for (const { parameter, kind, nullable } of argumentsOf(after.kfunc)) {
    if (!old.has(stemOf(parameter))) continue
    if (kind === 'object')
      (isObjectOnly(structOf(parameter.type) ?? '', after.release) ? trusted : either).push(parameter.name)
    else if (MEMORY.includes(kind) && !nullable) notNull.push(parameter.name)
  }
  return { ...change, asked: null, trusted, either, notNull }
}

/** The flag by which a kfunc asked for as much as the rule does since; null: none. */
function askedBy(before: Kfunc, after: Kfunc): string | null {
  const flag = ASKING.find((one) => before.flags.includes(one))
  if (flag) return flag
  return [before, after].every(({ flags }) => flags.includes('KF_RCU')) ? 'KF_RCU' : null
}

/** The releases in which every kfunc asks for trusted pointers: the flag was there before, and is no more. */
function withTheRule(releases: readonly Release[]): Release[] {
  const defined = definedFlags(releases)
  const has = (release: Release): boolean => defined.get(release)?.has(TRUSTED) ?? false
  const last = releases.findLastIndex(has)
  return last < 0 ? [] : releases.slice(last + 1)
}
