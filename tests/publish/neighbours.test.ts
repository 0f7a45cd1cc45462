/** A release without source: names of flags and the rules for parameters come from releases that have it. */
import { describe, expect, test } from 'vitest'
import type { Extracted } from '#lib/model/extracted.ts'
import type { Kfunc } from '#lib/model/published.ts'
import { neighboursOf } from '#lib/publish/neighbours.ts'
import { btfOnly, kfunc, prototypeOf, published, registered, release } from './extracted-fixture.ts'

const at = { path: 'include/linux/btf.h', line: 1 }
const flag = (name: string, bit: number) => ({ name, bit, comment: null, at, sha256: null })

/** What is published of release 7.0. */
function published70(...all: readonly Extracted[]) {
  const found = published(all).find((one) => one.release.id === '7.0')
  if (!found) throw new Error('7.0 was not published')
  return found
}
const firstOf = (...all: readonly Extracted[]): Kfunc | undefined => published70(...all).kfuncs[0]

test('the nearest release with source comes first, of two as near the newer', () => {
  const bare = btfOnly('7.0')
  const all = [release('6.17'), release('6.19'), bare, release('7.1'), btfOnly('7.2')]
  expect(neighboursOf(bare, all).map((one) => one.release.id)).toEqual(['7.1', '6.19', '6.17'])
})

test('what only source tells is not known: program types, registrations, the prototype of the kernel', () => {
  const prototype = prototypeOf('bpf_a', 'u32', 'x')
  expect(firstOf(btfOnly('7.0', { kfuncs: [kfunc('bpf_a', { prototype })] }), release('7.1'))).toMatchObject({
    programTypes: null,
    registrations: null,
    kernelPrototype: null,
    prototype: { text: prototype.text },
  })
})

describe('a number of a flag', () => {
  const lone = btfOnly('7.0', { kfuncs: [kfunc('bpf_a', { bits: 1 << 16 })] })
  test('has the name that the nearest release with source gives it', () => {
    const newer = release('7.1', { flags: [flag('KF_NEW', 16)] })
    const older = release('6.19', { flags: [flag('KF_OLD', 16)] })
    expect(firstOf(older, lone, newer)?.flags).toEqual(['KF_NEW'])
  })
  test('has a name from further away where the nearest gives none', () => {
    const older = release('6.19', { flags: [flag('KF_OLD', 16)] })
    expect(firstOf(older, lone, release('7.1'))?.flags).toEqual(['KF_OLD'])
  })
  test.each([31, 32, 40])('may be bit %i', (bit) => {
    const high = btfOnly('7.0', { kfuncs: [kfunc('bpf_a', { bits: 1 + 2 ** bit })] })
    const newer = release('7.1', { flags: [flag('KF_ACQUIRE', 0), flag('KF_HIGH', bit)] })
    expect(firstOf(high, newer)?.flags).toEqual(['KF_ACQUIRE', 'KF_HIGH'])
  })
  test('that no release names is a gap, and counted', () => {
    const found = published70(lone, release('7.1'))
    expect(found.gaps).toEqual([
      {
        rule: 'flag-unnamed',
        message: 'bpf_a has flag bit 16, which no release with source names',
        kfunc: 'bpf_a',
        at: null,
      },
    ])
    expect(found.release.counts.gaps).toBe(1)
  })
})

describe('attach points of fmod_ret programs', () => {
  const fmodRetSets = [{ set: 'fmodret_ids', names: ['bpf_point', 'bpf_both'], at }]
  const point = ['bpf_point', 'bpf_both']
  const namesWith = (...sets: readonly string[][]) => {
    const kfuncs = ['bpf_a', 'bpf_both', 'bpf_point'].map((name) => kfunc(name))
    const binarySets = sets.map((names) => ({ object: 'vmlinux', names }))
    const found = published70(btfOnly('7.0', { kfuncs, binarySets }), release('7.1', { fmodRetSets }))
    return found.kfuncs.map(({ name }) => name)
  }
  test('are told by the nearest release, and left out', () => {
    expect(namesWith(['bpf_a'], point)).toEqual(['bpf_a'])
  })
  test('are kept where another set of the image has them, too', () => {
    expect(namesWith(['bpf_a', 'bpf_both'], point)).toEqual(['bpf_a', 'bpf_both'])
  })
})

test('a kfunc for tests is told by the nearest release', () => {
  const test70 = btfOnly('7.0', { kfuncs: [kfunc('bpf_test'), kfunc('bpf_a')] })
  const test71 = release('7.1', { kfuncs: [kfunc('bpf_test', { kind: 'test-only', registrations: [] })] })
  expect(published70(test70, test71).kfuncs.map(({ kind }) => kind)).toEqual(['test-only', 'callable'])
})

describe('the parameters of a prototype', () => {
  const rules = release('7.1', { flags: [flag('KF_IMPLICIT_ARGS', 16)] })
  const described = (given: Parameters<typeof kfunc>[1], name = 'bpf_a') =>
    firstOf(btfOnly('7.0', { kfuncs: [kfunc(name, given)] }), rules)?.prototype?.parameters.map(
      ({ name: parameter, suffix, implicit }) => [parameter, suffix, implicit],
    )
  test('have the suffixes that the nearest release tests for', () => {
    expect(described({ prototype: prototypeOf('bpf_a', 'u32', 'x__sz', 'y__old') })).toEqual([
      ['x__sz', '__sz', false],
      ['y__old', null, false],
    ])
  })
  test('of a kfunc with implicit arguments have lost those already', () => {
    const prototype = prototypeOf('bpf_a', 'struct bpf_prog_aux *', 'aux')
    expect(described({ prototype, bits: 1 << 16 })).toEqual([['aux', null, false]])
  })
  test('of a generated twin still have them', () => {
    const prototype = prototypeOf('bpf_a_impl', 'struct bpf_prog_aux *', 'aux')
    expect(described({ prototype, bits: null, kind: 'generated' }, 'bpf_a_impl')).toEqual([
      ['aux', null, true],
    ])
  })
})

test('a release with source borrows nothing', () => {
  const own = release('7.0', {
    kfuncs: [kfunc('bpf_a', { registrations: [registered('XDP')], bits: 1 << 16 })],
  })
  const fmodRetSets = [{ set: 'fmodret_ids', names: ['bpf_a'], at }]
  const newer = release('7.1', { flags: [flag('KF_NEW', 16)], fmodRetSets })
  expect(firstOf(own, newer)).toMatchObject({ name: 'bpf_a', flags: [] })
  expect(published70(own, newer).gaps).toEqual([])
})
