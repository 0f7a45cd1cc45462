import { expect, test } from 'vitest'
import { lifespanText } from '#lib/model/lifespan.ts'
import type { Introduced } from '#lib/model/published.ts'
import { releaseRow } from '#lib/model/release-row.ts'
import { absencesAfter, lifespansOf, type Shown, withIntroduced } from '#lib/publish/history/lifespans.ts'
import { follows } from '../../support/mainline.ts'

/** "5.19 6.0+ 6.12? 7.0+": there in 6.0 and 7.0, not known of 6.12. */
function shownIn(written: string): { shown: Shown[]; row: ReturnType<typeof releaseRow> } {
  const shown = written.split(' ').map((word): Shown => {
    const [, release = '', sign] = /^([\d.]+)([+?]?)$/.exec(word) ?? []
    return { release, presence: sign === '+' ? 'there' : sign === '?' ? 'unknown' : 'absent' }
  })
  const heads = shown.map(({ release: id }) => ({ id, coverage: 'full' as const, follows: follows(id) }))
  return { shown, row: releaseRow(heads) }
}

const lifespans = (written: string) => {
  const { shown, row } = shownIn(written)
  return lifespansOf(shown, row)
}

test.each([
  ['6.1 6.2 6.3', []],
  ['6.2 6.3+ 6.12+', ['since 6.3']],
  ['6.1 6.3+', ['since 6.3 or earlier']],
  ['6.3+ 6.4+', ['since 6.3 or earlier']],
  ['6.2 6.3? 6.4+', ['since 6.4 or earlier']],
  ['5.19 6.0+ 6.1', ['in 6.0']],
  ['6.2 6.3+ 6.4+ 6.5', ['from 6.3 to 6.4']],
  ['6.2 6.3+ 6.12+ 6.13? 6.14', ['from 6.3 to 6.12 or later']],
  ['6.1 6.3+ 6.5', ['around 6.3']],
  ['6.2 6.3+ 6.5', ['from 6.3 to 6.3 or later']],
  ['6.19+ 7.0', ['until 6.19']],
  ['6.2 6.3+ 6.4 6.5? 7.0 7.1+ 7.2?', ['in 6.3', 'since 7.1']],
])('%s: %j', (written, texts) => {
  expect(lifespans(written).map(lifespanText)).toEqual(texts)
})

test.each([
  ['6.1 6.2+ 6.3+', []],
  ['6.2+ 6.3 6.4', ['since 6.3']],
  ['6.2+ 6.4', ['since 6.4 or earlier']],
  ['6.2+ 6.3 6.4 6.12+ 6.13', ['from 6.3 to 6.4 or later', 'since 6.13']],
])('%s, after it went: %j', (written, texts) => {
  expect(absencesAfter(lifespans(written)).map(lifespanText)).toEqual(texts)
})

/** The times of a kfunc that is known to have come so. */
function introduced(written: string, came: Readonly<Record<string, Introduced>>): string[] {
  const { shown, row } = shownIn(written)
  return withIntroduced(lifespansOf(shown, row), shown, row, (id) => came[id] ?? null).map(lifespanText)
}
const at = (release: string, exact = true): Introduced => ({
  release,
  exact,
  after: null,
  commit: null,
  earlier: null,
})

test('what people found in trees narrows when a kfunc came', () => {
  expect(introduced('6.1 6.12+ 6.13', { '6.12': at('6.10') })).toEqual(['from 6.10 to 6.12'])
  expect(introduced('6.1 6.12+', { '6.12': at('6.10', false) })).toEqual(['since 6.10 or earlier'])
  expect(introduced('6.1 6.12+', {})).toEqual(['since 6.12 or earlier'])
})

test('a kfunc that came, went and came back between releases that were read has two times', () => {
  const back: Introduced = { ...at('7.1'), earlier: at('6.2') }
  expect(introduced('6.1 6.12 7.0 7.1+', { '7.1': back })).toEqual(['from 6.2 to 6.2 or later', 'since 7.1'])
  expect(introduced('6.1 6.3 7.0 7.1+', { '7.1': back })).toEqual(['in 6.2', 'since 7.1'])
})
