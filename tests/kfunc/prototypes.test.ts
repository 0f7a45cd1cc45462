import { describe, expect, test } from 'vitest'
import {
  cutPrototype,
  describePrototype,
  type ParameterRules,
  saysTheSame,
  typedefName,
} from '#lib/kfunc/prototypes.ts'
import { suffixOf } from '#lib/kfunc/suffixes.ts'
import { plain } from './binary-fixture.ts'

const at = { path: 'kernel/bpf/verifier.c', line: 1 }
const suffix = (name: string) => ({ name, test: 'is_kfunc_arg_x', at })
const suffixes = ['__sz', '__ign', '__prog', '__map', '__nullable', '__arena__nullable'].map(suffix)
const rules: ParameterRules = {
  suffixes,
  implicitTypes: [{ name: 'bpf_prog_aux' }, { name: 'btf_struct_meta' }],
}

/** The parameters of a kfunc: "x", "x (given)" by the verifier, "x (write NULL)" where the program fills in. */
function marks(name: string, text: string, flags: readonly string[]): string {
  const { parameters } = describePrototype(name, plain(text), flags, rules, null, 'btf')
  const mark = (fixed: string | null) => (fixed === null ? ' (given)' : ` (write ${fixed})`)
  return parameters.map((one) => one.name + (one.implicit ? mark(one.fixed) : '')).join(', ')
}

describe('the arguments that the verifier gives', () => {
  const implicit = ['KF_IMPLICIT_ARGS']
  const cases: [what: string, name: string, text: string, flags: string[], expected: string][] = [
    [
      'with KF_IMPLICIT_ARGS: the first pointer to an implicit type',
      'bpf_wq_set_callback',
      'int bpf_wq_set_callback(struct bpf_wq *wq, unsigned int flags, struct bpf_prog_aux *aux)',
      implicit,
      'wq, flags, aux (given)',
    ],
    [
      'const or not',
      'scx_bpf_now',
      'u64 scx_bpf_now(const struct bpf_prog_aux *aux)',
      implicit,
      'aux (given)',
    ],
    [
      'and everything after it',
      'bpf_list_push_front',
      'int bpf_list_push_front(struct bpf_list_head *head, struct btf_struct_meta *meta, u64 off)',
      implicit,
      'head, meta (given), off (given)',
    ],
    [
      'without the flag such a pointer is an argument like any other',
      'bpf_x',
      'int bpf_x(struct bpf_prog_aux *aux)',
      [],
      'aux',
    ],
    [
      '6.17 to 6.19: a name in __prog',
      'bpf_stream_vprintk',
      'int bpf_stream_vprintk(int stream_id, const char *fmt__str, void *aux__prog)',
      [],
      'stream_id, fmt__str, aux__prog (write NULL)',
    ],
    [
      '6.12: in an _impl kfunc the first void pointer in __ign, and what follows it',
      'bpf_list_push_front_impl',
      'int bpf_list_push_front_impl(struct bpf_list_head *head, void *meta__ign, u64 off)',
      [],
      'head, meta__ign (write NULL), off (write 0)',
    ],
    ['in no other kfunc', 'bpf_obj_free', 'void bpf_obj_free(void *p__ign, u64 off)', [], 'p__ign, off'],
    [
      '__ign on a string means that it is not checked',
      'bpf_strcmp',
      'int bpf_strcmp(const char *s1__ign, const char *s2__ign)',
      [],
      's1__ign, s2__ign',
    ],
    [
      'even in an _impl kfunc',
      'bpf_strcmp_impl',
      'int bpf_strcmp_impl(const char *s1__ign, u32 flags)',
      [],
      's1__ign, flags',
    ],
  ]
  test.each(cases)('%s', (_, name, text, flags, expected) => {
    expect(marks(name, text, flags)).toBe(expected)
  })
})

describe('the suffix of a name', () => {
  const cases: [name: string, expected: string | null][] = [
    ['len__sz', '__sz'],
    ['len', null],
    ['len__szk', null],
    ['p__arena__nullable', '__arena__nullable'],
    ['p__nullable', '__nullable'],
    ['__map', null],
  ]
  test.each(cases)('%s: %s', (name, expected) => {
    expect(suffixOf(name, suffixes)).toBe(expected)
  })
})

test("a parameter gets the kernel's words, whether the comment names it with its suffix or without", () => {
  const parameters = { data: 'The bytes.', data__sz: 'How many.', opts: 'Options.' }
  const doc = { summary: '', body: '', parameters, returns: null, at, license: null }
  const text = 'int bpf_x(void *data, u32 data__sz, struct o *opts__nullable, int other)'
  const described = describePrototype('bpf_x', plain(text), [], rules, doc, 'source')
  expect(described.parameters.map((one) => one.doc)).toEqual(['The bytes.', 'How many.', 'Options.', null])
})

describe('a shortened prototype', () => {
  const callback = 'typedef int (*a_callback_t)(void *key)'
  const whole = { ...plain('int bpf_x(u32 a, a_callback_t cb, void *aux)'), typedefs: [callback] }
  test('keeps the typedefs that it still uses', () => {
    expect(cutPrototype('bpf_x', whole, 2)).toMatchObject({
      text: 'int bpf_x(u32 a, a_callback_t cb)',
      typedefs: [callback],
    })
  })
  test('drops the others, and takes void when nothing is left', () => {
    expect(cutPrototype('bpf_x', whole, 1)).toMatchObject({ text: 'int bpf_x(u32 a)', typedefs: [] })
    expect(cutPrototype('bpf_x', whole, 0).text).toBe('int bpf_x(void)')
    expect(cutPrototype('bpf_x', plain('struct a *bpf_x(int b)'), 0).text).toBe('struct a *bpf_x(void)')
  })
})

test('the name in a typedef is found with a pointer and without', () => {
  expect(typedefName('typedef int (*a_callback_t)(struct bpf_map *map, void *key)')).toBe('a_callback_t')
  expect(typedefName('typedef int a_function_t(int x)')).toBe('a_function_t')
})

describe('source and BTF say the same', () => {
  const cases: [source: string, btf: string, same: boolean][] = [
    ['int f(u32 a)', 'int f(u32 a)', true],
    ['int f(u32 a)', 'long f(u32 a)', false],
    ['int f(u32 a)', 'int f(u64 a)', false],
    ['int f(u32 a)', 'int f(u32 b)', false],
    ['int f(u32 a)', 'int f(u32 a, u32 b)', false],
    ['int f(struct a *p)', 'int f(const struct a *p)', false],
    ['int f(int (*cb)(void *map, int *key))', 'int f(int (*cb)(void *, int *))', true],
    ['int f(int (*cb)(void *map))', 'int f(int (*other)(void *))', false],
  ]
  test.each(cases)('%s, %s: %s', (source, btf, same) => {
    expect(saysTheSame(plain(source), plain(btf))).toBe(same)
  })
})
