/** Which kfuncs belong together: one case a rule, and what must hold of all real ones. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc } from '#lib/model/published.ts'
import { releasersOf } from '#lib/publish/relations/pairs.ts'
import { relatedOf } from '#lib/publish/relations/related.ts'
import { registered, release } from '../history/history-fixture.ts'
import { made } from '../usage/usage-fixture.ts'

/** "name: why" of what is related to the first of these kfuncs, which share no id set. */
function related(first: Kfunc, ...others: Kfunc[]): string[] {
  const apart = [first, ...others].map((kfunc) => ({ ...kfunc, registrations: null }))
  const [own] = apart
  return own ? relatedOf(own, release('7.3', apart)).map(({ name, why }) => `${name}: ${why}`) : []
}

const acquire = made('a', 'struct x *', [], 'ACQUIRE')
const discard = made('b', 'void', ['const struct x *p'], 'RELEASE')

describe('related to a kfunc is', () => {
  test('what releases what it acquires, by type', () => {
    expect(related(acquire, discard, made('c', 'void', ['struct y *p'], 'RELEASE'))).toEqual([
      'b: releases what it acquires',
    ])
  })

  test('what acquires what it releases', () => {
    expect(related(discard, acquire)).toEqual(['a: acquires what it releases'])
  })

  test('of several that release a type, the one whose name answers', () => {
    const names = ['x_put_idle', 'x_put'].map((name) => made(name, 'void', ['struct x *p'], 'RELEASE'))
    const get = made('x_get_idle', 'struct x *', [], 'ACQUIRE')
    expect(releasersOf(get, release('7.3', [get, ...names]))).toEqual(['x_put_idle'])
  })

  test('the release of objects that a program allocates: plain with plain, for each CPU with its own', () => {
    const drops = ['o_drop', 'percpu_o_drop', 'o_drop_impl'].map((name) =>
      made(name, 'void', ['void *p__alloc'], 'RELEASE'),
    )
    const of = (name: string): string[] => {
      const kfunc = made(name, 'void *', ['u64 id__k'], 'ACQUIRE')
      return [...releasersOf(kfunc, release('7.3', [kfunc, ...drops]))]
    }
    expect(of('o_new')).toEqual(['o_drop'])
    expect(of('percpu_o_new')).toEqual(['percpu_o_drop'])
    expect(of('o_new_impl')).toEqual(['o_drop_impl'])
  })

  test('the others of an iterator', () => {
    const role = (name: string): Kfunc =>
      made(`bpf_iter_x_${name}`, 'int', ['struct bpf_iter_x *it'], `ITER_${name.toUpperCase()}`)
    expect(related(role('next'), role('new'), role('destroy'))).toEqual([
      'bpf_iter_x_new: begins the iteration',
      'bpf_iter_x_destroy: ends the iteration',
    ])
  })

  test('its counterpart and its variants, by name', () => {
    expect(
      related(
        made('x_lock', 'int'),
        made('x_lock_irqsave', 'int'),
        made('x_unlock', 'int'),
        made('x_lock___v2', 'int'),
        made('__x_lock', 'int'),
        made('x_locker', 'int'),
      ),
    ).toEqual([
      'x_unlock: its counterpart',
      '__x_lock: a variant of it',
      'x_lock___v2: a variant of it',
      'x_lock_irqsave: a variant of it',
    ])
  })

  test('what gives what it takes, and what takes what it gives', () => {
    expect(related(made('a', 'struct x *'), made('b', 'int', ['const struct x *p']))).toEqual([
      'b: takes the `struct x *` that it gives',
    ])
    expect(related(made('b', 'int', ['const struct x *p']), made('a', 'struct x *'))).toEqual([
      'a: gives the `struct x *` that it takes',
    ])
  })

  test('what stands in its place, where the release has it', () => {
    const old = made('old', 'int', [], '', { replacedBy: 'fresh' })
    expect(related(old, made('fresh', 'int'))).toEqual(['fresh: stands in its place'])
    expect(related(made('fresh', 'int'), old)).toEqual(['old: had its place before'])
    expect(related(old)).toEqual([])
  })

  test('what is listed beside it, of a large set only what begins alike', () => {
    const listed = (name: string, line: number): Kfunc => {
      const entry = { path: 'a.c', line }
      return made(name, 'int', [], '', { registrations: [{ ...registered('ids', 'XDP'), entry }] })
    }
    const names = (kfuncs: Kfunc[]): string[] => {
      const [own] = kfuncs
      return own ? relatedOf(own, release('7.3', kfuncs)).map(({ name }) => name) : []
    }
    const few = [listed('bpf_a_1', 5), listed('bpf_b_1', 9), listed('bpf_a_2', 6)]
    expect(names(few)).toEqual(['bpf_a_2', 'bpf_b_1'])
    const many = Array.from({ length: 12 }, (_, line) => listed(`bpf_c_${line}`, line + 20))
    expect(names([...few, ...many])).toEqual(['bpf_a_2'])
  })
})

test('what is related to a real kfunc is in its release, once, and not itself', () => {
  const bad = loadReleases().flatMap((one) => {
    const names = new Set(one.kfuncs.filter(({ kind }) => kind !== 'generated').map(({ name }) => name))
    return one.kfuncs.flatMap((kfunc) => {
      const found = relatedOf(kfunc, one).map(({ name }) => name)
      const fits =
        found.every((name) => names.has(name) && name !== kfunc.name) && new Set(found).size === found.length
      return fits ? [] : [kfunc.name]
    })
  })
  expect(bad).toEqual([])
})
