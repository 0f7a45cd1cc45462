/** The grid of a release: what shares a column, where cells lead, and its picture. */
import { describe, expect, it } from 'vitest'
import type { Kfunc, Release, Support } from '#lib/model/published.ts'
import { type ReleaseGrid, releaseGrid } from '#lib/site/release/grid.ts'
import { makeSite } from '#lib/site/site.ts'
import { gridMap } from '../../../src/components/grid-map.ts'
import { bareKfunc, kfunc, release, support } from '../sample.ts'

const gridOf = (one: Release): ReleaseGrid => releaseGrid(makeSite([one], '/'), '7.3')
const answers = (name: string, ...programTypes: Support[]): Kfunc => kfunc(name, { programTypes })

const grid = gridOf(
  release('7.3', [
    answers(
      'bpf_a',
      support('LSM', 'never'),
      support('SK_MSG', 'always'),
      support('TC', 'always'),
      support('XDP', 'sometimes', { conditions: ['one'] }),
    ),
    answers(
      'bpf_b',
      support('LSM', 'never', { conditions: ['refused by a filter'] }),
      support('SK_MSG', 'always'),
      support('TC', 'always'),
      support('XDP', 'always'),
    ),
  ]),
)
const columns = ({ columns: all }: ReleaseGrid): string[] =>
  all.map(({ types }) => types.map(({ short }) => short).join())

describe('the grid of a release', () => {
  it('joins the types that get the same answers, and ends with those that may call least', () => {
    expect(columns(grid)).toEqual(['SK_MSG,TC', 'XDP', 'LSM'])
    expect(grid.types).toBe(4)
  })

  it('keeps types apart whose conditions or configuration differ', () => {
    const apart = gridOf(
      release('7.3', [
        answers(
          'bpf_a',
          support('A', 'sometimes', { conditions: ['one'] }),
          support('B', 'sometimes', { conditions: ['two'] }),
          support('C', 'always'),
          support('D', 'always', { config: ['CONFIG_NET'] }),
        ),
      ]),
    )
    expect(columns(apart)).toEqual(['A', 'B', 'C', 'D'])
  })

  it('leads to each reason, and nowhere from a plain no', () => {
    const cells = grid.groups.flatMap(({ rows }) => rows.map((row) => row.cells))
    expect(cells).toEqual([
      [
        { answer: 'yes', href: '/7.3/bpf_a/#from-sk_msg' },
        { answer: 'if', href: '/7.3/bpf_a/#from-xdp' },
        { answer: 'no', href: null },
      ],
      [
        { answer: 'yes', href: '/7.3/bpf_b/#from-sk_msg' },
        { answer: 'yes', href: '/7.3/bpf_b/#from-xdp' },
        { answer: 'no', href: '/7.3/bpf_b/#from-lsm' },
      ],
    ])
  })

  it('says that an answer is not known, rather than no', () => {
    const half = gridOf(
      release('7.3', [answers('bpf_a', support('XDP', 'always')), kfunc('bpf_b', { programTypes: null })]),
    )
    expect(half.groups[0]?.rows[1]?.cells).toEqual([{ answer: 'unknown', href: '/7.3/bpf_b/#callable-from' }])
  })

  it('is not drawn where no source was read', () => {
    const bare = gridOf(release('7.3', [bareKfunc('bpf_a')], { coverage: 'btf-only' }))
    expect([bare.columns, bare.groups]).toEqual([[], []])
    expect(bare.coverage).toContain('No source of 7.3')
  })
})

describe('its map', () => {
  const { html } = gridMap(grid)

  it('joins neighbours that answer the same, and draws nothing for a no', () => {
    const paths = [...html.matchAll(/class="(\w+)" d="([^"]*)"/g)].map(([, name, d]) => `${name} ${d}`)
    expect(paths).toEqual([
      'always M196 16h4v13h-4z',
      'always M198 31h2v13h-2z',
      'sometimes M196 34.25h2v6.5h-2z',
    ])
  })

  it('leads to the parts of the table, and is out of the way of a keyboard and a screen reader', () => {
    expect(html).toContain('aria-hidden="true"')
    expect(html).toContain('<a href="#bpf-core" tabindex="-1"><title>BPF core: 2</title>')
  })
})
