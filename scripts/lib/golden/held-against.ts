/** The one way in which tests and npm run golden hold what is published against what is pinned. */
import { type Golden, report } from './report.ts'
import { type Part, readGolden, writeGolden } from './store.ts'

/** What differs, a line each; [] for nothing. With UPDATE in the environment it is pinned, and nothing differs. */
export function heldAgainst(part: Part, now: Golden): string[] {
  if (process.env.UPDATE) writeGolden(part, now)
  return report(readGolden(part), now)
}
