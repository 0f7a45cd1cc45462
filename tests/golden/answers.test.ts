/** The quick part: what `src/lib` answers to all that pages ask is as it was pinned. It needs no built site. */
import { expect, test } from 'vitest'
import { answersOf } from '#scripts/lib/golden/answers.ts'
import { heldAgainst, WHAT_TO_DO } from '#scripts/lib/golden/held-against.ts'
import { readSite } from '../../src/ask/read-site.ts'

const LONG_MS = 300_000

test('what pages are answered is what tests/golden has', { timeout: LONG_MS }, () => {
  const told = heldAgainst('answers', answersOf(readSite('/')))
  if (told.length > 0)
    expect.fail(`${told.join('\n')}\nnpm run build && npm run golden says which pages; ${WHAT_TO_DO}`)
})
