/** Where and how kernels define the functions that their id sets name. */
import { describe, expect, test } from 'vitest'
import {
  complaintsAbout,
  type Files,
  factsWith,
  marked,
  registers,
  registrationsIn,
  setOf,
} from '../support/kernel-fixture.ts'

const body = '{\n\treturn 0;\n}\n'
const set = setOf('a_ids', 'bpf_a') + registers('a_ids')

/** What is read of the kfunc bpf_a. */
async function readA(files: Files) {
  const { kfuncs } = await factsWith(files)
  const kfunc = kfuncs.find(({ name }) => name === 'bpf_a')
  if (!kfunc) throw new Error('bpf_a is no kfunc of these files')
  return kfunc
}

describe('a definition is read however it is laid out', () => {
  const cases: [layout: string, definition: string, prototype: string][] = [
    ['on one line', '__bpf_kfunc int bpf_a(u32 x)', 'int bpf_a(u32 x)'],
    [
      'with the type on a line of its own',
      '__bpf_kfunc struct hid_bpf_ctx *\nbpf_a(unsigned int hid_id)',
      'struct hid_bpf_ctx *bpf_a(unsigned int hid_id)',
    ],
    [
      'static after the mark',
      '__bpf_kfunc static void bpf_a(struct sock *sk)',
      'void bpf_a(struct sock *sk)',
    ],
    ['static before the mark', 'static __bpf_kfunc u32 bpf_a(struct sock *sk)', 'u32 bpf_a(struct sock *sk)'],
    [
      'below an attribute',
      '__printf(1, 0)\n__bpf_kfunc int bpf_a(const char *fmt, void *args)',
      'int bpf_a(const char *fmt, void *args)',
    ],
    [
      'over several lines',
      '__bpf_kfunc int bpf_a(struct a *x,\n\t\t\t   u32 x__sz,\n\t\t\t   u64 flags)',
      'int bpf_a(struct a *x, u32 x__sz, u64 flags)',
    ],
    [
      'with callbacks, whose commas part no parameters',
      '__bpf_kfunc int bpf_a(struct r *r, bool (less)(struct n *a, const struct n *b), int (*cb)(void *map, int *key))',
      'int bpf_a(struct r *r, bool (*less)(struct n *a, const struct n *b), int (*cb)(void *map, int *key))',
    ],
    ['without a mark', 'noinline void bpf_a(struct a *x)', 'void bpf_a(struct a *x)'],
  ]
  test.each(cases)('%s', async (_, definition, prototype) => {
    const kfunc = await readA({ 'net/a.c': `${definition}\n${body}${set}` })
    expect(kfunc.prototype?.text).toBe(prototype)
  })
})

test('the place of a definition is the line of its name', async () => {
  const { files, place } = marked('net/a.c', `\n__bpf_kfunc struct a *\n/*^*/bpf_a(void)\n${body}${set}`)
  expect((await readA(files)).definition).toEqual({ path: place.path, line: place.line })
})

test('a kfunc may be defined in another file than its set, marked or not', async () => {
  for (const mark of ['__bpf_kfunc ', '']) {
    const files = { 'kernel/bpf/helpers.c': set, 'arch/s390/kernel/bpf.c': `${mark}int bpf_a(void)\n${body}` }
    expect((await readA(files)).definition?.path).toBe('arch/s390/kernel/bpf.c')
  }
})

test('before 6.3 nothing marks a definition: the names in the sets find it', async () => {
  const files = {
    'kernel/bpf/helpers.c': `
__diag_push();
__diag_ignore_all("-Wmissing-prototypes", "kfuncs are called from BPF");
struct nf_conn *
bpf_a(struct nf_conn *ct, u32 len__sz)
${body}
__diag_pop();
BTF_SET8_START(a_ids)
BTF_ID_FLAGS(func, bpf_a, KF_ACQUIRE | KF_RET_NULL)
BTF_ID_FLAGS(func, crash_kexec)
BTF_SET8_END(a_ids)
${registers('a_ids', 'BPF_PROG_TYPE_TRACING')}`,
    'kernel/kexec_core.c': `void crash_kexec(struct pt_regs *regs)\n${body}`,
  }
  expect(await registrationsIn(files)).toEqual([
    'bpf_a: TRACING by a_ids KF_ACQUIRE|KF_RET_NULL',
    'crash_kexec: TRACING by a_ids',
  ])
  expect((await readA(files)).prototype?.text).toBe('struct nf_conn *bpf_a(struct nf_conn *ct, u32 len__sz)')
  const { kfuncs } = await factsWith(files)
  expect(kfuncs.map(({ definition }) => definition?.path)).toEqual([
    'kernel/bpf/helpers.c',
    'kernel/kexec_core.c',
  ])
})

describe('of several definitions', () => {
  const real = '__bpf_kfunc int bpf_a(int real)'
  const stub = '__bpf_kfunc int bpf_a(int stub)'
  const cases: [choice: string, files: Files][] = [
    [
      'the one outside #else',
      { 'net/a.c': `#ifdef CONFIG_A\n${real} ${body}#else\n${stub} ${body}#endif\n${set}` },
    ],
    [
      'the one in the #else of #ifndef',
      { 'net/a.c': `#ifndef CONFIG_A\n${stub} ${body}#else\n${real} ${body}#endif\n${set}` },
    ],
    ['a marked one', { 'lib/a.c': `${real} ${body}`, 'net/a.c': `int bpf_a(int stub) ${body}${set}` }],
    ['the one in the file of the set', { 'lib/a.c': `${stub} ${body}`, 'net/a.c': `${real} ${body}${set}` }],
    [
      'none of a header, where stubs are inline',
      {
        'include/linux/bpf.h': `/* __bpf_kfunc */ static inline int bpf_a(int stub) ${body}`,
        'lib/a.c': `int bpf_a(int real) ${body}`,
        'net/a.c': set,
      },
    ],
  ]
  test.each(cases)('%s is taken', async (_, files) => {
    expect((await readA(files)).prototype?.text).toBe('int bpf_a(int real)')
    expect((await factsWith(files)).diagnostics).toEqual([])
  })
})

describe('what cannot be told of a definition is reported', () => {
  test('two that are as good', async () => {
    const text = `__bpf_kfunc int /*^*/bpf_a(void) ${body}__bpf_kfunc long bpf_a(void) ${body}${set}`
    expect(await complaintsAbout('net/a.c', text)).toEqual([
      'here definition-ambiguous: bpf_a is defined here and in net/a.c:4; this one is shown',
    ])
  })
  test('none', async () => {
    const complaint = 'nowhere kfunc-without-definition: bpf_a is in an id set, and no file defines it'
    expect(await complaintsAbout('net/a.c', set)).toEqual([complaint])
    const kfunc = await readA({ 'net/a.c': set, 'tools/a.c': `int bpf_a(void) ${body}` })
    expect([kfunc.prototype, kfunc.definition, kfunc.doc]).toEqual([null, null, null])
  })
  test('a filter that no file defines', async () => {
    const text = `__bpf_kfunc int bpf_a(void) ${body}${set.replace('&a_ids }', '&a_ids, .filter = a_filter }')}`
    const { filters, diagnostics } = await factsWith({ 'net/a.c': text })
    expect(diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'filter-without-definition: no file that was read defines a_filter(): what it lets through is not known',
    ])
    expect(filters).toMatchObject([{ name: 'a_filter', sets: ['a_ids'], asks: ['a_ids'], sha256: null }])
  })
})

describe('the comment above a definition', () => {
  const cases: [what: string, comment: string, summary: string | null][] = [
    ['kernel-doc is documentation', '/**\n * bpf_a - Do it.\n */\n', 'Do it.'],
    ['a plain one that begins with the name is', '/* bpf_a - Do it.\n *\n * Parameters:\n */\n', 'Do it.'],
    ['a plain one that speaks of something else is not', '/* In dangerous area, increase slowly. */\n', null],
    ['one that only mentions the name is not', '/* What bpf_a() does is hidden. */\n', null],
    ['one above a blank line belongs to nothing', '/**\n * bpf_a - Do it.\n */\n\n', null],
    ['none is none', '', null],
  ]
  test.each(cases)('%s', async (_, comment, summary) => {
    const { doc } = await readA({ 'net/a.c': `${comment}__bpf_kfunc int bpf_a(void) ${body}${set}` })
    expect(doc?.summary ?? null).toBe(summary)
  })
})

test('a comment has the licence of its file, where that names one', async () => {
  const text = `/**\n * bpf_a - Do it.\n */\n__bpf_kfunc int bpf_a(void) ${body}${set}`
  const cases: [firstLine: string, license: string | null][] = [
    ['// SPDX-License-Identifier: GPL-2.0-only\n', 'GPL-2.0-only'],
    ['/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */\n', 'GPL-2.0 OR BSD-3-Clause'],
    ['', null],
  ]
  for (const [firstLine, license] of cases)
    expect((await readA({ 'net/a.c': firstLine + text })).doc?.license).toBe(license)
})

describe('the typedef of a callback', () => {
  const typedef = 'typedef int (*a_callback_t)(struct bpf_map *map, void *key);\n'
  const define = `__bpf_kfunc int bpf_a(a_callback_t callback) ${body}${set}`
  const cases: [where: string, files: Files][] = [
    ['in a header', { 'include/linux/bpf.h': typedef, 'net/a.c': define }],
    ['in the file itself', { 'net/a.c': typedef + define }],
  ]
  test.each(cases)('is found %s', async (_, files) => {
    expect((await readA(files)).prototype?.typedefs).toEqual([
      'typedef int (*a_callback_t)(struct bpf_map *map, void *key)',
    ])
  })
})

describe('a kfunc for tests only is told by the file that defines it', () => {
  const cases: [path: string, isTest: boolean][] = [
    ['net/bpf/test_run.c', true],
    ['kernel/bpf/helpers.c', false],
    ['kernel/latest_run.c', false],
  ]
  test.each(cases)('%s: %s', async (path, isTest) => {
    const files = { [path]: `__bpf_kfunc int bpf_a(void) ${body}`, 'net/a.c': set }
    expect((await readA(files)).isTest).toBe(isTest)
  })
})
