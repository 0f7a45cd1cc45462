import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HEADER_POLICY, META_POLICY } from '#lib/site/files/content-policy.ts'
import { EARLY_THEME } from '#lib/site/theme.ts'

describe('the content policy', () => {
  it('has the hash of the one inline script', () => {
    const hash = createHash('sha256').update(EARLY_THEME).digest('base64')
    expect(/'(sha256-[^']+)'/.exec(META_POLICY)?.[1]).toBe(`sha256-${hash}`)
  })

  it('stands in the README as it is sent', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`Content-Security-Policy: ${HEADER_POLICY}\n`)
  })

  it('allows nothing unsafe and no other host', () => {
    expect(HEADER_POLICY).not.toMatch(/unsafe|https?:|\*|data:/)
  })
})
