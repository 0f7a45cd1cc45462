import { expect, test } from 'vitest'
import type { Kfunc } from '#lib/model/published.ts'
import { trustedText } from '#lib/site/kfunc/trusted.ts'
import { kfunc, prototype, release } from '../sample.ts'

const at = { path: 'include/linux/btf.h', line: 1 }
const TRUSTED = { name: 'KF_TRUSTED_ARGS', bit: 4, comment: null, at }
// one that keeps the flag, so that 6.19 is known to define it and 7.0 not
const maker = kfunc('bpf_maker', { prototype: prototype('struct x *', 'bpf_maker') })

type Pair = readonly [type: string, name: string]

/** The story of bpf_a, whose flags before the rule and since are given, and whose parameters stay. */
const story = (
  before: string[],
  since: string[],
  parameters: readonly Pair[],
  more: Partial<Kfunc> = {},
): string | null => {
  const own = prototype('void', 'bpf_a', parameters)
  return trustedText('bpf_a', [
    release('6.19', [kfunc('bpf_a', { prototype: own, flags: before, ...more })], { flags: [TRUSTED] }),
    release('7.0', [maker]),
    release('7.1', [maker, kfunc('bpf_a', { prototype: own, flags: since, ...more })]),
  ])
}
const MORE =
  'From 7.0 on every kfunc asks for trusted pointers, and for none that may be NULL where no suffix allows it. For this one that is more than it asked up to 6.19: '
const object: readonly Pair[] = [['struct x *', 'p']]

test('a kfunc that had a flag which asks for trust did not change when it became the rule', () => {
  expect(story(['KF_TRUSTED_ARGS'], [], object)).toBe(
    'Up to 6.19 it asks for trusted pointers by KF_TRUSTED_ARGS; from 7.0 on every kfunc does. For this one nothing changed.',
  )
  expect(story(['KF_RELEASE'], ['KF_RELEASE'], object)).toMatch(
    /releases its argument and asks for more before and since, .*: for it nothing changed\.$/,
  )
})

test('one with KF_RCU did not change either, unless it lost that flag', () => {
  expect(story(['KF_RCU'], ['KF_RCU'], object)).toMatch(
    /^From 7\.0 on .* KF_RCU .*: for it nothing changed\.$/,
  )
  expect(story(['KF_RCU'], [], object)).toBe(`${MORE}p has to be trusted.`)
})

test('one that had none asks for more of kernel objects, since the rule came and not since it was read again', () => {
  expect(story([], [], object)).toBe(`${MORE}p has to be trusted.`)
})

test('memory of the program may no longer be NULL, and is never asked for trust', () => {
  expect(
    story(
      [],
      [],
      [
        ['void *', 'data'],
        ['u32', 'data__sz'],
        ['int *', 'err'],
      ],
    ),
  ).toBe(`${MORE}data, err may not be NULL.`)
})

test('of a struct that may be either, both is said', () => {
  expect(story([], [], [['struct y *', 'to']])).toBe(
    `${MORE}to may not be NULL, and has to be trusted unless it is memory of the program.`,
  )
})

test.each<Pair>([
  ['int', 'n'],
  ['const char *', 's__ign'],
  ['struct bpf_dynptr *', 'd'],
  ['struct bpf_list_head *', 'head'],
  ['struct bpf_rb_root *', 'root'],
  ['struct bpf_res_spin_lock *', 'lock'],
  ['void *', 'ctx'],
])('the rule asks nothing of %s %s', (...parameter) => {
  expect(story([], [], [parameter])).toBe(null)
})

test('nor of an iterator', () => {
  const flags = ['KF_ITER_NEXT']
  expect(story(flags, flags, [['struct bpf_iter_x *', 'it']])).toBe(null)
})

test('of a kfunc that came later there is nothing to tell', () => {
  const own = prototype('void', 'bpf_a', object)
  expect(
    trustedText('bpf_a', [
      release('6.19', [], { flags: [TRUSTED] }),
      release('7.0', [kfunc('bpf_a', { prototype: own })]),
    ]),
  ).toBe(null)
})
