/** The C that declares a kfunc, and the header of a release. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc } from '#lib/model/published.ts'
import { declarationOf, releaseHeader } from '#lib/publish/usage/declaration.ts'
import { release } from '../history/history-fixture.ts'
import { made } from './usage-fixture.ts'

const declared = (kfunc: Kfunc, ...others: Kfunc[]) =>
  declarationOf(kfunc, release('7.3', [kfunc, ...others]))

describe('the declaration of a kfunc', () => {
  test('is external and a kernel symbol, weak or not', () => {
    const { strong, weak, macros, typedefs, notes } =
      declared(made('f', 'int', ['u32 a', 'void *b__map'])) ?? {}
    expect(strong).toBe('extern int f(u32 a, void *b__map) __ksym;')
    expect(weak).toBe('extern int f(u32 a, void *b__map) __weak __ksym;')
    expect([macros, typedefs, notes]).toEqual([[], [], []])
  })

  test('has the typedefs of callbacks before it', () => {
    const kfunc = made('f', 'int', ['x_callback_t fn'])
    const typedefs = ['typedef int (*x_callback_t)(void *key)']
    const own = kfunc.prototype ? { ...kfunc, prototype: { ...kfunc.prototype, typedefs } } : kfunc
    expect(declared(own)?.typedefs).toEqual(['typedef int (*x_callback_t)(void *key);'])
  })

  test('says which pointers lead into an arena', () => {
    const byFlag = declared(made('f', 'void *', ['void *p__map', 'void *addr__ign'], 'ARENA_RET ARENA_ARG2'))
    expect(byFlag?.strong).toBe('extern void __arena *f(void *p__map, void __arena *addr__ign) __ksym;')
    const bySuffix = declared(
      made('f', 'int', ['const s32 *a__arena', 'struct x *b__arena__nullable', 'u32 c']),
    )
    expect(bySuffix?.strong).toBe(
      'extern int f(const s32 __arena *a__arena, struct x __arena *b__arena__nullable, u32 c) __ksym;',
    )
    expect(bySuffix?.macros).toEqual([expect.stringContaining('address_space(1)')])
  })

  test('counts a callback as one parameter', () => {
    const kfunc = made('f', 'int', ['bool (*less)(int a, int b)', 'void *p__ign'], 'ARENA_ARG2')
    const text = 'int f(bool (*less)(int a, int b), void *p__ign)'
    const own = kfunc.prototype ? { ...kfunc, prototype: { ...kfunc.prototype, text } } : kfunc
    expect(declared(own)?.strong).toBe(
      'extern int f(bool (*less)(int a, int b), void __arena *p__ign) __ksym;',
    )
  })

  test('says that it is a fast call', () => {
    const { strong, macros } = declared(made('f', 'int', [], 'FASTCALL')) ?? {}
    expect(strong).toBe('extern __bpf_fastcall int f(void) __ksym;')
    expect(macros).toEqual([expect.stringContaining('__has_attribute(bpf_fastcall)')])
  })

  test('warns of types that only a module may have', () => {
    const inModule = made('f', 'struct nf_conn___init *', ['struct ct_opts *o', 'struct sock *sk'], '', {
      object: 'ct',
    })
    const note = declared(inModule, made('g', 'int', ['struct sock *sk']))?.notes[0]
    expect(note).toContain('module ct.')
    expect(note).toContain('`struct nf_conn___init`, `struct ct_opts` may be such')
    expect(note).toContain('`struct nf_conn___init___local`')
  })

  test('is not there where the prototype is not known', () => {
    expect(declared(made('f', 'int', [], '', { prototype: null }))).toBeNull()
  })
})

describe('the header of a release', () => {
  test('has macros, forward declarations, typedefs and declarations, guarded', () => {
    const kfuncs = [
      made('b', 'struct y *', ['enum e e']),
      made('a', 'void *', ['struct x *p'], 'ARENA_RET'),
      made('t', 'int', [], '', { kind: 'test-only' }),
      made('a_impl', 'int', [], '', { kind: 'generated' }),
    ]
    expect(releaseHeader(release('7.3', kfuncs)).split('\n')).toEqual([
      '/* The kfuncs of Linux 7.3.1. Include it after vmlinux.h and <bpf/bpf_helpers.h>. */',
      '#ifndef __KFUNCS_7_3_H__',
      '#define __KFUNCS_7_3_H__',
      '',
      '#ifndef __arena',
      '#ifdef __BPF_FEATURE_ADDR_SPACE_CAST',
      '#define __arena __attribute__((address_space(1)))',
      '#else',
      '#define __arena',
      '#endif',
      '#endif',
      '',
      expect.stringMatching(/^\/\* A type that vmlinux.h does not define .* \*\/$/),
      'enum e;',
      'struct x;',
      'struct y;',
      '',
      'extern void __arena *a(struct x *p) __weak __ksym;',
      'extern struct y *b(enum e e) __weak __ksym;',
      '',
      '#endif',
      '',
    ])
  })

  test('declares every callable kfunc of every real release once', () => {
    for (const one of loadReleases()) {
      const header = releaseHeader(one)
      const names = one.kfuncs.filter(({ kind }) => kind === 'callable').map(({ name }) => name)
      const found = [...header.matchAll(/^extern .*?(\w+)\(.*\) __weak __ksym;$/gm)].map(([, name]) =>
        name?.replace(/___kfunc$/, ''),
      )
      expect([one.release.id, found]).toEqual([one.release.id, names])
      expect(header).not.toMatch(/undefined/)
    }
  })
})

test('a name that ends as a flavour does is declared with one more, and told so', () => {
  const { weak, notes } = declared(made('f___v2', 'int', ['u32 a'])) ?? {}
  expect(weak).toBe('extern int f___v2___kfunc(u32 a) __weak __ksym;')
  expect(notes?.[0]).toContain('declare and call it as `f___v2___kfunc`')
})
