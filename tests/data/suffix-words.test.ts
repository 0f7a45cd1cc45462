/** What a suffix means is told once: what a browser prints of it is what its page says. */
import { expect, test } from 'vitest'
import { loadProse, loadReleases } from '#content-fs'
import { readLibrary } from '#lib/prose/library.ts'
import { markdownText } from '#lib/prose/markdown.ts'
import { SUFFIX_WORDS } from '#lib/site/render/suffix-words.ts'
import { textDates } from '#lib/site/text-dates.ts'

test('the words on a suffix are the summary of its page', () => {
  const files = loadProse()
  const pages = readLibrary(files, textDates(loadReleases(), files)).list('suffixes')
  const summaries = pages.map(({ slug, summary }) => {
    const text = (summary ? markdownText(summary) : '').replace(/\.$/, '')
    return [slug, text.charAt(0).toLowerCase() + text.slice(1)]
  })
  expect(SUFFIX_WORDS).toEqual(Object.fromEntries(summaries))
})
