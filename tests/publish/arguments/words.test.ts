/** What is said of a parameter: one case a kind, and how many of the real ones it reaches. */
import { describe, expect, test } from 'vitest'
import { loadReleases } from '#content-fs'
import type { Kfunc, Parameter } from '#lib/model/published.ts'
import { argumentsOf } from '#lib/publish/arguments/kinds.ts'
import { parameterWords } from '#lib/publish/arguments/words.ts'
import { answer, release } from '../history/history-fixture.ts'
import { withRules } from '../rules/rules-fixture.ts'
import { made, parameter } from '../usage/usage-fixture.ts'

/** The words on the first parameter of a kfunc of 7.3, or another release, with these. */
function words(
  parameters: readonly (string | Parameter)[],
  flags = '',
  given: Partial<Kfunc> = {},
  id = '7.3',
): string | null {
  const kfunc = made('f', 'int', parameters, flags, given)
  const [first] = kfunc.prototype?.parameters ?? []
  return first ? parameterWords(first, kfunc, withRules(release(id, [kfunc]))) : null
}

const CASES: readonly [string, string | null, string | RegExp][] = [
  ['a number', words(['u32 a']), 'a number (unsigned, 32 bits)'],
  ['a constant number', words(['const size_t a']), 'a number (unsigned, 64 bits)'],
  ['a number of another type', words(['__be16 a']), 'a number (`__be16`)'],
  ['an enumerator', words(['enum x a']), 'a value of `enum x`'],
  ['a truth value', words(['bool a']), 'true or false'],
  [
    'a kernel object',
    words(['struct x *p']),
    /^a trusted pointer to `struct x`, or, if that struct holds nothing but numbers/,
  ],
  [
    'a kernel object to release',
    words(['struct x *p'], 'RELEASE'),
    'the reference to a `struct x` that is to be released',
  ],
  [
    'a struct that holds pointers',
    words(['struct sock *p'], 'RCU'),
    'a pointer to `struct sock` that is trusted or protected by RCU',
  ],
  ['a kptr', words(['struct x **p'], 'KPTR_GET', {}, '6.1'), 'the place in a map value that holds a kptr'],
  ['memory with its size', words(['void *p', 'u32 p__sz']), /at least `p__sz` bytes of it$/],
  ['memory with its size, or NULL', words(['void *p__nullable', 'u32 p__szk']), /bytes of it, or NULL$/],
  ['memory for one number', words(['u64 *p']), /^one `u64` in memory that the verifier knows/],
  ['memory that the call writes', words(['int *err__uninit']), /it need not be initialised$/],
  ['a constant', words(['u64 id__k']), 'a constant that is known when the program is loaded'],
  [
    'the size of what is returned',
    words(['const size_t rdwr_buf_size']),
    /^the size in bytes of the memory that the call gives back/,
  ],
  ['a string', words(['const char *s__str']), /^a constant string that ends in NUL/],
  ['a dynptr', words(['const struct bpf_dynptr *p']), 'an initialised dynptr'],
  [
    'a dynptr to make',
    words(['struct bpf_dynptr *p__uninit']),
    /^a dynptr on the stack that is not initialised yet/,
  ],
  [
    'an iterator to begin',
    words(['struct bpf_iter_x *it'], 'ITER_NEW'),
    'a `struct bpf_iter_x` on the stack that is not initialised yet',
  ],
  [
    'an iterator in use',
    words(['struct bpf_iter_x *it__iter']),
    'a `struct bpf_iter_x` on the stack that was initialised before',
  ],
  ['a list', words(['struct bpf_list_head *h']), /the lock beside it must be held$/],
  ['a node', words(['struct bpf_list_node *n']), /allocated and owns$/],
  [
    'a node that need not be owned',
    words(['struct bpf_list_node *n__nonown_allowed']),
    /whether it still owns it or not$/,
  ],
  ['a tree', words(['struct bpf_rb_root *r']), /^a `struct bpf_rb_root` in a map value/],
  ['a node of a tree', words(['struct bpf_rb_node *n']), /^the `struct bpf_rb_node` of an object/],
  [
    'an owned object',
    words(['void *p__alloc']),
    /^an object, not one kept per CPU, that the program allocated and owns/,
  ],
  ['a counted object', words(['void *p__refcounted_kptr']), /`struct bpf_refcount`$/],
  ['a map', words(['void *m__map']), 'a map'],
  ['a map known at load time', words(['void *m__const_map']), /^a map of the program/],
  ['work', words(['struct bpf_task_work *w']), 'a `struct bpf_task_work` in a map value'],
  ['a lock', words(['struct bpf_res_spin_lock *l']), /^a `struct bpf_res_spin_lock` in a map value or/],
  ['the state of interrupts', words(['unsigned long *f__irq_flag']), /8 bytes on the stack/],
  [
    'a callback',
    words(['int (*fn)(void *map, int *key)']),
    'a function of the program that takes `(void *map, int *key)`',
  ],
  ['an arena pointer', words(['void *p__arena']), "a pointer into the program's arena"],
  [
    'an arena pointer or NULL',
    words(['void *p__arena__nullable']),
    "a pointer into the program's arena, or NULL",
  ],
  [
    'an unchecked arena address',
    words(['void *p__ign'], 'ARENA_ARG1'),
    /^an address in the program's arena, which the verifier does not check$/,
  ],
  ['an unchecked address', words(['const void *p__ign']), 'an address, which the verifier does not check'],
  ['a place holder', words([parameter('u64 off', { implicit: true, fixed: '0' })]), /^the place holder `0`/],
  ['a context that no type names', words(['void *ctx']), 'the context of the program'],
]

describe('the words on a parameter say what it is:', () => {
  test.each(CASES)('%s', (_, said, expected) => {
    expect(said).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })

  test('the context of a program type, and its kernel form', () => {
    const context = { parameter: 'c', type: 'struct xdp_md', programTypes: [], alsoTakes: null }
    const of = (by: 'context' | 'cast') =>
      words(['struct xdp_md *c'], '', { contextArguments: [{ ...context, by }] })
    expect(of('context')).toBe('the context of the program')
    const also = [{ ...context, by: 'context' as const, alsoTakes: 'struct y' }]
    expect(
      words(['struct xdp_md *c'], '', { contextArguments: also, programTypes: [answer('LSM', 'always')] }),
    ).toMatch(/, a trusted pointer to `struct y`$/)
    expect(words(['struct xdp_md *c'], '', { contextArguments: null })).toBe('the context of the program')
    expect(words(['struct bpf_sock_x_kern *c'], '', { contextArguments: null })).toMatch(
      /^the kernel's own form/,
    )
    expect(of('cast')).toBe("the kernel's own form (`struct xdp_md`) of the program's context")
  })

  test('a callback of a typedef, by what the typedef takes', () => {
    const typedef = 'typedef int (*x_callback_t)(struct bpf_map *map, void *key)'
    const kfunc = made('f', 'int', ['x_callback_t fn'])
    const own = kfunc.prototype && { ...kfunc, prototype: { ...kfunc.prototype, typedefs: [typedef] } }
    expect(own && parameterWords(parameter('x_callback_t fn'), own, withRules(release('7.3', [])))).toBe(
      'a function of the program that takes `(struct bpf_map *map, void *key)`',
    )
  })

  test('nothing of a parameter that the kfunc does not take', () => {
    expect(parameterWords(parameter('u32 b'), made('f', 'int', ['u32 a']), release('7.3', []))).toBeNull()
  })
})

describe('of the parameters of real kfuncs', () => {
  test('every one is described, by the kernel or by rule, where source was read', () => {
    const read = loadReleases().filter(({ release: { coverage } }) => coverage !== 'btf-only')
    const bare = read.flatMap((one) =>
      one.kfuncs
        .filter(({ kind }) => kind === 'callable')
        .flatMap((kfunc) =>
          (kfunc.prototype?.parameters ?? [])
            .filter((each) => {
              const said = parameterWords(each, kfunc, one)
              return said === null || /[{}]|undefined|``|`struct `|\(\)/.test(said)
            })
            .map(({ name }) => `${one.release.id} ${kfunc.name} ${name}`),
        ),
    )
    expect(bare).toEqual([])
  })

  test('no suffix of the verifier is taken for something else', () => {
    const known = new Map<string, Set<string>>()
    for (const { kfuncs } of loadReleases())
      for (const kfunc of kfuncs.filter(({ kind }) => kind === 'callable'))
        for (const { parameter: own, kind } of argumentsOf(kfunc))
          if (own.suffix) known.set(own.suffix, (known.get(own.suffix) ?? new Set()).add(kind))
    const kinds = Object.fromEntries([...known].map(([suffix, found]) => [suffix, [...found].sort()]))
    expect(kinds).toEqual({
      __alloc: ['owned'],
      __arena: ['arena'],
      __arena__nullable: ['arena-or-null'],
      __const_map: ['constant-map'],
      __ign: ['place-holder', 'unchecked', 'unchecked-arena'],
      __irq_flag: ['irq-flag'],
      __iter: ['iterator'],
      __k: ['constant'],
      __map: ['map'],
      __nonown_allowed: ['any-list-node'],
      __nullable: ['buffer', 'dynptr', 'object'],
      __opt: ['buffer'],
      __prog: ['place-holder'],
      __refcounted_kptr: ['refcounted'],
      __str: ['string'],
      __sz: ['size'],
      __szk: ['constant-size'],
      __uninit: ['new-dynptr', 'new-variable'],
    })
  })
})
