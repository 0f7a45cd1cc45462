import { describe, expect, it } from 'vitest'
import { Index, KfuncHistory, Release } from '#lib/model/published.ts'
import { dataFiles, schemaFile } from '#lib/site/files/data-files.ts'
import { historyPage } from '#lib/site/kfunc/history-page.ts'
import { kfuncPage } from '#lib/site/kfunc/page.ts'
import { whatIsNew } from '#lib/site/pages/home-page.ts'
import { flagPage } from '#lib/site/release/flag-page.ts'
import { releasePage } from '#lib/site/release/page.ts'
import { programTypePage, programTypesPage } from '#lib/site/release/program-type-page.ts'
import { callableIn, factsIn, releaseToOpen } from '#lib/site/search/data.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { makeSite } from '#lib/site/site.ts'
import { bareKfunc, kfunc, prototype, registration, release, support } from './sample.ts'

const x = prototype('int', 'bpf_x', [['void *', 'map__map']])
const full = prototype('int', 'bpf_x', [
  ['void *', 'map__map'],
  ['struct bpf_prog_aux *', 'aux', true],
])
const site = makeSite(
  [
    release('6.12', [
      kfunc('bpf_gone'),
      kfunc('bpf_x', {
        prototype: prototype('int', 'bpf_x'),
        definition: { path: 'net/core/xdp.c', line: 3 },
      }),
    ]),
    release('7.0', [bareKfunc('bpf_new'), bareKfunc('bpf_x', { prototype: x })], { coverage: 'btf-only' }),
    release(
      '7.3',
      [
        kfunc('bpf_new', {
          flags: ['KF_ACQUIRE'],
          doc: {
            summary: 'Like bpf_x() but new.',
            body: '',
            parameters: {},
            returns: null,
            at: { path: 'a.c', line: 1 },
            license: 'GPL-2.0',
          },
        }),
        kfunc('bpf_x', {
          prototype: x,
          kernelPrototype: full,
          registrations: [registration('TRACING'), registration('XDP', { flags: ['KF_ACQUIRE'] })],
          programTypes: [
            support('LSM', 'always', { how: 'shared-hook' }),
            support('SYSCALL', 'never'),
            support('TRACING', 'always'),
            support('XDP', 'sometimes', { conditions: ['only when the program is sleepable'] }),
          ],
        }),
        kfunc('bpf_x_impl', { kind: 'generated', registrations: [] }),
      ],
      {
        hooks: [
          {
            name: 'TRACING',
            programTypes: ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'],
            at: { path: 'kernel/bpf/btf.c', line: 9 },
          },
        ],
        gaps: [{ rule: 'r', message: 'something is odd', kfunc: 'bpf_x', at: { path: 'b.c', line: 2 } }],
      },
    ),
  ],
  '/',
)

describe('the page of a kfunc', () => {
  const page = kfuncPage(site, '7.3', 'bpf_x')

  it('keeps to the kfunc in the release menu, newest first', () => {
    expect(page.menu.map(({ id, href, here }) => [id, href, here])).toEqual([
      ['7.3', '/7.3/bpf_x/', true],
      ['7.0', '/7.0/bpf_x/', false],
      ['6.12', '/6.12/bpf_x/', false],
    ])
  })

  it('says in the menu where a release does not have it', () => {
    expect(kfuncPage(site, '7.3', 'bpf_new').menu.at(-1)).toEqual({
      id: '6.12',
      href: '/6.12/',
      here: false,
      longTerm: false,
      note: 'not in 6.12',
    })
  })

  it('shows the kernel prototype only where it differs', () => {
    expect(page.kernelPrototypeHtml).toContain('class="implicit"')
    expect(page.implicit).toEqual(['aux'])
    expect(kfuncPage(site, '7.3', 'bpf_new').kernelPrototypeHtml).toBeNull()
  })

  it('lists implicit parameters after those that a program passes', () => {
    expect(page.parameters.map(({ name, implicit, anchor }) => [name, implicit, anchor])).toEqual([
      ['map__map', false, 'param-map__map'],
      ['aux', true, 'param-aux'],
    ])
  })

  it('tells of the generated twin, which has no page', () => {
    expect(page.twin).toBe('bpf_x_impl')
    expect(() => kfuncPage(site, '7.3', 'bpf_x_impl')).toThrow('bpf_x_impl has no page in 7.3')
  })

  it('puts what can be called first and names the type whose hook is shared', () => {
    expect(
      page.callable?.rows.map(({ types, callable, how }) => [types.map((type) => type.short), callable, how]),
    ).toEqual([
      [['LSM'], 'always', 'shares its hook with TRACING'],
      [['TRACING'], 'always', 'registered for it'],
      [['XDP'], 'sometimes', 'registered for it'],
    ])
    expect(page.callable?.sentence).toBe('Of 4 program types: always from 2, sometimes from 1, never from 1.')
  })

  it('says since when a line is so, where it is younger than the kfunc', () => {
    expect(page.parameters[0]?.since).toBe('new between 6.12 and 7.0')
    expect(page.callable?.rows.find(({ callable }) => callable === 'sometimes')?.since).toEqual({
      callable: null,
      conditions: 'new between 6.12 and 7.3',
    })
    expect(kfuncPage(site, '6.12', 'bpf_x').callable?.rows.map(({ since }) => since)).toEqual([
      { callable: null, conditions: null },
    ])
  })

  it('shows flags by registration where they differ', () => {
    expect(page.registered?.map(({ flags }) => flags)).toEqual([[], [{ name: 'KF_ACQUIRE', set: null }]])
  })

  it('names its gaps with their places', () => {
    expect(page.gaps).toEqual([
      {
        text: 'something is odd',
        place: { text: 'b.c:2', href: 'https://elixir.bootlin.com/linux/v7.3.1/source/b.c#L2' },
      },
    ])
  })

  it('links kfuncs that the comment names', () => {
    expect(kfuncPage(site, '7.3', 'bpf_new').summaryHtml).toBe(
      'Like <a href="/7.3/bpf_x/"><code>bpf_x()</code></a> but new.',
    )
  })

  it('says why a release without source cannot answer', () => {
    const bare = kfuncPage(site, '7.0', 'bpf_x')
    expect([bare.callable, bare.registered, bare.definition]).toEqual([null, null, null])
    expect(bare.coverage).toMatch(/^No source of 7\.0 was to be had/)
  })
})

describe('lists', () => {
  it('group a release by where its kfuncs are defined, a release without source by the nearest that knows', () => {
    const groups = (id: string) =>
      releasePage(site, id).groups.map(({ name, rows }) => [name, rows.map((row) => row.name)])
    expect(groups('6.12')).toEqual([
      ['BPF core', ['bpf_gone']],
      ['Networking core', ['bpf_x']],
    ])
    // of two as near, the newer, which moved it
    expect(groups('7.0')).toEqual([['BPF core', ['bpf_new', 'bpf_x']]])
  })

  it('never hold generated twins', () => {
    expect(site.catalog.names).toEqual(['bpf_gone', 'bpf_new', 'bpf_x'])
  })

  it('of a program type hold what it may always and sometimes call', () => {
    const page = programTypePage(site, '7.3', 'BPF_PROG_TYPE_XDP')
    expect([
      page.always.map(({ how, kfuncs }) => [how, kfuncs.map((row) => row.name)]),
      page.sometimes.map((row) => row.name),
      page.never,
    ]).toEqual([[['registered for it', ['bpf_new']]], ['bpf_x'], 0])
  })

  it('of program types are empty, with the reason, where the release cannot tell', () => {
    expect(programTypesPage(site, '7.0')).toMatchObject({
      rows: [],
      coverage: expect.stringContaining('No source of 7.0'),
    })
  })

  it('of a flag hold who carries it', () => {
    expect(flagPage(site, '7.3', 'KF_ACQUIRE').rows.map((row) => row.name)).toEqual(['bpf_new'])
    expect(flagPage(site, '7.0', 'KF_ACQUIRE').place).toBeNull()
  })

  it('of what is new compare the two newest releases that were read in full', () => {
    const news = whatIsNew(site)
    expect([news?.newer, news?.older]).toEqual(['7.3', '6.12'])
    expect([news?.added.map((row) => row.name), news?.gone.map((row) => row.name)]).toEqual([
      ['bpf_new'],
      ['bpf_gone'],
    ])
  })

  it('of what is new take a release for proof of which the source alone was read', () => {
    const [a, b] = [
      release('7.1', [kfunc('bpf_x')]),
      release('7.2', [kfunc('bpf_y')], { coverage: 'source-only' }),
    ]
    expect(whatIsNew(makeSite([a, b], '/'))).toMatchObject({
      newer: '7.2',
      older: '7.1',
      gone: [{ name: 'bpf_x' }],
    })
  })
})

describe('a kfunc through all releases', () => {
  it('stands newest first, with a prototype only where it changes', () => {
    const { runs } = historyPage(site, 'bpf_x')
    expect(
      runs.map((run) => [run.releases.map(({ id }) => id), run.prototypeHtml !== null, run.samePrototype]),
    ).toEqual([
      [['7.3'], true, false],
      [['7.0'], false, true],
      [['6.12'], true, false],
    ])
  })

  it('keeps its page once it is gone', () => {
    const page = historyPage(site, 'bpf_gone')
    expect(page.newest).toEqual({ id: '6.12', href: '/6.12/bpf_gone/' })
    expect(page.runs.map((run) => run.absence)).toEqual(['not there', 'not in the image that was read', null])
  })
})

describe('the data of the search', () => {
  const data = searchIndex(site)
  const [gone, added, x] = data.kfuncs

  it('has a row for each name, with its releases, and its sentence', () => {
    expect(data.releases).toEqual(['6.12', '7.0', '7.3'])
    expect(data.kfuncs.map(([name, releases, , summary]) => [name, releases, summary])).toEqual([
      ['bpf_gone', [0, 1], ''],
      ['bpf_new', [1], 'Like bpf_x() but new.'],
      ['bpf_x', [0], ''],
    ])
  })

  it('tells what each release says of a declaration', () => {
    expect(data.suffixes).toEqual(['__map'])
    expect([0, 1, 2].map((release) => x && factsIn(x, release)?.[4])).toEqual([[], [0], [0]])
    expect(added && [1, 2].map((release) => factsIn(added, release)?.[3].map((i) => data.flags[i]))).toEqual([
      [],
      ['KF_ACQUIRE'],
    ])
  })

  it('tells which program types may call, and where that is not known', () => {
    expect(x && callableIn(data, x, 2)?.map((i) => data.programTypes[i])).toEqual(['lsm', 'tracing', 'xdp'])
    expect(x && callableIn(data, x, 1)).toBe(null)
    expect(gone && callableIn(data, gone, 0)?.map((i) => data.programTypes[i])).toEqual(['xdp'])
  })

  it.each([
    ['bpf_gone', 0, 0],
    ['bpf_gone', 2, 0],
    ['bpf_new', 1, 1],
    ['bpf_x', -1, 2],
  ])('opens %s in the release at hand, %i, else in the newest that has it', (name, atHand, opened) => {
    const kfunc = data.kfuncs.find(([one]) => one === name)
    expect(kfunc && releaseToOpen(data, kfunc, atHand)).toBe(opened)
  })
})

describe('the published files', () => {
  const files = dataFiles(site)

  it('fit their schemas', () => {
    expect(Index.safeParse(JSON.parse(files.index())).success).toBe(true)
    expect(Release.safeParse(JSON.parse(files.release('7.3'))).success).toBe(true)
    expect(KfuncHistory.safeParse(JSON.parse(files.kfunc('bpf_x'))).success).toBe(true)
  })

  it('stop the build with the file and the path where they do not', () => {
    const broken = makeSite([release('7.3', [kfunc('bpf_x', { object: undefined as never })])], '/')
    expect(() => dataFiles(broken).release('7.3')).toThrow(/^data\/7\.3\.json: kfuncs\.0\.object: /)
  })

  it('come with a schema that allows each of their shapes', () => {
    const schema = JSON.parse(schemaFile())
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema.anyOf).toEqual(
      ['Index', 'Release', 'KfuncHistory', 'Matrix'].map((name) => ({ $ref: `#/$defs/${name}` })),
    )
  })
})

describe('a site of nothing', () => {
  it('is refused', () => expect(() => makeSite([], '/')).toThrow('content/data is empty'))
})
