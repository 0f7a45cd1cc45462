import { describe, expect, it } from 'vitest'
import { answerLetters, makeStrips } from '#lib/site/pictures/strip.ts'
import { facetChoices } from '#lib/site/release/facet-choices.ts'
import {
  FACETS,
  type Facet,
  type FacetRow,
  facetCounts,
  readFacets,
  shownRows,
  writeFacets,
} from '#lib/site/release/facets.ts'
import { releasePage } from '#lib/site/release/page.ts'
import { makeSite } from '#lib/site/site.ts'
import { bareKfunc, kfunc, prototype, release, support } from '../sample.ts'

const none = Object.fromEntries(FACETS.map((facet) => [facet, []])) as unknown as FacetRow['values']
const row = (text: string, values: Partial<Record<Facet, readonly string[]>>): FacetRow => ({
  text,
  values: { ...none, ...values },
})
const rows = [
  row('bpf_task_acquire acquire ret_null', { type: ['tracing', 'xdp'], flag: ['KF_ACQUIRE', 'KF_RET_NULL'] }),
  row('bpf_task_release release', { type: ['tracing'], flag: ['KF_RELEASE'] }),
  row('bpf_xdp_ct_lookup acquire', { type: ['xdp'], flag: ['KF_ACQUIRE'], object: ['nf_conntrack'] }),
]

describe('a list narrowed by facets', () => {
  it.each([
    ['', [true, true, true]],
    ['?q=TASK', [true, true, false]],
    ['?q=null+task', [true, false, false]],
    ['?type=xdp', [true, false, true]],
    ['?type=xdp&flag=KF_ACQUIRE&q=ct', [false, false, true]],
    ['?type=tc', [false, false, false]],
  ])('for %j shows %j', (query, shown) => {
    expect(shownRows(rows, readFacets(query))).toEqual(shown)
  })

  it.each<[query: string, facet: Facet, counts: Record<string, number>]>([
    ['', 'type', { tracing: 2, xdp: 2 }],
    ['?flag=KF_ACQUIRE', 'type', { tracing: 1, xdp: 2 }],
    // its own choice does not count: the others stay on offer
    ['?flag=KF_ACQUIRE', 'flag', { KF_ACQUIRE: 2, KF_RET_NULL: 1, KF_RELEASE: 1 }],
    ['?flag=KF_ACQUIRE&type=tracing', 'flag', { KF_ACQUIRE: 1, KF_RET_NULL: 1, KF_RELEASE: 1 }],
    ['?q=lookup', 'object', { nf_conntrack: 1 }],
    ['?q=lookup', 'flag', { KF_ACQUIRE: 1 }],
  ])('for %j counts of %s %j', (query, facet, counts) => {
    expect(Object.fromEntries(facetCounts(rows, readFacets(query)).get(facet) ?? [])).toEqual(counts)
  })
})

describe('the state of facets in an address', () => {
  it.each([
    ['', ''],
    ['?q=++', ''],
    ['?flag=KF_RCU&type=xdp&q=dynptr', '?q=dynptr&type=xdp&flag=KF_RCU'],
    ['?colour=red&type=', ''],
    ['?q=%3Ca%3E+b', '?q=%3Ca%3E+b'],
  ])('%j is written %j, and read again the same', (query, written) => {
    expect(writeFacets(readFacets(query))).toBe(written)
    expect(writeFacets(readFacets(written))).toBe(written)
  })
})

const site = makeSite(
  [
    release('6.12', [kfunc('bpf_x')]),
    release('7.0', [bareKfunc('bpf_x')], { coverage: 'btf-only' }),
    release('7.3', [
      kfunc('bpf_x', {
        flags: ['KF_ACQUIRE'],
        programTypes: [support('XDP', 'sometimes'), support('LSM', 'always')],
      }),
      kfunc('bpf_y', {
        object: 'nf_x',
        prototype: prototype('int', 'bpf_y'),
        introduced: { release: '7.2', exact: false, after: '7.0', commit: null, earlier: null },
      }),
    ]),
  ],
  '/',
)

describe('the rows of a release', () => {
  const [x, y] = releasePage(site, '7.3').groups.flatMap((group) => group.rows)

  it('say when a kfunc came and last changed, and no more than is proven', () => {
    expect([x?.since, x?.changed, y?.since]).toEqual(['', '7.3', '≤ 7.2'])
  })

  it('show the prototype where the kernel says nothing', () => {
    expect(y?.prototype).toBe('int bpf_y(void)')
  })

  it('give the answers in the order of the program types of the release', () => {
    expect(releasePage(site, '7.3').types.map(({ short }) => short)).toEqual(['LSM', 'TRACING', 'XDP'])
    expect([x?.answers, y?.answers]).toEqual(['ans', 'nna'])
  })

  it('can be narrowed by what differs among them, by changes only since releases that were read whole', () => {
    const facets = facetChoices(releasePage(site, '7.3'))
    const of = (facet: Facet) => facets.find((one) => one.facet === facet)?.choices.map(({ value }) => value)
    expect(of('type')).toEqual(['lsm', 'tracing', 'xdp'])
    expect(of('object')).toEqual(['vmlinux', 'nf_x'])
    expect(of('changed')).toEqual(['6.12'])
    expect(of('config')).toBeUndefined()
  })
})

describe('a strip', () => {
  it('has nothing to show where nothing is known', () => {
    expect(answerLetters(null, ['BPF_PROG_TYPE_XDP'])).toBeNull()
  })

  it('is drawn once, however many rows have it', () => {
    const strips = makeStrips(['an', 'sn', 'an'])
    expect(strips.drawings.html.match(/<symbol/g)).toHaveLength(2)
    expect(strips.use('sn').html).toContain('href="#s1"')
  })

  it('tells answers apart by height', () => {
    const paths = [...makeStrips(['asn']).drawings.html.matchAll(/class="(\w+)" d="([^"]+)"/g)]
    expect(paths.map(([, name, path]) => [name, path])).toEqual([
      ['always', 'M3 12v-12'],
      ['sometimes', 'M9 12v-6'],
      ['never', 'M15 12v-2'],
    ])
  })
})
