import { expect, it } from 'vitest'
import { openSearch } from '#lib/site/files/open-search.ts'
import { siteUrls } from '#lib/site/links/urls.ts'

it('describes the search by whole addresses, under the base', () => {
  const xml = openSearch('https://x.example', siteUrls('/atlas'))
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<OpenSearchDescription /)
  expect(xml).toContain('template="https://x.example/atlas/search/?q={searchTerms}"')
  expect(/<ShortName>(.*)<\/ShortName>/.exec(xml)?.[1]?.length).toBeLessThanOrEqual(16)
})
