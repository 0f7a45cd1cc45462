/** What an image alone is proven not to have. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { IntroducedTable } from '#lib/model/knowledge.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { provenAbsent } from '#lib/publish/history/absence.ts'
import { historyOf } from '#lib/publish/history/history.ts'
import { kfuncNames, sightingIn } from '#lib/publish/history/presence.ts'
import { btfOnly, kfunc, registered, release } from './history-fixture.ts'

const NOTHING: IntroducedTable = { about: '', kfuncs: {} }
const needing = (name: string, config: string[] | null, set = 'a_ids', more: Partial<Kfunc> = {}): Kfunc =>
  kfunc(name, { config, registrations: [registered(set, 'XDP')], ...more })

/** What the image of 7.0 is proven not to have, of releases with source on both sides of it. */
const absent = (
  older: readonly Kfunc[],
  image: readonly Kfunc[],
  newer: readonly Kfunc[],
  table = NOTHING,
): string[] => {
  const bare = btfOnly('7.0', image)
  return provenAbsent(bare, [release('6.19', older), bare, release('7.1', newer)], table)
}
const witness = needing('bpf_w', ['CONFIG_A', 'CONFIG_B'])
const fresh = needing('bpf_new', ['CONFIG_A'])

describe('an image that has a kfunc of the same set, which needs as much', () => {
  test('proves that one which it does not show came later, or went', () => {
    expect(absent([witness], [witness], [fresh, witness])).toEqual(['bpf_new'])
    expect(absent([fresh, witness], [witness], [witness])).toEqual(['bpf_new'])
  })

  test('is needed: one that it does not have, or that is in another set or module, proves nothing', () => {
    expect(absent([witness], [], [fresh, witness])).toEqual([])
    const elsewhere = needing('bpf_w', ['CONFIG_A'], 'b_ids')
    expect(absent([elsewhere], [elsewhere], [fresh, elsewhere])).toEqual([])
    const gating = { off: [], alternatives: [], other: [], architectures: null, tristate: null, at: [] }
    const inModule = needing('bpf_w', ['CONFIG_A'], 'a_ids', { gating: { ...gating, module: 'm' } })
    const inKernel = needing('bpf_new', ['CONFIG_A'], 'a_ids', { gating: { ...gating, module: null } })
    expect(absent([inModule], [inModule], [inKernel, inModule])).toEqual([])
  })

  test('has to need as much on both sides: else its symbols may be off in the image', () => {
    const less = needing('bpf_w', ['CONFIG_B'])
    expect(absent([less], [less], [fresh, less])).toEqual([])
    expect(absent([less], [witness], [fresh, witness])).toEqual([])
    expect(absent([], [witness], [fresh, witness])).toEqual([])
    expect(absent([witness], [witness], [needing('bpf_new', null), witness])).toEqual([])
  })

  test('has to need all of it', () => {
    const both = needing('bpf_new', ['CONFIG_A', 'CONFIG_C'])
    expect(absent([witness], [witness], [both, witness])).toEqual([])
  })

  test('has to need it in the nearest releases with source: what older and newer ones say is past', () => {
    const less = needing('bpf_w', ['CONFIG_B'])
    const bare = btfOnly('7.0', [witness])
    const row = (near: readonly [Kfunc, Kfunc], far: readonly [Kfunc, Kfunc]): Release[] => [
      release('6.18', [far[0]]),
      release('6.19', [near[0]]),
      bare,
      release('7.1', [fresh, near[1]]),
      release('7.2', [fresh, far[1]]),
    ]
    expect(provenAbsent(bare, row([witness, witness], [less, less]), NOTHING)).toEqual(['bpf_new'])
    expect(provenAbsent(bare, row([less, witness], [witness, witness]), NOTHING)).toEqual([])
    expect(provenAbsent(bare, row([witness, less], [witness, witness]), NOTHING)).toEqual([])
  })

  test('does not outweigh the releases on both sides', () => {
    expect(absent([fresh, witness], [witness], [fresh, witness])).toEqual([])
  })
})

test('of an image the table of introductions proves what was read', () => {
  const table = (row: Partial<IntroducedTable['kfuncs'][string]>): IntroducedTable => ({
    about: '',
    kfuncs: { bpf_new: { release: '7.1', absentIn: '7.0', exact: true, ...row } },
  })
  expect(absent([], [], [fresh], table({}))).toEqual(['bpf_new'])
  expect(absent([], [], [fresh], table({ absentIn: '6.19', exact: false }))).toEqual([])
  const gone = { release: '6.18', absentIn: '6.17', again: '7.1' }
  expect(absent([], [], [fresh], table({ ...gone, goneIn: ['6.19', '7.0'] }))).toEqual(['bpf_new'])
  expect(absent([], [], [fresh], table({ ...gone, goneIn: ['6.19', '6.19'] }))).toEqual([])
})

test('a row that a release contradicts proves nothing', () => {
  const row = { release: '7.1', absentIn: '7.0', exact: true }
  expect(absent([fresh], [], [], { about: '', kfuncs: { bpf_new: row } })).toEqual([])
})

test('what is proven dates the coming', () => {
  const bare = { ...btfOnly('7.0', [witness]), absent: ['bpf_new'] }
  const history = historyOf([release('6.19', [witness]), bare, release('7.1', [fresh, witness])])
  expect(history.get('bpf_new')).toMatchObject([{ kind: 'added', from: '7.0', to: '7.1', exact: true }])
})

describe('the kernels that were read with source', () => {
  const releases = loadReleases()
  const isFull = ({ release: { coverage } }: Release): boolean => coverage === 'full'
  test.each(releases.filter(isFull).map((one) => [one.release.id, one] as const))(
    'in %s, taken for an image, no kfunc is proven absent that is there',
    (_, one) => {
      const image: Release = {
        ...one,
        release: { ...one.release, coverage: 'btf-only' },
        kfuncs: one.kfuncs.filter(({ object }) => object !== null),
      }
      const row = releases.map((other) => (other === one ? image : { ...other, absent: [] }))
      const wrong = provenAbsent(image, row, NOTHING).filter(
        (name) => sightingIn(one, name).presence === 'there',
      )
      expect(wrong).toEqual([])
    },
  )

  test('prove of most that an image does not show that it is absent', () => {
    const images = releases.filter(({ release: { coverage } }) => coverage === 'btf-only')
    expect(images.length).toBeGreaterThan(0)
    for (const image of images) {
      const unseen = [...kfuncNames(releases)].filter((name) => sightingIn(image, name).kfunc === null)
      expect(image.absent.length / unseen.length).toBeGreaterThan(0.5)
    }
  })
})
