/** What flows between kfuncs by their types: one case a rule, and what must hold of all real ones. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc } from '#lib/model/published.ts'
import { relatedOf } from '#lib/publish/relations/related.ts'
import { NEIGHBOURS, typeFlow } from '#lib/publish/relations/type-flow.ts'
import { release } from '../history/history-fixture.ts'
import { made } from '../usage/usage-fixture.ts'

/** "name: type" of the givers and the takers around the first of these kfuncs. */
function around(...kfuncs: Kfunc[]): { givers: string[]; takers: string[] } {
  const [own] = kfuncs
  if (!own) return { givers: [], takers: [] }
  const { givers, takers } = typeFlow(own, release('7.3', kfuncs))
  const texts = (ends: typeof givers): string[] => ends.map(({ name, type }) => `${name}: ${type}`)
  return { givers: texts(givers), takers: texts(takers) }
}
const callers = (...types: string[]): Pick<Kfunc, 'programTypes'> => ({
  programTypes: ['XDP', 'LSM'].map((type) => ({
    programType: `BPF_PROG_TYPE_${type}`,
    callable: types.includes(type) ? 'always' : 'never',
    how: null,
    conditions: [],
    when: null,
    config: [],
  })),
})

describe('around a kfunc are', () => {
  test('those that return what it takes, and those that take what it returns', () => {
    const own = made('own', 'struct y *', ['struct x *p'])
    expect(around(own, made('a', 'const struct x *'), made('b', 'int', ['const struct y *p']))).toEqual({
      givers: ['a: struct x *'],
      takers: ['b: struct y *'],
    })
  })

  test('the closest by name first, but what releases before all', () => {
    const own = made('x_y_get', 'struct x *', [], 'ACQUIRE')
    const taking = ['a', 'x_z', 'x_y_z'].map((name) => made(name, 'int', ['struct x *p']))
    expect(around(own, ...taking, made('drop', 'void', ['struct x *p'], 'RELEASE')).takers).toEqual([
      'drop: struct x *',
      'x_y_z: struct x *',
      'x_z: struct x *',
      'a: struct x *',
    ])
  })

  test('of what it releases, only what acquires', () => {
    const own = made('drop', 'void', ['struct x *p'], 'RELEASE')
    const acquiring = made('get', 'struct x *', [], 'ACQUIRE')
    expect(around(own, made('peek', 'struct x *'), acquiring).givers).toEqual(['get: struct x *'])
  })

  test('the dynptrs and iterators that others set up', () => {
    const from = made('from', 'int', ['struct bpf_dynptr *ptr__uninit'])
    const read = made('read', 'int', ['const struct bpf_dynptr *p'])
    expect(around(from, read).takers).toEqual(['read: struct bpf_dynptr *'])
    expect(around(read, from).givers).toEqual(['from: struct bpf_dynptr *'])
    const begin = made('begin', 'int', ['struct bpf_iter_x *it'], 'ITER_NEW')
    const next = made('next', 'int *', ['struct bpf_iter_x *it'], 'ITER_NEXT')
    expect(around(next, begin)).toEqual({ givers: ['begin: struct bpf_iter_x *'], takers: [] })
  })

  test('no context, which no kfunc gives, and no node, whose owner does not show in its type', () => {
    const context = made('own', 'int', ['struct xdp_md *x'], '', { contextArguments: null })
    expect(around(context, made('a', 'struct xdp_md *')).givers).toEqual([])
    const node = made('own', 'int', ['struct bpf_rb_node *n'])
    expect(around(node, made('a', 'struct bpf_rb_node *')).givers).toEqual([])
  })

  test('none that no program type may call beside it', () => {
    const own = made('own', 'struct x *', [], '', callers('XDP'))
    const taking = made('a', 'int', ['struct x *p'], '', callers('LSM'))
    const both = made('b', 'int', ['struct x *p'], '', callers('XDP', 'LSM'))
    expect(around(own, taking, both).takers).toEqual(['b: struct x *'])
  })

  test("none of the kernel's tests", () => {
    const own = made('own', 'struct x *')
    expect(around(own, made('a', 'int', ['struct x *p'], '', { kind: 'test-only' })).takers).toEqual([])
  })
})

test('all that is shown around a real kfunc is in the list of what is related to it', () => {
  const missing = loadReleases().flatMap((one) =>
    one.kfuncs
      .filter(({ kind }) => kind !== 'generated')
      .flatMap((kfunc) => {
        const { givers, takers } = typeFlow(kfunc, one)
        const listed = new Set(relatedOf(kfunc, one).map(({ name }) => name))
        return [...givers.slice(0, NEIGHBOURS), ...takers.slice(0, NEIGHBOURS)]
          .filter(({ name }) => !listed.has(name))
          .map(({ name }) => `${one.release.id} ${kfunc.name}: ${name}`)
      }),
  )
  expect(missing).toEqual([])
})
