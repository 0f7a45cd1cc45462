/** A program and the snippet that is cut from it: what is kept, what is left out, and how it is laid out. */
import { describe, expect, test } from 'vitest'
import { exampleIn } from './program-tree.ts'

const LICENSE = 'char _license[] SEC("license") = "GPL";\n'

test('a snippet has includes, licence and all that its program needs, in order, and nothing else', async () => {
  const example = await exampleIn(
    `// SPDX-License-Identifier: GPL-2.0
/* Copyright (c) 2022 Meta Platforms, Inc. and affiliates. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include "bpf_experimental.h"

#define NODES 2
#define UNUSED 3

struct node_data {
	long key;
	struct bpf_rb_node node;
};

struct other {
	long key;
};

enum state { IDLE, BUSY };

typedef int (*less_t)(void *a, void *b);

int err, pid;
const volatile bool debug;
long unused_total;

#define private(name) SEC(".data." #name) __hidden __attribute__((aligned(8)))
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root root __contains(node_data, node);
private(B) struct bpf_rb_root other_root __contains(other, node);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(value, struct node_data);
	__uint(max_entries, NODES);
} nodes SEC(".maps");

extern void bpf_rbtree_add(struct bpf_rb_root *root, less_t less) __ksym;
extern void bpf_rbtree_gone(struct bpf_rb_root *root) __ksym;

/* Orders by address. */
static int less(void *a, void *b)
{
	return a < b;
}

static void unused(void)
{
	unused_total++;
}

static long add_one(void)
{
	if (debug)
		err = BUSY;
	bpf_spin_lock(&lock);
	bpf_rbtree_add(&root, less);
	bpf_spin_unlock(&lock);
	return bpf_map_lookup_elem(&nodes, &pid) ? 0 : 1;
}

/* Puts one in. */
SEC("tc")
long add(void *ctx)
{
	long other_root = add_one();

	return other_root;
}

SEC("tc")
long other_program(void *ctx)
{
	unused();
	return UNUSED;
}

${LICENSE}`,
    'bpf_rbtree_add',
  )
  expect(example?.code).toBe(`#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include "bpf_experimental.h"

#define NODES 2

struct node_data {
	long key;
	struct bpf_rb_node node;
};

enum state { IDLE, BUSY };

typedef int (*less_t)(void *a, void *b);

int err, pid;
const volatile bool debug;

#define private(name) SEC(".data." #name) __hidden __attribute__((aligned(8)))
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root root __contains(node_data, node);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(value, struct node_data);
	__uint(max_entries, NODES);
} nodes SEC(".maps");

extern void bpf_rbtree_add(struct bpf_rb_root *root, less_t less) __ksym;

/* Orders by address. */
static int less(void *a, void *b)
{
	return a < b;
}

static long add_one(void)
{
	if (debug)
		err = BUSY;
	bpf_spin_lock(&lock);
	bpf_rbtree_add(&root, less);
	bpf_spin_unlock(&lock);
	return bpf_map_lookup_elem(&nodes, &pid) ? 0 : 1;
}

/* Puts one in. */
SEC("tc")
long add(void *ctx)
{
	long other_root = add_one();

	return other_root;
}

${LICENSE}`)
  expect(example).toMatchObject({
    function: 'add',
    section: 'tc',
    programType: 'BPF_PROG_TYPE_SCHED_CLS',
    via: null,
    isChoice: false,
    at: { path: 'tools/testing/selftests/bpf/progs/file.c', line: 63 },
    endLine: 69,
    license: 'GPL-2.0',
    callLines: [42],
    isFailing: false,
    compiled: null,
    compileError: null,
  })
})

const cases: [what: string, text: string, expected: string, calls: number[]][] = [
  [
    'a declaration without extern, of a function that returns a pointer to a struct, is kept',
    `struct task *bpf_x(int n) __ksym;
struct other *bpf_y(int n) __ksym;
enum how bpf_z(void) __ksym;

SEC("tc")
int f(void *ctx)
{
	return bpf_x(1) && bpf_z();
}
`,
    `struct task *bpf_x(int n) __ksym;
enum how bpf_z(void) __ksym;

SEC("tc")
int f(void *ctx)
{
	return bpf_x(1) && bpf_z();
}
`,
    [7],
  ],
  [
    'a variable of the file is kept though a block inside has one of the same name',
    `int saddr;

SEC("tc")
int f(void *ctx)
{
	int n = saddr;

	if (n) {
		int saddr = 1;

		bpf_x(saddr);
	}
	return 0;
}
`,
    `int saddr;

SEC("tc")
int f(void *ctx)
{
	int n = saddr;

	if (n) {
		int saddr = 1;

		bpf_x(saddr);
	}
	return 0;
}
`,
    [11],
  ],
  [
    'notes to the test runner are left out, and lines with nothing else',
    `#include "bpf_misc.h"

SEC("tc")
__success __retval(0)
__arch_x86_64 int f(void *ctx)
{
	return bpf_x();
}
`,
    `#include "bpf_misc.h"

SEC("tc")
int f(void *ctx)
{
	return bpf_x();
}
`,
    [6],
  ],
  [
    'BPF_PROG() holds the name and the parameters of what it defines',
    `int calls;

SEC("tp_btf/task_newtask")
int BPF_PROG(on_new, struct task_struct *task, u64 flags)
{
	calls++;
	bpf_x(task);
	return bpf_x(task);
}
`,
    `int calls;

SEC("tp_btf/task_newtask")
int BPF_PROG(on_new, struct task_struct *task, u64 flags)
{
	calls++;
	bpf_x(task);
	return bpf_x(task);
}
`,
    [7, 8],
  ],
  [
    'conditions around what is kept stay, without the branches that are not needed',
    `#if defined(__TARGET_ARCH_x86)
int kept;
#ifdef MORE
int dropped;
#endif
SEC("tc") int f(void *ctx) { return bpf_x(kept); }
#else
SEC("tc") int dummy(void *ctx) { return 0; }
#endif
`,
    `#if defined(__TARGET_ARCH_x86)
int kept;

SEC("tc") int f(void *ctx) { return bpf_x(kept); }
#endif
`,
    [4],
  ],
  [
    'what is defined before the last include stays, for the headers',
    `#define BPF_NO_KFUNC_PROTOTYPES
#include <vmlinux.h>
#define NOT_FOR_THEM 1

SEC("tc") int f(void *ctx) { return bpf_x(); }
`,
    `#define BPF_NO_KFUNC_PROTOTYPES
#include <vmlinux.h>

SEC("tc") int f(void *ctx) { return bpf_x(); }
`,
    [4],
  ],
  [
    "the file's own macro that calls is shown, and the call marked in it",
    `#define CALL(n) bpf_x(n)

SEC("tc") int f(void *ctx) { return CALL(1); }
`,
    `#define CALL(n) bpf_x(n)

SEC("tc") int f(void *ctx) { return CALL(1); }
`,
    [1],
  ],
]

test.each(cases)('%s', async (_, text, code, callLines) => {
  expect(await exampleIn(text, 'bpf_x')).toMatchObject({ code, callLines, via: null })
})

describe('the section', () => {
  const sections: [head: string, section: string, programType: string | null][] = [
    [
      'SEC("?fentry.s/bpf_fentry_test1") int f(void *c)',
      '?fentry.s/bpf_fentry_test1',
      'BPF_PROG_TYPE_TRACING',
    ],
    [
      'SEC("fentry.s/" SYS_PREFIX "sys_x") int f(void *c)',
      'fentry.s/" SYS_PREFIX "sys_x',
      'BPF_PROG_TYPE_TRACING',
    ],
    ['SEC(WHERE) int f(void *c)', 'xdp', 'BPF_PROG_TYPE_XDP'],
    ['__test(0) int f(void *c)', 'syscall', 'BPF_PROG_TYPE_SYSCALL'],
    ['void BPF_STRUCT_OPS(f, struct task_struct *p)', 'struct_ops/f', 'BPF_PROG_TYPE_STRUCT_OPS'],
    ['SEC("xdp.frags") int f(void *c)', 'xdp.frags', 'BPF_PROG_TYPE_XDP'],
    ['SEC("tcx") int f(void *c)', 'tcx', null],
  ]
  test.each(sections)('of %s', async (head, section, programType) => {
    const text = `#include <scx/common.bpf.h>
#include "bpf_misc.h"
#define WHERE "xdp"
#define __test(retval) SEC("syscall") __success __retval(retval)
${head} { bpf_x(); }
`
    expect(await exampleIn(text, 'bpf_x')).toMatchObject({ function: 'f', section, programType })
  })
})

describe('a snippet of more than eighty lines', () => {
  const lines = (count: number, text: string): string =>
    Array.from({ length: count }, (_, index) => `\t${text}${index});\n`).join('')

  test('loses whole helpers, longest first, and says so', async () => {
    const example = await exampleIn(
      `static void long_one(void)\n{\n${lines(50, 'f(')}}\n
static void short_one(void)\n{\n${lines(20, 'g(')}}\n
SEC("tc")\nint f(void *ctx)\n{\n\tlong_one();\n\tshort_one();\n${lines(5, 'h(')}\treturn bpf_x();\n}\n`,
      'bpf_x',
    )
    const code = example?.code.split('\n') ?? []
    expect(code[0]).toBe('/* … 53 lines of long_one() left out … */')
    expect(code).toContain('static void short_one(void)')
    expect(code[(example?.callLines[0] ?? 0) - 1]).toBe('\treturn bpf_x();')
  })

  test('keeps what calls it for the program rather than what that needs in turn', async () => {
    const example = await exampleIn(
      `static void deep(void)\n{\n${lines(30, 'f(')}}\n
static void near(void)\n{\n\tdeep();\n${lines(40, 'g(')}}\n
SEC("tc")\nint f(void *ctx)\n{\n\tnear();\n${lines(5, 'h(')}\treturn bpf_x();\n}\n`,
      'bpf_x',
    )
    const code = example?.code.split('\n') ?? []
    expect(code[0]).toBe('/* … 33 lines of deep() left out … */')
    expect(code).toContain('static void near(void)')
  })

  test('loses statements far from the call, so that braces balance', async () => {
    const example = await exampleIn(
      `SEC("tc")\nint f(void *ctx)\n{\n\tint a;\n\n${lines(40, 'f(')}\tif (ctx) {\n${lines(40, '\tg(')}\t\tbpf_x();\n\t}\n${lines(
        40,
        'h(',
      )}\treturn 0;\n}\n`,
      'bpf_x',
    )
    const code = example?.code ?? ''
    expect(code.split('\n').length).toBeLessThanOrEqual(81)
    expect(code.split('{').length).toBe(code.split('}').length)
    expect(code).toMatch(/^SEC\("tc"\)\nint f\(void \*ctx\)\n\{\n\tint a;\n/)
    expect(code).toMatch(/\tif \(ctx\) \{\n(?:.*\n)*\t\tbpf_x\(\);\n\t\}\n/)
    expect(code).toMatch(/\t\/\* … \d+ lines left out … \*\/\n\}\n$/)
  })
})
