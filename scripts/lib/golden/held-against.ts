/** The one way in which tests and npm run golden hold what is published against what is pinned. */
import { type Golden, report } from './report.ts'
import { type Part, readGolden, writeGolden } from './store.ts'

/** What to do about a difference. */
export const WHAT_TO_DO =
  'npm run golden -- --against HEAD (after a commit: HEAD~1) says it in words; UPDATE=1 npm run golden pins it'

/** What differs, a line each; [] for nothing. With UPDATE in the environment it is pinned, and nothing differs. */
export function heldAgainst(part: Part, now: Golden): string[] {
  if (process.env.UPDATE) writeGolden(part, now)
  return report(readGolden(part), now)
}
