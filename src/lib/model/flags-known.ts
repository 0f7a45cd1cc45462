/** Whether the flags of a release were read. */
import type { Release } from '#lib/model/published.ts'

/** False where a release was read from raw BTF alone, which has no id sets: its `flags: []` are no answer then. */
export const hasFlags = ({ release, gaps }: Pick<Release, 'release' | 'gaps'>): boolean =>
  release.coverage !== 'btf-only' || gaps.every(({ rule }) => rule !== 'no-id-sets')
