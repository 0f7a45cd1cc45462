/** The picture of what flows around a kfunc: what it names, and that everything lies inside it. */
import { describe, expect, it } from 'vitest'
import type { Kfunc } from '#lib/model/published.ts'
import { flowPicture } from '#lib/site/pictures/type-flow.ts'
import { made } from '../../publish/usage/usage-fixture.ts'
import { release } from '../sample.ts'

const picture = (own: Kfunc, ...others: Kfunc[]): string | null =>
  flowPicture(own, release('7.3', [own, ...others]), (name) => `/7.3/${name}/`)?.html ?? null
const texts = (svg: string | null): string[] =>
  [...(svg ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text)

const own = made('own', 'struct y *', ['struct x *p'])
const giver = made('giver', 'struct x *')

describe('the picture of what flows around a kfunc', () => {
  it('is not drawn where nothing does', () => {
    expect(picture(own, made('apart', 'int'))).toBe(null)
  })

  it('names the type above the kfuncs that share it', () => {
    const taker = made('taker', 'int', ['struct y *p'])
    expect(texts(picture(own, giver, taker))).toEqual(['own', 'struct x *', 'giver', 'struct y *', 'taker'])
  })

  it('shows five of a side, and says how many more there are', () => {
    const takers = Array.from({ length: 7 }, (_, i) => made(`t_${i}`, 'int', ['struct y *p']))
    expect(texts(picture(own, ...takers))).toEqual([
      'own',
      'struct y *',
      't_0',
      't_1',
      't_2',
      't_3',
      't_4',
      'and 2 more',
    ])
  })

  it('is out of the way of keyboard and screen reader, and leads to the pages', () => {
    const svg = picture(own, giver) ?? ''
    expect(svg).toMatch(/^<svg [^>]*aria-hidden="true"/)
    expect(svg.match(/<a [^>]*>/g)).toEqual(['<a href="/7.3/giver/" tabindex="-1">'])
    expect(svg).not.toContain('style=')
  })

  it('keeps all of its lines inside', () => {
    const long = made(`taker_${'x'.repeat(40)}`, 'int', ['struct y *p'])
    const svg = picture(own, giver, long) ?? ''
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
    for (const [, x, y, text = ''] of svg.matchAll(/<text[^>]* x="(\d+)" y="(\d+)">([^<]*)</g)) {
      expect(Number(y)).toBeLessThan(Number(height))
      if (text === long.name) expect(Number(x) + text.length * 7).toBeLessThan(Number(width))
    }
  })
})
