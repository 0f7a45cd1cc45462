import { describe, expect, it } from 'vitest'
import { historyOf } from '#lib/publish/history/history.ts'
import { changeGroups, unknownsOf } from '#lib/site/changes/changes.ts'
import { compareReleases } from '#lib/site/changes/comparison.ts'
import { changesHtml } from '#lib/site/changes/html.ts'
import { changesPage } from '#lib/site/changes/page.ts'
import { apiText } from '#lib/site/files/api-text.ts'
import { contextMark, contextNotes } from '#lib/site/kfunc/context-notes.ts'
import { mergedGrid, supportGrid } from '#lib/site/kfunc/grid.ts'
import { historySteps } from '#lib/site/kfunc/history-list.ts'
import { implicitHref, implicitPage } from '#lib/site/kfunc/implicit-page.ts'
import { needsOf } from '#lib/site/kfunc/needs.ts'
import { kfuncPage } from '#lib/site/kfunc/page.ts'
import { succession } from '#lib/site/kfunc/successor.ts'
import { pairAsked } from '#lib/site/links/pair-asked.ts'
import { timelineRows, timelineSvg } from '#lib/site/pictures/timeline.ts'
import { releasePage } from '#lib/site/release/page.ts'
import { configLines } from '#lib/site/render/config-lines.ts'
import { happened, sinceText } from '#lib/site/render/dates.ts'
import { eventHtml } from '#lib/site/render/event-html.ts'
import { html } from '#lib/site/render/html.ts'
import { prototypeDiff } from '#lib/site/render/prototype-diff.ts'
import { makeSite } from '#lib/site/site.ts'
import { bareKfunc, kfunc, prototype, release, support } from '../sample.ts'

const int = prototype('int', 'bpf_x', [['int', 'a']])
const long = prototype('int', 'bpf_x', [['u64', 'a']])
const sleeps = support('XDP', 'sometimes', { conditions: ['only when the program is sleepable'] })
const trusted = {
  name: 'KF_TRUSTED_ARGS',
  bit: 4,
  comment: null,
  at: { path: 'include/linux/btf.h', line: 24 },
}
const releases = [
  release('6.18', [
    kfunc('bpf_old', { replacedBy: 'bpf_x' }),
    kfunc('bpf_x', {
      prototype: int,
      programTypes: [support('LSM', 'never'), support('TRACING', 'never'), support('XDP', 'always')],
    }),
  ]),
  release(
    '6.19',
    [
      kfunc('bpf_x', {
        prototype: int,
        programTypes: [support('LSM', 'never'), support('TRACING', 'always'), sleeps],
      }),
    ],
    { flags: [trusted] },
  ),
  release('7.0', [bareKfunc('bpf_new'), bareKfunc('bpf_x', { prototype: int })], { coverage: 'btf-only' }),
  release('7.1', [
    kfunc('bpf_new', { config: ['CONFIG_NET', 'CONFIG_BPF_SYSCALL'], object: 'nf_x' }),
    kfunc('bpf_x', {
      prototype: long,
      flags: ['KF_ACQUIRE'],
      programTypes: [support('LSM', 'never'), support('TRACING', 'always'), sleeps],
      introduced: { release: '6.13', exact: true, after: '6.12', commit: 'c'.repeat(40), earlier: null },
    }),
  ]),
]
const site = makeSite(releases, '/')

describe('words for when', () => {
  it.each([
    [{ from: '6.19', to: '7.0', exact: true }, 'in 7.0', 'since 7.0'],
    [{ from: '6.12', to: '6.16', exact: false }, 'between 6.12 and 6.16', 'new between 6.12 and 6.16'],
    [{ from: null, to: '6.1', exact: false }, 'first read in 6.1', 'in 6.1 or before'],
  ])('claim no more than is proven: %o', (moment, past, since) => {
    expect([happened(moment), sinceText(moment)]).toEqual([past, since])
  })
})

describe('the grid', () => {
  it('gives types with the same answers one row, and apart those that are always refused', () => {
    const grid = supportGrid(site, 'bpf_x', false)
    expect(grid.releases.map(({ id }) => id)).toEqual(['6.18', '6.19', '7.0', '7.1'])
    expect(grid.rows.map(({ types, cells }) => [types, cells.map(({ answer }) => answer)])).toEqual([
      [['TRACING'], ['no', 'yes', 'unknown', 'yes']],
      [['XDP'], ['yes', 'if', 'unknown', 'if']],
    ])
    expect(grid.never).toEqual(['LSM'])
  })

  it('leads from each cell to its reason', () => {
    const [row] = supportGrid(site, 'bpf_x', false).rows
    expect(row?.cells.map(({ href }) => href)).toEqual([
      '/6.18/bpf_x/#from-tracing',
      '/6.19/bpf_x/#from-tracing',
      '/7.0/bpf_x/#callable-from',
      '/7.1/bpf_x/#from-tracing',
    ])
  })

  it('tells a release without the kfunc from one that cannot say', () => {
    const [row] = supportGrid(site, 'bpf_old', false).rows
    expect(row?.cells.map(({ answer }) => answer)).toEqual(['yes', 'absent', 'unknown', 'absent'])
  })

  it('tells an image that cannot say from one that is proven not to have it', () => {
    const proven = releases.map((one) => (one.release.id === '7.0' ? { ...one, absent: ['bpf_old'] } : one))
    const [row] = supportGrid(makeSite(proven, '/'), 'bpf_old', false).rows
    expect(row?.cells.map(({ answer }) => answer)).toEqual(['yes', 'absent', 'absent', 'absent'])
  })

  it('joins neighbours with one answer where it is merged', () => {
    const grid = mergedGrid(
      makeSite(
        releases.filter(({ release: { id } }) => id !== '7.0'),
        '/',
      ),
      'bpf_x',
    )
    expect(grid.rows[0]?.cells.map(({ answer, span }) => [answer, span])).toEqual([
      ['no', 1],
      ['yes', 2],
    ])
  })

  it('leads from a joined cell to the newest release of it', () => {
    const shown = releases.filter(({ release: { id } }) => id !== '7.0')
    const { rows } = mergedGrid(makeSite(shown, '/'), 'bpf_x')
    expect(rows[0]?.cells.map(({ href }) => href)).toEqual([
      '/6.18/bpf_x/#from-tracing',
      '/7.1/bpf_x/#from-tracing',
    ])
  })

  it('says so when no release answers', () => {
    const bare = makeSite([release('7.0', [bareKfunc('bpf_x')], { coverage: 'btf-only' })], '/')
    expect(supportGrid(bare, 'bpf_x', false)).toMatchObject({ known: false, rows: [], never: [] })
  })
})

describe('the history of a kfunc', () => {
  it('stands newest first, its coming as closely as it is known', () => {
    const introduced = { release: '6.13', exact: true, after: '6.12', commit: null, earlier: null }
    const steps = historySteps(site.history.get('bpf_x') ?? [], introduced, site.catalog.row)
    expect(steps.map(({ when, events }) => [when, events.map(({ kind }) => kind)])).toEqual([
      ['in 7.1', ['prototype', 'flags']],
      ['in 6.19', ['callable']],
      ['in 6.13', ['added']],
    ])
  })

  it('says that it was only read first where no one knows when it came', () => {
    const introduced = { release: '6.12', exact: false, after: null, commit: null, earlier: null }
    const steps = historySteps(site.history.get('bpf_x') ?? [], introduced, site.catalog.row)
    expect(steps.at(-1)).toMatchObject({ when: 'first read in 6.12', events: [{ kind: 'first-seen' }] })
  })

  it('tells a return from the coming, where a release between lacked it', () => {
    const earlier = { release: '6.2', exact: true, after: '6.1', commit: null }
    const introduced = { release: '7.1', exact: true, after: '7.0', commit: null, earlier }
    const made = {
      kfunc: 'bpf_x',
      kind: 'added',
      from: '7.0',
      to: '7.1',
      exact: true,
      testOnly: false,
    } as const
    const steps = historySteps([{ ...made, replaces: ['bpf_old'] }], introduced, site.catalog.row)
    expect(steps).toMatchObject([
      { when: 'in 7.1', events: [{ kind: 'came-back', lastIn: null, replaces: ['bpf_old'] }] },
      { when: 'in 6.2', events: [{ kind: 'added', replaces: [] }] },
    ])
    const [back] = steps[0]?.events ?? []
    expect(back && eventHtml(back, () => null).html).toBe('It replaces <code>bpf_old</code>.')
    const seen = { ...made, kind: 'came-back', lastIn: '6.12', replaces: ['bpf_old'] } as const
    expect(eventHtml(seen, () => null).html).toBe('It was last in 6.12. It replaces <code>bpf_old</code>.')
  })

  it('dates the going of a name as closely as its renaming', () => {
    const made = { kfunc: 'bpf_old', to: '7.1', testOnly: false } as const
    const steps = historySteps(
      [
        { ...made, kind: 'first-seen', from: null, to: '6.1', exact: false },
        { ...made, kind: 'removed', from: '6.19', exact: false, replacedBy: ['bpf_x'] },
        {
          ...made,
          kind: 'renamed',
          from: '7.0',
          exact: true,
          oldName: 'bpf_old',
          newName: 'bpf_x',
          before: null,
          after: null,
        },
      ],
      null,
      site.catalog.row,
    )
    expect(steps).toMatchObject([
      { when: 'in 7.1', events: [{ kind: 'removed' }, { kind: 'renamed' }] },
      { when: 'first read in 6.1' },
    ])
  })

  it('marks the lines that are younger than the kfunc', () => {
    const page = kfuncPage(site, '7.1', 'bpf_x')
    expect(page.came).toEqual({ text: 'since 6.13', href: `https://git.kernel.org/linus/${'c'.repeat(40)}` })
    expect(page.flags.map(({ since }) => since)).toEqual(['since 7.1'])
    expect(page.parameters.map(({ since }) => since)).toEqual(['this type since 7.1'])
    const sinces = page.callable?.rows.map(({ since }) => since)
    expect(sinces).toEqual([
      { callable: 'since 6.19', conditions: null },
      { callable: null, conditions: 'since 6.19' },
    ])
  })

  it('leads from a kfunc that went to what stands for it, and back', () => {
    const use = { name: 'bpf_x', href: '/kfuncs/bpf_x/' }
    expect(succession(site, 'bpf_old', '6.18').use).toEqual({ ...use, since: null })
    expect(succession(site, 'bpf_old', null).use).toEqual({ ...use, since: 'since 6.13' })
    expect(succession(site, 'bpf_x', null).insteadOf.map(({ name }) => name)).toEqual(['bpf_old'])
  })
})

describe('two prototypes', () => {
  it.each([
    ['int f(int a, void *b)', 'int f(int a)', 'int f(int a, <del>void *b</del>);', 'int f(int a);'],
    [
      'int f(int a)',
      'void f(u64 a)',
      '<del>int f(</del><del>int a</del>);',
      '<ins>void f(</ins><ins>u64 a</ins>);',
    ],
    [
      'void f(int (*cb)(void *))',
      'void f(int (*cb)(void *map))',
      'void f(int (*cb)(void *));',
      'void f(int (*cb)(void *map));',
    ],
  ])('are marked where they differ: %s, %s', (before, after, del, ins) => {
    const diff = prototypeDiff(before, after)
    expect([diff.before.html, diff.after.html]).toEqual([del, ins])
  })
})

describe('what changed in a release', () => {
  it('is sorted by what readers look for', () => {
    const page = changesPage(site, '7.1')
    expect(page.before.id).toBe('7.0')
    expect(page.groups.filter(({ events }) => events.length > 0).map(({ anchor }) => anchor)).toEqual([
      'prototype',
      'flags',
      'config',
    ])
    expect(page.unknowns).toHaveLength(1)
  })

  it('is said at the release where the flag for trusted arguments was given up', () => {
    expect(changesPage(site, '7.1').trustedByDefault).toBe(false)
    expect(changesPage(site, '7.0').trustedByDefault).toBe(true)
  })

  it('is unknown for the oldest release', () => {
    expect(() => changesPage(site, '6.18')).toThrow('6.18 is the oldest release')
  })

  it('joins kfuncs of which the same is to be said', () => {
    const pair = [release('6.18', []), release('6.19', [kfunc('bpf_a'), kfunc('bpf_b')])]
    const groups = changeGroups([...historyOf(pair).values()].flat())
    const text = changesHtml(groups, '6.18', () => null).html
    expect(text).toContain('<div><dt><code>bpf_a</code></dt><dt><code>bpf_b</code></dt><dd></dd></div>')
    expect(text).toContain('<h2 id="removed">Removed</h2><p class="none">None</p>')
  })

  it('says what an image alone cannot tell', () => {
    const [, full, bare] = releases.map(({ release: head }) => head)
    if (!full || !bare) throw new Error('the sample has no such releases')
    expect(unknownsOf(full, full)).toEqual([])
    expect(unknownsOf(full, bare).join()).toContain('does not prove that it went')
  })
})

describe('a comparison of two releases', () => {
  const [older, , , newer] = releases
  if (!older || !newer) throw new Error('the sample has no such releases')

  it('needs nothing but their published data', () => {
    const { groups } = compareReleases(older, newer)
    const found = groups.flatMap(({ anchor, events }) => events.map(({ kfunc: name }) => [anchor, name]))
    expect(found).toEqual([
      ['added', 'bpf_new'],
      ['removed', 'bpf_old'],
      ['prototype', 'bpf_x'],
      ['flags', 'bpf_x'],
      ['callable', 'bpf_x'],
    ])
  })

  it.each([
    ['from=7.3&to=6.12', ['6.12', '7.3']],
    ['from=6.9&to=6.12', ['6.9', '6.12']],
    ['from=6.12&to=6.12', null],
    ['from=6.12', null],
    ['', null],
  ])('reads %o from the address', (query, pair) => {
    expect(pairAsked(new URLSearchParams(query))).toEqual(pair)
  })
})

describe('the text of a release', () => {
  it('has one line for each kfunc', () => {
    expect(releases[1] && apiText(releases[1])).toBe(
      [
        '# kfuncs of Linux 6.19 (v6.19.1, full): prototype; flags; program types (? sometimes, - not known)',
        'int bpf_x(int a); none; TRACING XDP?',
        '',
      ].join('\n'),
    )
  })

  it('differs in one line for each kfunc that changed', () => {
    const [before, after] = [releases[2], releases[3]].map((one) =>
      one ? apiText(one).split('\n').slice(1) : [],
    )
    expect(after?.filter((line) => !before?.includes(line))).toEqual([
      'void bpf_new(void); none; XDP',
      'int bpf_x(u64 a); ACQUIRE; TRACING XDP?',
    ])
  })
})

describe('what a call takes beside the program type', () => {
  const at = (line: number) => ({ path: 'kernel/bpf/verifier.c', line })
  const demands = [
    { flag: null, condition: '!gpl', message: 'cannot call it\\n', at: at(10) },
    { flag: 'KF_PERFMON', condition: '!may', message: 'only for CAP_PERFMON and CAP_SYS_ADMIN', at: at(20) },
  ]

  it('is the licence for every kfunc, and more by its flags', () => {
    const needs = (flags: string[]) => needsOf(release('9.1', [], { demands }), kfunc('bpf_x', { flags }))
    expect(needs([])?.map(({ place }) => place)).toEqual(['kernel/bpf/verifier.c:10'])
    expect(needs(['KF_PERFMON'])?.map(({ text }) => text)).toEqual([
      'a licence that is compatible with the GPL, as for every kfunc',
      '`CAP_PERFMON` or `CAP_SYS_ADMIN` to be loaded, because of `KF_PERFMON`',
    ])
  })

  it('is not known where no source was read', () => {
    expect(needsOf(release('9.1', [], { demands: null }), kfunc('bpf_x'))).toBe(null)
  })

  const argument = {
    parameter: 'skb',
    type: 'struct __sk_buff',
    programTypes: ['BPF_PROG_TYPE_SCHED_CLS'],
    by: 'context' as const,
    alsoTakes: null,
  }

  it('is a context, which is marked apart from the answers', () => {
    const odd = kfunc('bpf_x', { contextArguments: [argument] })
    expect(contextNotes(odd)).toEqual([
      {
        parameter: 'skb',
        without: ['BPF_PROG_TYPE_XDP'],
        text: 'Permitted; but its argument `skb` is the context (`struct __sk_buff`) of SCHED_CLS. Programs of XDP have no such context, and so cannot call it.',
      },
    ])
    expect(contextMark(odd, 'BPF_PROG_TYPE_SCHED_CLS')).toBeNull()
    expect(contextMark(odd, 'BPF_PROG_TYPE_XDP')).toContain('cannot be given')
  })

  it('names what a trusted pointer can stand in for', () => {
    const odd = kfunc('bpf_x', { contextArguments: [{ ...argument, alsoTakes: 'struct sk_buff' }] })
    expect(contextNotes(odd)[0]?.text).toContain('From XDP only a trusted `struct sk_buff *` will do.')
  })
})

describe('the configuration of a kfunc', () => {
  const gating = {
    off: ['CONFIG_UML'],
    alternatives: [['CONFIG_A'], ['CONFIG_B=m', 'CONFIG_C']],
    other: [],
    architectures: ['s390'],
    tristate: 'tristate' as const,
    module: 'nf_x',
    at: [{ path: 'net/Makefile', line: 3 }],
  }
  const head = release('7.3', []).release
  const lines = (more: Parameters<typeof kfunc>[1]) =>
    configLines(head, kfunc('bpf_x', more))?.lines.map((line) => line.html.replace(/<[^>]+>/g, ''))

  it('is said in words, what every kfunc needs left out', () => {
    expect(lines({ config: ['CONFIG_BPF_SYSCALL', 'CONFIG_NET'], gating })).toEqual([
      'On: CONFIG_NET',
      'And either CONFIG_A, or CONFIG_B=m and CONFIG_C',
      'Off: CONFIG_UML',
      'Only on s390',
      'Can be built as the module nf_x, which then has to be loaded',
    ])
  })

  it('is null where it was not read, and empty where there is none', () => {
    expect(configLines(head, kfunc('bpf_x'))).toBeNull()
    expect(lines({ config: ['CONFIG_BPF_SYSCALL'] })).toEqual([])
  })

  it('stands in the rows of the release, for its facets', () => {
    const rows = releasePage(site, '7.1').groups.flatMap((group) => group.rows)
    expect(rows.map(({ config, object }) => [config, object])).toEqual([
      ['CONFIG_NET', 'nf_x'],
      ['', ''],
    ])
  })
})

describe('the timeline', () => {
  const rows = timelineRows(site)

  it('counts what is proven to have come and gone, of an image as the least', () => {
    expect(rows.map(({ head, added, removed, atLeast }) => [head.id, added, removed, atLeast])).toEqual([
      ['6.18', 0, 0, false],
      ['6.19', 0, 1, false],
      ['7.0', 1, 0, true],
      ['7.1', 0, 0, false],
    ])
  })

  it('says in words what it draws', () => {
    const svg = timelineSvg(rows).html
    expect(svg).toContain('<desc id="timeline-desc">6.18: 2, 6.19: 1, 7.0: at least 2, 7.1: 2.')
    expect(svg).toContain('<title>6.19: 1; since 6.18 0 are new, 1 went</title>')
    expect(svg).toContain('<title>7.0: at least 2; since 6.19 1 are new, at least 0 went</title>')
  })
})

describe('implicit arguments', () => {
  const told = makeSite(
    [
      release('7.1', [
        kfunc('bpf_y', {
          flags: ['KF_IMPLICIT_ARGS'],
          prototype: prototype('void', 'bpf_y'),
          kernelPrototype: prototype('void', 'bpf_y', [['struct bpf_prog_aux *', 'aux', true]]),
        }),
        kfunc('bpf_y_impl', { kind: 'generated', registrations: [] }),
        kfunc('bpf_z'),
      ]),
    ],
    '/',
  )

  it('are told of for the kfuncs that have some', () => {
    expect(
      implicitPage(told).kfuncs.map(({ name, runs }) => [name, runs.map(({ row }) => row.impl)]),
    ).toEqual([['bpf_y', ['generated']]])
    expect(implicitHref(told, 'bpf_y')).toBe('/implicit-arguments/#args-bpf_y')
    expect(implicitHref(told, 'bpf_z')).toBeNull()
  })
})

describe('a template', () => {
  it('escapes text and prints HTML, lists and numbers', () => {
    expect(html`<b>${'<&">'}</b>${html`<i>`}${[1, 'a', null, false]}`.html).toBe(
      '<b>&lt;&amp;&quot;&gt;</b><i>1a',
    )
  })
})
