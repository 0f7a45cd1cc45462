import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const FOLDER = 'src/styles'
const sheets = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const)

/** What names a side of the screen where the side of the text is meant. */
const PHYSICAL =
  /(?:padding|margin|border|scroll-margin)-(?:left|right)|^\s*(?:left|right):|(?:text-align|float): (?:left|right)/m

describe('the styles', () => {
  it.each(sheets)('%s turn with the direction of the text', (_, css) => {
    expect(PHYSICAL.exec(css)?.[0] ?? null).toBeNull()
    const uneven = [...css.matchAll(/(?:padding|margin): (\S+) (\S+) (\S+) (\S+);/g)]
    expect(uneven.filter(([, , right, , left]) => right !== left).map(([found]) => found)).toEqual([])
  })

  it.each(sheets)('%s move nothing', (_, css) => {
    expect(/transition|animation|scroll-behavior/.exec(css)?.[0] ?? null).toBeNull()
  })

  it('mark what has the focus', () => {
    const all = sheets.map(([, css]) => css).join('\n')
    expect(all).toContain(':focus-visible')
    expect(/outline: (?:none|0)/.exec(all)).toBeNull()
  })
})
