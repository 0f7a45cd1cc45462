import { describe, expect, it } from 'vitest'
import { findFunctions } from '#lib/c/functions.ts'
import { scan } from '#lib/c/scan.ts'

const find = (text: string, ...names: string[]) =>
  findFunctions(scan({ path: 'case.c', text }), names.length > 0 ? new Set(names) : undefined)
const summary = (text: string) => find(text).map((fn) => [...fn.markers, fn.declaration.text].join(' '))

describe('definitions', () => {
  it.each([
    [
      'with the return type on the line above',
      '__bpf_kfunc struct hid_bpf_ctx *\nhid_bpf_allocate_context(unsigned int hid_id)\n{\n}',
      ['__bpf_kfunc struct hid_bpf_ctx *hid_bpf_allocate_context(unsigned int hid_id)'],
    ],
    [
      'with the marker before the storage',
      '__bpf_kfunc static void dctcp_init(struct sock *sk)\n{\n}',
      ['__bpf_kfunc static void dctcp_init(struct sock *sk)'],
    ],
    [
      'with the marker after the storage',
      'static __bpf_kfunc void f(struct sock *sk)\n{\n}',
      ['static __bpf_kfunc void f(struct sock *sk)'],
    ],
    [
      'with attribute lines above',
      '__printf(1, 0)\n__attribute__((noinline))\n__bpf_kfunc void f(char *fmt, ...)\n{\n}',
      ['__printf(1, 0) __attribute__((noinline)) __bpf_kfunc void f(char *fmt, ...)'],
    ],
    [
      'with attributes behind',
      'noinline int f(int a) __must_check __acquires(x)\n{\n}',
      ['noinline int f(int a)'],
    ],
    [
      'after macros without a semicolon',
      'BTF_KFUNCS_END(x)\nmodule_init(y)\nstatic inline u32 f(void)\n{\n}',
      ['static inline u32 f(void)'],
    ],
    [
      'after macros with a semicolon',
      '__bpf_kfunc_start_defs();\nEXPORT_SYMBOL_GPL(g);\nDEFINE_MUTEX(m);\nlate_initcall(i);\nint f(void)\n{\n}',
      ['int f(void)'],
    ],
    ['after an attribute-like macro and a blank line', '__diag_pop()\n\nint f(void)\n{\n}', ['int f(void)']],
    ['that return a double underscore type', '__u64 __f(void)\n{\n}', ['__u64 __f(void)']],
    [
      'in both branches of an #if, which share a body',
      '#ifdef A\nint f(int a)\n{\n#else\nint f(void)\n{\n#endif\n\tif (x) { y(); }\n}\nint g(void) { }',
      ['int f(int a)', 'int f(void)', 'int g(void)'],
    ],
    [
      'in both branches, with a head for one body',
      '#ifdef A\nint f(int a)\n#else\nint f(u8 b)\n#endif\n{\n}',
      ['int f(u8 b)'],
    ],
    [
      'after structs and initialisers',
      'struct foo {\n\tint (*a)(void);\n} __packed;\nstatic int x[] = { g(1), h(2) };\nstatic u8 y = f(2);\nint f(void)\n{\n\treturn 1;\n}',
      ['int f(void)'],
    ],
    [
      'after a macro that writes a function',
      'SYSCALL_DEFINE2(bpf, int, cmd)\n{\n\tg();\n}\nint f(void)\n{\n}',
      ['int f(void)'],
    ],
    ['of a file that ends too soon', 'int f(void)\n{\n\tif (x) {', ['int f(void)']],
  ])('%s', (_title, text, expected) => {
    expect(summary(text)).toEqual(expected)
  })

  it.each([
    ['a declaration', 'int f(void);\nextern int g(int a) __ksym;'],
    ['a call', 'int x = f(2);\nstatic_assert(sizeof(f(1)) == 2);'],
    ['a macro that writes a function', 'BPF_CALL_2(bpf_x, u64, a, u64, b)\n{\n\treturn f(a);\n}'],
    ['a macro body', '#define F(x) int x(void) { }\n'],
    ['a function in a comment', '/* int f(void) { } */'],
    ['a struct, enum or initialiser', 'struct f { int a; };\nenum g { A };\nint h[] = { 1 };'],
    ['an old parameter list', 'int f(a)\nint a;\n{\n}'],
  ])('%s is none', (_title, text) => {
    expect(summary(text)).toEqual([])
  })

  it('have the places of their parts', () => {
    const text = '/* doc */\n__printf(1, 0)\nstatic int\nf(int a)\n{\n\treturn 1; }\nint g;'
    const [fn] = find(text)
    expect(text.slice(fn?.start, fn?.end)).toBe('__printf(1, 0)\nstatic int\nf(int a)\n{\n\treturn 1; }')
    expect(text.slice(fn?.nameStart, fn?.bodyStart)).toBe('f(int a)\n')
    expect(text.slice(fn?.bodyStart, fn?.end)).toBe('{\n\treturn 1; }')
  })

  it('are found by name, one for each branch of an #if', () => {
    const text =
      '#ifdef CONFIG_EXT_SUB_SCHED\n__bpf_kfunc int scx_bpf_sub_grant(u64 id)\n{\n}\n#else\n__bpf_kfunc int scx_bpf_sub_grant(u64 id)\n{\n}\n#endif\nint other(void) { }'
    expect(find(text, 'scx_bpf_sub_grant').map(({ name }) => name)).toEqual([
      'scx_bpf_sub_grant',
      'scx_bpf_sub_grant',
    ])
  })
})
