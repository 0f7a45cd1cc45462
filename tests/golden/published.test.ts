/** The built site is as it was pinned. UPDATE=1 pins what it is now. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heldAgainst, WHAT_TO_DO } from '#scripts/lib/golden/held-against.ts'
import { goldenOf } from '#scripts/lib/golden/published.ts'
import { DIST } from '../site/dist.ts'

const MOST_BYTES = 1_500_000
const LONG_MS = 300_000

test('what is published is what tests/golden has', { timeout: LONG_MS }, () => {
  const told = heldAgainst('site', goldenOf(DIST))
  if (told.length > 0) expect.fail(`${told.join('\n')}\n${WHAT_TO_DO}`)
})

test('what is pinned is small', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  const bytes = files.map((file) => statSync(join(import.meta.dirname, file)).size)
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(MOST_BYTES)
})
