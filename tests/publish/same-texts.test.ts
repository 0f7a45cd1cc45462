/** What a release shows of whose source facts alone were taken: the texts that another release has, at its own places. */
import { describe, expect, test } from 'vitest'
import type { Extracted, ExtractedKfunc } from '#lib/model/extracted.ts'
import { publishExamples } from '#lib/publish/examples.ts'
import { kfunc, prototypeOf, published, release } from './extracted-fixture.ts'

const SAME = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const at = (line: number) => ({ path: 'kernel/bpf/helpers.c', line })
const DOC = { summary: 'Does it.', body: '', parameters: { size: 'How much.' }, returns: null }
const described = (name: string, given: Partial<ExtractedKfunc>) =>
  kfunc(name, { prototype: prototypeOf(name, 'u32', 'size'), ...given })

const own = release('6.5', {
  flags: [{ name: 'KF_ACQUIRE', bit: 0, comment: 'gives a reference', at: at(1), sha256: SAME }],
  kfuncs: [
    described('bpf_a', { doc: { ...DOC, at: at(10), license: 'GPL-2.0', sha256: SAME } }),
    described('bpf_b', { remark: { text: 'Mind the gap.', at: at(20), license: null, sha256: SAME } }),
  ],
})
const facts = (given: Partial<Omit<Extracted, 'release'>>): Extracted => {
  const stored = release('6.6', given)
  return { ...stored, release: { ...stored.release, texts: 'facts' } }
}
const mark = (line: number, sha256: string) => ({ at: at(line), license: 'GPL-2.0-only', sha256 })
/** The release of facts as it is published beside `own`. */
const shown = (given: Partial<Omit<Extracted, 'release'>>) => {
  const found = published([own, facts(given)]).find((one) => one.release.id === '6.6')
  if (!found) throw new Error('6.6 was expected')
  return found
}

describe('a comment that was not taken', () => {
  test('is that of another release with its sha256, with its own place, licence and parameters', () => {
    const [kfuncA] = shown({ kfuncs: [described('bpf_a', { doc: mark(33, SAME) })] }).kfuncs
    expect(kfuncA).toMatchObject({
      doc: { ...DOC, at: at(33), license: 'GPL-2.0-only' },
      docAt: at(33),
      prototype: { parameters: [{ name: 'size', doc: 'How much.' }] },
      kernelPrototype: { parameters: [{ name: 'size', doc: 'How much.' }] },
    })
  })
  test('is not known where the sha256 is another, or another kfunc has it; its place is', () => {
    for (const one of [
      described('bpf_a', { doc: mark(33, OTHER) }),
      described('bpf_c', { doc: mark(33, SAME) }),
    ])
      expect(shown({ kfuncs: [one] }).kfuncs).toMatchObject([
        { doc: null, docAt: at(33), prototype: { parameters: [{ name: 'size', doc: null }] } },
      ])
  })
  test('is known as a remark likewise, and as the comment of a flag', () => {
    const flag = { name: 'KF_ACQUIRE', bit: 0, comment: null, at: at(2) }
    const kfuncs = [described('bpf_b', { remark: mark(34, SAME) })]
    expect(shown({ kfuncs, flags: [{ ...flag, sha256: SAME }] })).toMatchObject({
      kfuncs: [{ remark: { text: 'Mind the gap.', at: at(34), license: 'GPL-2.0-only' }, docAt: null }],
      flags: [{ ...flag, comment: 'gives a reference' }],
    })
    const unknown = [described('bpf_b', { remark: mark(34, OTHER) })]
    expect(shown({ kfuncs: unknown, flags: [{ ...flag, sha256: OTHER }] })).toMatchObject({
      kfuncs: [{ remark: null }],
      flags: [{ comment: null }],
    })
  })
  test('is none where the release has none', () => {
    expect(shown({ kfuncs: [described('bpf_a', {})] }).kfuncs).toMatchObject([{ doc: null, docAt: null }])
  })
})

test('what is stored beside a text does not go out with it', () => {
  const [first] = published([own])
  expect(JSON.stringify(first)).not.toContain('sha256')
  expect(first?.kfuncs[0]).toMatchObject({ doc: { summary: 'Does it.' }, docAt: at(10) })
})

test('the head says which series it is of, whether it is a long-term release, what was taken, and where the list of files is', () => {
  const input = { name: 'source', origin: 'copy of Linux 6.6.0, a/b@c', sha256: SAME, bytes: 1 }
  const stored = facts({})
  const withSource = { ...stored, release: { ...stored.release, sources: [input] } }
  const image = { ...own, release: { ...own.release, coverage: 'btf-only' as const } }
  const heads = published([image, withSource, release('6.12')]).map((one) => one.release)
  expect(heads).toMatchObject([
    { id: '6.5', series: '6.x', longTerm: false, texts: 'own', files: null },
    { id: '6.6', series: '6.x', longTerm: false, texts: 'facts', files: '/data/6.6.files.txt' },
    { id: '6.12', longTerm: true },
  ])
})

test('an example whose text is not known is left out', () => {
  const example = {
    whole: null,
    function: 'f',
    section: 'xdp',
    programType: 'BPF_PROG_TYPE_XDP',
    via: null,
    isChoice: false,
    at: at(5),
    endLine: 9,
    license: null,
    callLines: [2],
    isFailing: false,
    compiled: null,
    compileError: null,
  }
  const examples = ['1'.repeat(16), '2'.repeat(16)].map((snippet) => ({ ...example, snippet }))
  const stored = {
    format: 1 as const,
    release: '6.6',
    texts: 'facts' as const,
    compiler: null,
    kfuncs: [{ name: 'bpf_a', examples }],
    gaps: [],
  }
  const { byKfunc } = publishExamples(stored, (id) => (id.startsWith('2') ? 'int f(void);' : null))
  expect(byKfunc.get('bpf_a')).toMatchObject([{ code: 'int f(void);', at: at(5) }])
})
