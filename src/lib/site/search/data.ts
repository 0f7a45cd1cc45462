/** The shape of `/search-index.json`, and what is read out of a row of it. Lists that many rows share are meant by index. */
import { MESSAGES } from './messages.ts'
import { isInSet, newestIn, type ReleaseSet } from './release-set.ts'

/** What a kfunc's declaration says in some releases. */
export type SearchFacts = readonly [
  releases: ReleaseSet,
  /** In `types`; -1: no name, or not known. */
  returns: number,
  parameters: readonly number[],
  flags: readonly number[],
  suffixes: readonly number[],
]

/** One kfunc. Releases are meant by their index in `releases`. */
export type SearchKfunc = readonly [
  name: string,
  releases: ReleaseSet,
  /** In `introduced`; -1: not known. */
  introduced: number,
  /** Its one sentence as text, or "". */
  summary: string,
  facts: readonly SearchFacts[],
  /** In which releases it is callable, always or sometimes, in which program types, an index in `callable`. */
  callable: readonly (readonly [releases: ReleaseSet, types: number])[],
]

/** A page that is about no kfunc: the folder of `content` that its text lies in, its name there, its title if it has one, its sentence. */
export type SearchText = readonly [kind: string, slug: string, title: string, summary: string]

/** What the search script fetches. */
export interface SearchData {
  /** Ids, oldest first. */
  readonly releases: readonly string[]
  /** Ids of releases that kfuncs came with, read here or not. */
  readonly introduced: readonly string[]
  readonly flags: readonly string[]
  /** Names of C types, as `typeName` gives them. */
  readonly types: readonly string[]
  readonly suffixes: readonly string[]
  /** As addresses spell them: "xdp". */
  readonly programTypes: readonly string[]
  /** Sets of program types, by index. */
  readonly callable: readonly (readonly number[])[]
  /** In byte order of their names. */
  readonly kfuncs: readonly SearchKfunc[]
  readonly texts: readonly SearchText[]
}

/** The name in a C type: "task_struct" of "const struct task_struct *", "unsigned_long" of "unsigned long"; "" of a pointer to a function. */
export function typeName(type: string): string {
  if (type.includes('(')) return ''
  const bare = type.replace(/\b(?:const|volatile|struct|union|enum)\b|\*|\[\d*\]/g, ' ')
  return bare.trim().replace(/\s+/g, '_')
}

/** Which release a hit opens, by index: the one at hand when it has the kfunc, else the newest that does. */
export function releaseToOpen(data: SearchData, [, releases]: SearchKfunc, atHand: number): number {
  return isInSet(releases, atHand) ? atHand : newestIn(releases, data.releases.length)
}

/** What a release says of a kfunc's declaration. */
export function factsIn([, , , , facts]: SearchKfunc, release: number): SearchFacts | undefined {
  return facts.find(([releases]) => isInSet(releases, release))
}

/** The program types that may call a kfunc in a release, by index; null: not known. */
export function callableIn(data: SearchData, kfunc: SearchKfunc, release: number): readonly number[] | null {
  const found = kfunc[5].find(([releases]) => isInSet(releases, release))
  return found ? (data.callable[found[1]] ?? null) : null
}

/** How a text is called, and what it is: "BPF_PROG_TYPE_XDP", "program type". */
export function textName([kind, slug, title]: SearchText): readonly [name: string, what: string] {
  if (kind === MESSAGES) return [title, 'what the verifier says']
  if (kind === 'program-types') return [`BPF_PROG_TYPE_${slug.toUpperCase()}`, 'program type']
  return [title || slug, kind === 'suffixes' ? 'suffix' : kind.replace(/s$/, '')]
}
