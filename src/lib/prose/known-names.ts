/** The names that texts may use: what the data of all releases knows. */

/** Names that exist in any release. */
export interface KnownNames {
  /** Ids, oldest first. */
  readonly releases: readonly string[]
  /** Kfuncs that have a page. */
  readonly kfuncs: ReadonlySet<string>
  /** Does a release list the kfunc? */
  hasKfunc(release: string, name: string): boolean
  readonly flags: ReadonlySet<string>
  readonly suffixes: ReadonlySet<string>
  /** Program types as addresses spell them: "cgroup_skb". */
  readonly programTypes: ReadonlySet<string>
  /** What the verifier can take an argument for. */
  readonly argumentKinds: ReadonlySet<string>
}
