/** Where major releases end in made-up rows: as in mainline, and nothing is known of 7.x. */
import type { Mainline } from '#lib/model/knowledge.ts'
import { followsOf } from '#lib/model/release-row.ts'

export const MAINLINE = mainlineWith('5.19', '6.19')

/** Mainline with these releases as the last of their majors. */
export function mainlineWith(...lasts: readonly string[]): Mainline {
  return {
    about: '',
    ends: lasts.map((last) => ({ last, at: 'https://git.kernel.org/torvalds/c/0' })),
    longTerm: { releases: ['6.12', '6.18'], at: 'https://www.kernel.org/releases.html' },
  }
}

/** What a release follows that stands alone in a fixture: the one before it. */
export const follows = (id: string): string[] => followsOf(id, null, MAINLINE)
