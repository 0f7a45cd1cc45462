/** Which programs are shown, and what is told of input that cannot be read. */
import { describe, expect, test } from 'vitest'
import { examplesIn, PROGS } from './program-tree.ts'

const program = (name: string, head = 'SEC("tc")', more = ''): string =>
  `#include "bpf_misc.h"\n${head}\nint ${name}(void *ctx)\n{\n${more}\treturn bpf_task_get(1);\n}\n`

async function shown(
  files: Readonly<Record<string, string>>,
  types: ReadonlySet<string> | null = null,
): Promise<string[]> {
  const { byKfunc } = await examplesIn(files, ['bpf_task_get'], types)
  return (byKfunc.get('bpf_task_get') ?? []).map(
    ({ function: name, isFailing }) => `${name}${isFailing ? ' (failing)' : ''}`,
  )
}

describe('of two programs', () => {
  const pairs: [what: string, files: Record<string, string>, first: string][] = [
    [
      'the one whose file is about the kfunc comes first',
      { [`${PROGS}/a.c`]: program('other'), [`${PROGS}/task_kfunc.c`]: program('about') },
      'about',
    ],
    [
      'the one of the better folder comes first',
      {
        'drivers/hid/bpf/progs/a.bpf.c': program('hid'),
        [`${PROGS}/a.c`]: program('self'),
      },
      'self',
    ],
    [
      'the shorter one comes first',
      {
        [`${PROGS}/a.c`]: program('lengthy', 'SEC("tc")', '\tf();\n'.repeat(30)),
        [`${PROGS}/b.c`]: program('brief'),
      },
      'brief',
    ],
    [
      'the one with a comment comes first',
      { [`${PROGS}/a.c`]: program('bare'), [`${PROGS}/b.c`]: program('told', 'SEC("tc")', '\t/* why */\n') },
      'told',
    ],
    [
      'the one that calls it itself comes first',
      {
        [`${PROGS}/a.c`]: `static int deep(void)\n{\n\treturn bpf_task_get(1);\n}\n\nSEC("tc")\nint far(void *c)\n{\n\treturn deep();\n}\n`,
        [`${PROGS}/b.c`]: program('near'),
      },
      'near',
    ],
    [
      'the one that names what it is attached to comes first',
      {
        [`${PROGS}/a.c`]: program('open', 'SEC("fentry.s")'),
        [`${PROGS}/b.c`]: program('named', 'SEC("fentry.s/x")'),
      },
      'named',
    ],
    [
      'the one that is there however it is built comes first',
      {
        [`${PROGS}/a.c`]: program(
          'maybe',
          'SEC("tc")',
          '#ifdef WITH_TASKS\n\tbpf_task_get(0);\n#endif\n',
        ).replace('return bpf_task_get(1)', 'return 0'),
        [`${PROGS}/b.c`]: program('sure', 'SEC("tc")', '#ifdef __clang__\n\tf();\n#endif\n'),
      },
      'sure',
    ],
    [
      'the one about users without privileges comes last',
      {
        [`${PROGS}/a.c`]: program('user', 'SEC("tc") __failure_unpriv'),
        [`${PROGS}/b.c`]: program('root'),
      },
      'root',
    ],
    [
      'the one that passes an empty string comes last',
      {
        [`${PROGS}/a.c`]: program('empty').replace('get(1)', 'get("", 1)'),
        [`${PROGS}/b.c`]: program('full').replace('get(1)', 'get("a", 1)'),
      },
      'full',
    ],
    [
      'assembly comes last',
      {
        [`${PROGS}/task_get.c`]: program('naked', 'SEC("tc") __naked', '\tasm volatile ("call x");\n'),
        [`${PROGS}/z.c`]: program('plain'),
      },
      'plain',
    ],
  ]
  test.each(pairs)('%s', async (_, files, first) => {
    expect((await shown(files))[0]).toBe(first)
  })

  test('the one whose type may call comes first', async () => {
    const files = {
      [`${PROGS}/a.c`]: program('tc', 'SEC("tc")', '\t/* why */\n'),
      [`${PROGS}/b.c`]: program('xdp', 'SEC("xdp")'),
    }
    expect(await shown(files, new Set(['BPF_PROG_TYPE_XDP']))).toEqual(['xdp', 'tc'])
  })
})

test('at most three are shown, from different files', async () => {
  const files = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name) => [`${PROGS}/${name}.c`, program(`${name}1`) + program(`${name}2`)]),
  )
  expect(await shown(files)).toEqual(['a1', 'b1', 'c1'])
})

test('two are shown where only one file calls', async () => {
  expect(await shown({ [`${PROGS}/a.c`]: program('a1') + program('a2') + program('a3') })).toEqual([
    'a1',
    'a2',
  ])
})

describe('a program that is meant to fail', () => {
  const fails: [what: string, path: string, head: string][] = [
    ['by its note', 'a.c', 'SEC("tc") __failure'],
    ['by the words to find in the log', 'a.c', 'SEC("tc") __msg("invalid")'],
    ['by its file', 'task_kfunc_failure.c', 'SEC("tc")'],
    ['by its file of rejected programs', 'verifier_vfs_reject.c', 'SEC("tc")'],
  ]
  test.each(fails)('%s is shown only where nothing else is, and marked', async (_, path, head) => {
    expect(await shown({ [`${PROGS}/${path}`]: program('bad', head) })).toEqual(['bad (failing)'])
    const files = { [`${PROGS}/${path}`]: program('bad', head), [`${PROGS}/zz.c`]: program('good') }
    expect(await shown(files)).toEqual(['good'])
  })

  test('is not one that must load, whatever the log says', async () => {
    expect(await shown({ [`${PROGS}/a.c`]: program('good', 'SEC("tc") __success __msg("x")') })).toEqual([
      'good',
    ])
  })
})

const TESTS = 'tools/testing/selftests/bpf/prog_tests'
const testThat = (load: string): string => `
static const char * const refused[] = { "listed", "other" };
static void test_it(void)
{
	struct a *skel;
	int err;
${load}
	a__destroy(skel);
}
`

describe('a program that its test loads to see it refused', () => {
  const refusals: [what: string, load: string][] = [
    [
      'in a list',
      '\tbpf_program__set_autoload(find(refused[i]), true);\n\terr = a__load(skel);\n\tASSERT_ERR(err, "x");',
    ],
    [
      'by its name',
      '\tbpf_program__set_autoload(skel->progs.listed, true);\n\tASSERT_ERR(a__load(skel), "x");',
    ],
    ['with all of its file', '\tskel = a__open_and_load();\n\tif (!ASSERT_ERR_PTR(skel, "x"))\n\t\treturn;'],
    ['with all of its file, as NULL', '\tskel = a__open_and_load();\n\tASSERT_NULL(skel, "x");'],
  ]
  test.each(refusals)('%s is meant to fail', async (_, load) => {
    const files = { [`${PROGS}/a.c`]: program('listed'), [`${TESTS}/a.c`]: testThat(load) }
    expect(await shown(files)).toEqual(['listed (failing)'])
  })

  const others: [what: string, load: string][] = [
    ['loaded with success', '\tskel = a__open_and_load();\n\tASSERT_OK_PTR(skel, "x");'],
    [
      'not the one that is refused',
      '\tbpf_program__set_autoload(skel->progs.other, true);\n\tASSERT_ERR(a__load(skel), "x");',
    ],
    [
      'refused for what was done to it, and loaded with success elsewhere',
      '\tASSERT_ERR(a__load(skel), "x");\n\terr = a__load(skel);\n\tASSERT_OK(err, "y");',
    ],
    [
      'in a file that only has a failing lookup',
      '\terr = a__load(skel);\n\tASSERT_OK(err, "x");\n\terr = lookup();\n\tASSERT_ERR(err, "y");',
    ],
    [
      'chosen by who calls the test',
      '\tbpf_program__set_autoload(prog, true);\n\tASSERT_ERR(a__load(skel), "x");',
    ],
  ]
  test.each(others)('is not one %s', async (_, load) => {
    const files = { [`${PROGS}/a.c`]: program('listed'), [`${TESTS}/a.c`]: testThat(load) }
    expect(await shown(files)).toEqual(['listed'])
  })
})

describe('a program that runs only with others is not shown', () => {
  const header = 'tools/testing/selftests/bpf/test_kmods/bpf_testmod_kfunc.h'
  const declared = { [header]: 'struct s *bpf_test_only(int a,\n\tint b) __ksym;\n' }
  const needing: [what: string, text: string][] = [
    ['as it calls a function of one', program('needs', 'SEC("tc")', '\tbpf_test_only(1, 2);\n')],
    [
      'as it is linked with another program',
      `extern int in_another(int n) __hidden;\n${program('needs', 'SEC("tc")', '\tin_another(1);\n')}`,
    ],
    ['as it is attached to one', program('needs', 'SEC("fentry/bpf_testmod_read")')],
  ]
  test.each(needing)('%s', async (_, text) => {
    expect(await shown({ ...declared, [`${PROGS}/a.c`]: text })).toEqual([])
    expect(await shown({ ...declared, [`${PROGS}/a.c`]: text + program('free') })).toEqual(['free'])
  })
})

test('test modules are no programs', async () => {
  expect(await shown({ 'tools/testing/selftests/bpf/test_kmods/bpf_testmod.c': program('no') })).toEqual([])
})

describe('bad input is told with its place', () => {
  const bad: [what: string, text: string, rule: string, line: number][] = [
    ['a brace that is not closed', `${program('good')}int f(void)\n{\n`, 'example-braces', 8],
    ['a brace that nothing opened', `${program('good')}}\n`, 'example-braces', 7],
    ['an include that is not there', `#include "no_such.h"\n${program('good')}`, 'example-include', 1],
  ]
  test.each(bad)('%s', async (_, text, rule, line) => {
    const path = `${PROGS}/a.c`
    const { byKfunc, diagnostics } = await examplesIn({ [path]: text }, ['bpf_task_get'])
    expect(byKfunc.get('bpf_task_get')).toMatchObject([{ function: 'good' }])
    expect(diagnostics).toMatchObject([{ rule, place: { path, line } }])
  })

  test('a name that no rule takes for a call', async () => {
    const path = `${PROGS}/a.c`
    const text = 'SEC("tc")\nint f(void *ctx)\n{\n\tvoid *p = bpf_task_get;\n}\n'
    const { byKfunc, diagnostics } = await examplesIn({ [path]: text }, ['bpf_task_get'])
    expect([...byKfunc]).toEqual([])
    expect(diagnostics).toMatchObject([
      { rule: 'example-call-unread', kfunc: 'bpf_task_get', place: { path, line: 4 } },
    ])
  })

  test('bytes that are no UTF-8 do no harm', async () => {
    expect(await shown({ [`${PROGS}/a.c`]: `/* J\u00fcrgen \u0080 */\n${program('good')}` })).toEqual([
      'good',
    ])
  })
})
