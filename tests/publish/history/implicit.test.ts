/** What a program calls, and what one that was built for another release meets. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc } from '#lib/model/published.ts'
import { type ImplicitStory, implicitStory } from '#lib/publish/history/implicit.ts'
import { btfOnly, kfunc, prototypeOf, release } from './history-fixture.ts'

const FLAG = { flags: ['KF_IMPLICIT_ARGS'] }
const old = kfunc('bpf_p_impl', { prototype: prototypeOf('int bpf_p_impl(u32 a, void *aux__prog)') })
const fresh = kfunc('bpf_p', {
  ...FLAG,
  prototype: prototypeOf('int bpf_p(u32 a)'),
  kernelPrototype: prototypeOf('int bpf_p(u32 a, struct bpf_prog_aux *aux, u64 off)'),
})
const twin = (text = 'struct bpf_prog_aux *aux'): Kfunc =>
  kfunc('bpf_p_impl', { kind: 'generated', prototype: prototypeOf(`int bpf_p_impl(u32 a, ${text})`) })

/** What programs for other forms meet in a release: "bpf_x of 6.19: what it says". */
const meets = (story: ImplicitStory | null, id: string): string[] =>
  (story?.rows.find((row) => row.release === id)?.meets ?? []).flatMap(({ form, refusals }) => {
    const who = `${form.name} of ${form.releases[0]}`
    if (!refusals) return [`${who}: not known`]
    return refusals.length > 0 ? refusals.map(({ by, says }) => `${who}: ${by}: ${says}`) : [`${who}: loads`]
  })

describe('a place holder that became implicit', () => {
  const releases = [release('6.18', []), release('6.19', [old]), release('7.0', [fresh, twin()])]

  test.each(['bpf_p', 'bpf_p_impl'])('is one story, asked for by %s', (name) => {
    expect(implicitStory(name, releases)).toMatchObject({
      name: 'bpf_p',
      implName: 'bpf_p_impl',
      rows: [
        {
          release: '6.19',
          calls: { name: 'bpf_p_impl' },
          passes: [{ parameter: 'aux__prog', value: 'NULL' }],
          hidden: [],
          impl: 'real',
        },
        { release: '7.0', calls: { name: 'bpf_p' }, passes: [], hidden: ['aux', 'off'], impl: 'generated' },
      ],
    })
  })

  test('an old program is refused for its declaration, and without that for the missing address', () => {
    expect(meets(implicitStory('bpf_p', releases), '7.0')).toEqual([
      "bpf_p_impl of 6.19: libbpf: extern (func ksym) 'bpf_p_impl': func_proto […] incompatible with vmlinux […]",
      'bpf_p_impl of 6.19: verifier: cannot find address for kernel function bpf_p_impl',
    ])
  })

  test('a twin that still takes a pointer to void fails only for the address', () => {
    const same = [release('6.19', [old]), release('7.0', [fresh, twin('void *aux__prog')])]
    expect(meets(implicitStory('bpf_p', same), '7.0')).toEqual([
      'bpf_p_impl of 6.19: verifier: cannot find address for kernel function bpf_p_impl',
    ])
  })

  test('a new program does not find its kfunc on an old release', () => {
    expect(meets(implicitStory('bpf_p', releases), '6.19')).toEqual([
      "bpf_p of 7.0: libbpf: extern (func ksym) 'bpf_p': not found in kernel or module BTFs",
    ])
  })

  test('an image that lacks it proves nothing', () => {
    const row = [release('6.19', [old]), btfOnly('7.0', []), release('7.1', [fresh])]
    const story = implicitStory('bpf_p', row)
    expect(meets(story, '7.0')).toEqual(['bpf_p_impl of 6.19: not known', 'bpf_p of 7.1: not known'])
    expect(story?.rows[1]).toMatchObject({ calls: null, hidden: null, impl: 'unknown' })
  })
})

test('where both forms are kfuncs, the plain one is to be called and the old one loads', () => {
  const story = implicitStory('bpf_p', [release('7.0', [old]), release('7.1', [old, fresh])])
  expect(story?.rows[1]).toMatchObject({ calls: { name: 'bpf_p' }, impl: 'real' })
  expect(meets(story, '7.1')).toEqual(['bpf_p_impl of 7.0: loads'])
})

test('one name with another number of parameters is refused by its declaration', () => {
  const plain = kfunc('bpf_p', { prototype: prototypeOf('int bpf_p(u32 a, void *aux)') })
  const story = implicitStory('bpf_p', [release('6.17', [plain]), release('7.0', [fresh, twin()])])
  expect(meets(story, '7.0')).toEqual([
    "bpf_p of 6.17: libbpf: extern (func ksym) 'bpf_p': func_proto […] incompatible with vmlinux […]",
  ])
})

test('parameters that have other names only are one form', () => {
  const renamed = kfunc('bpf_p_impl', { prototype: prototypeOf('int bpf_p_impl(u32 a, void *aux__ign)') })
  const story = implicitStory('bpf_p', [release('6.12', [renamed]), release('6.19', [old])])
  expect(story?.forms.map(({ releases }) => releases)).toEqual([['6.12', '6.19']])
})

test('a twin that no image shows is not known to be missing', () => {
  const story = implicitStory('bpf_p', [release('7.1', [{ ...fresh, object: null }])])
  expect(story?.rows[0]?.impl).toBe('unknown')
})

test('a kfunc without implicit arguments has no story', () => {
  expect(implicitStory('bpf_a', [release('7.1', [kfunc('bpf_a')])])).toBeNull()
})

describe('the kernels that were read', () => {
  const releases = loadReleases()
  const rows = (name: string): string[] =>
    (implicitStory(name, releases)?.rows ?? []).map(
      ({ release, calls, impl }) => `${release} ${calls?.name ?? '-'} ${impl}`,
    )

  test('bpf_stream_vprintk is plain, then _impl, then plain again', () => {
    expect(rows('bpf_stream_vprintk')).toEqual([
      '6.17 bpf_stream_vprintk absent',
      '6.18 bpf_stream_vprintk_impl real',
      '6.19 bpf_stream_vprintk_impl real',
      '7.0 bpf_stream_vprintk generated',
      '7.1 bpf_stream_vprintk generated',
      '7.2 bpf_stream_vprintk generated',
      '7.3 bpf_stream_vprintk generated',
    ])
  })

  test('bpf_obj_new has both forms since 7.1', () => {
    expect(rows('bpf_obj_new_impl').slice(-4)).toEqual([
      '7.0 bpf_obj_new_impl real',
      '7.1 bpf_obj_new real',
      '7.2 bpf_obj_new real',
      '7.3 bpf_obj_new real',
    ])
    expect(meets(implicitStory('bpf_obj_new', releases), '7.3')).toEqual(['bpf_obj_new_impl of 6.2: loads'])
  })

  test('as many kfuncs of each release have the flag as the sources say', () => {
    const count = (id: string): number | undefined =>
      releases
        .find(({ release }) => release.id === id)
        ?.kfuncs.filter(({ flags }) => flags.includes('KF_IMPLICIT_ARGS')).length
    expect(['7.0', '7.1', '7.2', '7.3'].map(count)).toEqual([5, 54, 64, 69])
  })
})
