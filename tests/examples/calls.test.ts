/** How a program may call a kfunc: by its name, as a function's name, or behind a macro that is then named. */
import { expect, test } from 'vitest'
import { exampleIn, examplesIn, PROGS } from './program-tree.ts'

const BODY_OF = (includes: string, body: string): string =>
  `${includes}\nSEC("tc")\nint f(void *ctx)\n{\n\t${body}\n\treturn 0;\n}\n`
const BPF = '#include <bpf/bpf_helpers.h>\n#include "bpf_experimental.h"'
const SCX = '#include <scx/common.bpf.h>'

const rules: [what: string, includes: string, body: string, kfunc: string, via: string | null][] = [
  ['by its name', BPF, 'bpf_x(1);', 'bpf_x', null],
  ['as an argument', BPF, 'try_it(ctx, bpf_x);', 'bpf_x', null],
  ['as an argument with a cast', BPF, 'try_it((void *)bpf_x, ctx);', 'bpf_x', null],
  ['by a flavour', BPF, 'bpf_x___new(1);', 'bpf_x', null],
  ['by bpf_for_each, new', BPF, 'bpf_for_each(css, pos, root) n++;', 'bpf_iter_css_new', 'bpf_for_each()'],
  ['by bpf_for_each, next', BPF, 'bpf_for_each(css, pos, root) n++;', 'bpf_iter_css_next', 'bpf_for_each()'],
  [
    'by bpf_for_each, destroy',
    BPF,
    'bpf_for_each(css, pos, root) n++;',
    'bpf_iter_css_destroy',
    'bpf_for_each()',
  ],
  ['by bpf_for', BPF, 'bpf_for(i, 0, 10) n++;', 'bpf_iter_num_next', 'bpf_for()'],
  ['by bpf_stream_printk', BPF, 'bpf_stream_printk(1, "x");', 'bpf_stream_vprintk', 'bpf_stream_printk()'],
  ['by bpf_obj_new', BPF, 'p = bpf_obj_new(typeof(*p));', 'bpf_obj_new_impl', 'bpf_obj_new()'],
  ['by bpf_assert', BPF, 'bpf_assert(n > 1);', 'bpf_throw', 'bpf_assert()'],
  ['by scx_bpf_error', SCX, 'scx_bpf_error("no %d", 1);', 'scx_bpf_error_bstr', 'scx_bpf_error()'],
  ['by a macro of macros', SCX, 'scx_bpf_fatal("no");', 'scx_bpf_error_bstr', 'scx_bpf_fatal()'],
  [
    'by an inline function',
    SCX,
    'scx_bpf_cid_override(1);',
    'scx_bpf_cid_override',
    'scx_bpf_cid_override()',
  ],
  ['by a macro of its name, the new one', SCX, 'scx_bpf_move(1, 2);', 'scx_bpf_move___v2', 'scx_bpf_move()'],
  ['by a macro of its name, the old one', SCX, 'scx_bpf_move(1, 2);', 'scx_bpf_move', 'scx_bpf_move()'],
]
test.each(rules)('a kfunc is called %s', async (_, includes, body, kfunc, via) => {
  const lines = includes.split('\n').length
  expect(await exampleIn(BODY_OF(includes, body), kfunc)).toMatchObject({ via, callLines: [lines + 4] })
})

const none: [what: string, body: string][] = [
  ['asked whether it exists', 'if (bpf_ksym_exists(bpf_x)) return 1;'],
  ['compared with null', 'if (bpf_x) return 1;'],
  ["a member's name", 'ctx->bpf_x(1);'],
  ['in a macro that only asks whether it exists', 'if (HAS_NOW) return 1;'],
]
test.each(none)('no call of a kfunc is where it is %s', async (_, body) => {
  const { byKfunc } = await examplesIn({ [`${PROGS}/file.c`]: BODY_OF(BPF, body) }, ['bpf_x', 'bpf_now'])
  expect([...byKfunc]).toEqual([])
})

test('a macro counts only where its header is included', async () => {
  expect(await exampleIn(BODY_OF('', 'scx_bpf_error("x");'), 'scx_bpf_error_bstr')).toBeUndefined()
})

test('an existing flavour that is a kfunc itself is no example of the plain one', async () => {
  const text = BODY_OF('', 'scx_bpf_y___v2(1);')
  const { byKfunc } = await examplesIn({ [`${PROGS}/file.c`]: text }, ['scx_bpf_y', 'scx_bpf_y___v2'])
  expect([...byKfunc.keys()]).toEqual(['scx_bpf_y___v2'])
})

test('one declaration alone is no example', async () => {
  expect(await exampleIn('extern int bpf_x(void) __ksym;\n', 'bpf_x')).toBeUndefined()
})

test('a macro that asks what the kernel has is said to choose; one that calls one kfunc is not', async () => {
  const kfuncs = ['scx_bpf_move', 'scx_bpf_move___v2', 'scx_bpf_cid_override']
  const body = 'scx_bpf_move(1, 2); scx_bpf_cid_override(1);'
  const { byKfunc } = await examplesIn({ [`${PROGS}/file.c`]: BODY_OF(SCX, body) }, kfuncs)
  expect(kfuncs.map((name) => byKfunc.get(name)?.[0]?.isChoice)).toEqual([true, true, false])
})
