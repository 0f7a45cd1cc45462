import { describe, expect, it } from 'vitest'
import { parseDeclaration, parseTypedefs } from '#lib/c/declare.ts'
import { scan, tokenize } from '#lib/c/scan.ts'

const textOfDeclaration = (text: string) => parseDeclaration(tokenize(text))?.text
const parametersOf = (list: string) =>
  parseDeclaration(tokenize(`int f(${list})`))?.parameters.map(({ name, type }) => [name, type])

describe('a prototype', () => {
  it.each([
    ['static __bpf_kfunc void f(void)', 'void f(void)'],
    ['__bpf_kfunc static u32 f()', 'u32 f(void)'],
    [
      '__bpf_kfunc struct nf_conn___init *\nbpf_skb_ct_alloc(struct __sk_buff *skb_ctx,\n\t\t u32 tuple__sz)',
      'struct nf_conn___init *bpf_skb_ct_alloc(struct __sk_buff *skb_ctx, u32 tuple__sz)',
    ],
    [
      '__printf(1, 0) __bpf_kfunc void f(char *fmt, unsigned long long *data)',
      'void f(char *fmt, unsigned long long *data)',
    ],
    ['noinline __must_check __attribute__((cold)) int f(int a) __acquires(x);', 'int f(int a)'],
    [
      '__bpf_kfunc __u8 *hid_bpf_get_data(const size_t rdwr_buf_size)',
      '__u8 *hid_bpf_get_data(const size_t rdwr_buf_size)',
    ],
    ['static __u64 __foo(__be32 __user *p, __wsum)', '__u64 __foo(__be32 *p, __wsum)'],
    ['__bpf_kfunc bpf_callback_t *f(__bpf_odd u32 x)', 'bpf_callback_t *f(u32 x)'],
    ['struct x const *f(struct y const * const p)', 'const struct x *f(const struct y *const p)'],
    [
      'int f(bool (less)(struct bpf_rb_node *a, const struct bpf_rb_node *b), u64 off)',
      'int f(bool (*less)(struct bpf_rb_node *a, const struct bpf_rb_node *b), u64 off)',
    ],
    [
      'int f(int (callback_fn)(void *map, int *key, void *value), unsigned int flags)',
      'int f(int (*callback_fn)(void *map, int *key, void *value), unsigned int flags)',
    ],
    ['int f(int cb(void *ctx))', 'int f(int (*cb)(void *ctx))'],
    ['int f(const char *fmt, ...)', 'int f(const char *fmt, ...)'],
    ['void (*signal(int sig, void (*func)(int)))(int)', 'void (*signal(int sig, void (*func)(int)))(int)'],
    ['enum bpf_x f(enum bpf_y y)', 'enum bpf_x f(enum bpf_y y)'],
    ['void __bpf_trap(void)', 'void __bpf_trap(void)'],
  ])('of %j', (text, expected) => {
    expect(textOfDeclaration(text)).toBe(expected)
  })

  it('tells the return type without the name', () => {
    const returns = ['struct a const *f(void)', 'unsigned f(int a)', 'void (*f(int a))(int)'].map(
      (text) => parseDeclaration(tokenize(text))?.returns,
    )
    expect(returns).toEqual(['const struct a *', 'unsigned int', 'void (*)(int)'])
  })

  it('is null for what declares no function', () => {
    for (const text of [
      '',
      'int x',
      'f',
      'struct foo',
      '*',
      'int (',
      '= f(x)',
      'SYSCALL_DEFINE2(a, int, b)',
    ]) {
      expect(parseDeclaration(tokenize(text)), text).toBeNull()
    }
  })
})

describe('parameters', () => {
  it.each([
    ['void', []],
    [
      'unsigned c, _Bool d',
      [
        ['c', 'unsigned int'],
        ['d', 'bool'],
      ],
    ],
    [
      'unsigned long int a, long unsigned b, long long int c',
      [
        ['a', 'unsigned long'],
        ['b', 'unsigned long'],
        ['c', 'long long'],
      ],
    ],
    [
      'short int a, signed char b, unsigned char c',
      [
        ['a', 'short'],
        ['b', 'signed char'],
        ['c', 'unsigned char'],
      ],
    ],
    [
      'char dst[static 8], u8 key[], char *argv[], int a[2][3]',
      [
        ['dst', 'char *'],
        ['key', 'u8 *'],
        ['argv', 'char **'],
        ['a', 'int (*)[3]'],
      ],
    ],
    [
      'char __user *buf, struct a __rcu **b, int x __maybe_unused, void *p __attribute__((unused))',
      [
        ['buf', 'char *'],
        ['b', 'struct a **'],
        ['x', 'int'],
        ['p', 'void *'],
      ],
    ],
    [
      'u32, struct foo *, const char *, ...',
      [
        [null, 'u32'],
        [null, 'struct foo *'],
        [null, 'const char *'],
        [null, '...'],
      ],
    ],
    ['bool (*less)(struct a *, int b)', [['less', 'bool (*)(struct a *, int b)']]],
    [
      'typeof(x) y, void *map__map, const struct cpumask *restrict m',
      [
        ['y', 'typeof(x)'],
        ['map__map', 'void *'],
        ['m', 'const struct cpumask *'],
      ],
    ],
    [
      '__u64 flags__k, u32 __x',
      [
        ['flags__k', '__u64'],
        ['__x', 'u32'],
      ],
    ],
  ])('of (%s)', (list, expected) => {
    expect(parametersOf(list)).toEqual(expected)
  })
})

describe('typedefs of functions', () => {
  it.each([
    [
      'typedef int (*bpf_task_work_callback_t)(struct bpf_map *map,\n\tvoid *key, void *value);',
      ['typedef int (*bpf_task_work_callback_t)(struct bpf_map *map, void *key, void *value)'],
    ],
    [
      'typedef u64 (*bpf_callback_t)(u64, u64, u64 flags);',
      ['typedef u64 (*bpf_callback_t)(u64, u64, u64 flags)'],
    ],
    [
      'typedef int (fn_t)(void);\ntypedef void g_t(int a);',
      ['typedef int fn_t(void)', 'typedef void g_t(int a)'],
    ],
    ['typedef int x;\ntypedef struct { int (*a)(void); } ops_t;\ntypedef', []],
  ])('of %j', (text, expected) => {
    expect(parseTypedefs(scan({ path: 'case.h', text })).map((it) => it.text)).toEqual(expected)
  })
})
