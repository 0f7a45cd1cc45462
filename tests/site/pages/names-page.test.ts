/** All names through all releases: where a bar begins, and what is not known. */
import { describe, expect, it } from 'vitest'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { namesPage } from '#lib/site/pages/names-page.ts'
import { makeSite } from '#lib/site/site.ts'
import { bareKfunc, kfunc, prototype, release } from '../sample.ts'

/** "presence×releases word address" of each bar of `bpf_a`. */
function barsOf(...releases: Release[]): string[] {
  const page = namesPage(makeSite(releases, '/'))
  const row = page.rows.find(({ name }) => name === 'bpf_a')
  return (row?.runs ?? []).map(
    ({ presence, span, began, href }) => `${presence}×${span} ${began ?? '-'} ${href ?? '-'}`,
  )
}
const other = kfunc('bpf_b')
const having = (id: string, one: Kfunc | null): Release => release(id, one ? [one, other] : [other])

describe('the row of a name', () => {
  it('is one bar where nothing changed, and leads to its newest page', () => {
    expect(barsOf(having('7.1', kfunc('bpf_a')), having('7.2', kfunc('bpf_a')))).toEqual([
      'there×2 - /7.2/bpf_a/',
    ])
  })

  it('says when it came and when it went', () => {
    expect(
      barsOf(having('7.0', null), having('7.1', kfunc('bpf_a')), having('7.2', null), having('7.3', null)),
    ).toEqual(['absent×1 - -', 'there×1 came /7.1/bpf_a/', 'absent×2 went -'])
  })

  it('begins a bar where prototype, flags or callers changed', () => {
    const changed = kfunc('bpf_a', { prototype: prototype('int', 'bpf_a'), flags: ['KF_RCU'] })
    expect(barsOf(having('7.1', kfunc('bpf_a')), having('7.2', changed))).toEqual([
      'there×1 - /7.1/bpf_a/',
      'there×1 prototype, flags /7.2/bpf_a/',
    ])
  })

  it('does not take silence of an image for absence', () => {
    const image = release('7.2', [bareKfunc('bpf_b')], { coverage: 'btf-only' })
    expect(barsOf(having('7.1', kfunc('bpf_a')), image, having('7.3', kfunc('bpf_a')))).toEqual([
      'there×1 - /7.1/bpf_a/',
      'unknown×1 - -',
      'there×1 - /7.3/bpf_a/',
    ])
  })

  it('names what to use instead', () => {
    const old = kfunc('bpf_a', { replacedBy: 'bpf_b' })
    const page = namesPage(makeSite([having('7.1', old)], '/'))
    expect(page.rows.map(({ name, use }) => [name, use?.href ?? null])).toEqual([
      ['bpf_a', '/kfuncs/bpf_b/'],
      ['bpf_b', null],
    ])
  })
})
