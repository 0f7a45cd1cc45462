/** What a release says of kfuncs as a whole: flags, program types, hooks, sleepability, suffixes, filters. */
import { describe, expect, test } from 'vitest'
import { type Files, factsWith, marked, registers, setOf } from '../support/kernel-fixture.ts'

const types = (text: string): string[] => text.split(' ').map((type) => `BPF_PROG_TYPE_${type}`)

test('the made-up kernel itself is read without a complaint', async () => {
  const { diagnostics, kfuncs } = await factsWith({})
  expect(diagnostics).toEqual([])
  expect(kfuncs.map(({ name }) => name)).toEqual(['bpf_task_acquire'])
})

test('flags are numbered and explained by include/linux/btf.h', async () => {
  const { flags } = await factsWith({})
  expect(flags.map(({ name, bit, comment }) => [name, bit, comment])).toEqual([
    ['KF_ACQUIRE', 0, 'gives a reference'],
    ['KF_RELEASE', 1, 'takes a reference'],
    ['KF_RET_NULL', 2, null],
    ['KF_SLEEPABLE', 5, 'may sleep'],
    ['KF_RCU', 7, null],
    ['KF_IMPLICIT_ARGS', 16, null],
  ])
  expect(flags[0]?.at).toEqual({ path: 'include/linux/btf.h', line: 2 })
})

test('a macro named KF_ of another header is no flag', async () => {
  const { flags } = await factsWith({
    'drivers/net/kf.h': '/* __bpf_kfunc */\n#define KF_OTHER (1 << 9)\n',
    'include/linux/btf.h':
      '/* __bpf_kfunc */\n#define KF_ACQUIRE BIT(0)\n#define KF_MASK (KF_ACQUIRE | KF_RCU)\n',
  })
  expect(flags.map(({ name, bit }) => [name, bit])).toEqual([['KF_ACQUIRE', 0]])
})

test('program types are those of the enum, in its order, without place holders', async () => {
  const { programTypes } = await factsWith({})
  const expected = 'UNSPEC SCHED_CLS XDP CGROUP_SKB SOCK_OPS SK_MSG TRACING STRUCT_OPS EXT LSM SYSCALL'
  expect(programTypes).toEqual(types(expected))
})

test('program types that one arm of the switch returns for share a hook; types without an arm have none', async () => {
  const { hooks } = await factsWith({})
  expect(hooks.map(({ name, programTypes }) => [name.replace('BTF_KFUNC_HOOK_', ''), programTypes])).toEqual([
    ['CGROUP', types('CGROUP_SKB SOCK_OPS')],
    ['COMMON', types('UNSPEC')],
    ['STRUCT_OPS', types('STRUCT_OPS')],
    ['SYSCALL', types('SYSCALL')],
    ['TC', types('SCHED_CLS')],
    ['TRACING', types('TRACING LSM')],
    ['XDP', types('XDP')],
  ])
})

describe('which program types may be sleepable', () => {
  test('is read from can_be_sleepable(), and which always are from check_attach_btf_id()', async () => {
    const { sleepability } = await factsWith({})
    expect(sleepability?.may).toEqual(types('LSM STRUCT_OPS TRACING'))
    expect(sleepability?.always).toEqual(types('SYSCALL'))
  })

  test('is read from a condition in check_attach_btf_id() before 6.2', async () => {
    const { files, place } = marked(
      'kernel/bpf/verifier.c',
      `
static int check_kfunc_call(struct bpf_verifier_env *env, struct bpf_insn *insn)
{
	return -EINVAL;
}

static int /*^*/check_attach_btf_id(struct bpf_verifier_env *env)
{
	if (prog->type == BPF_PROG_TYPE_SYSCALL) {
		if (prog->aux->sleepable)
			return 0;
		verbose(env, "Syscall programs can only be sleepable\\n");
		return -EINVAL;
	}
	if (prog->aux->sleepable && prog->type == BPF_PROG_TYPE_STRUCT_OPS)
		return check_struct_ops_btf_id(env);
	if (prog->aux->sleepable && prog->type != BPF_PROG_TYPE_TRACING &&
	    prog->type != BPF_PROG_TYPE_LSM && prog->type != BPF_PROG_TYPE_KPROBE) {
		verbose(env, "Only fentry/fexit/fmod_ret, lsm, and uprobe programs can be sleepable\\n");
		return -EINVAL;
	}
	if (prog->type != BPF_PROG_TYPE_TRACING && prog->type != BPF_PROG_TYPE_EXT)
		return 0;
	return 1;
}`,
    )
    const { sleepability } = await factsWith(files)
    expect(sleepability).toEqual({
      may: types('KPROBE LSM TRACING'),
      always: types('SYSCALL'),
      at: { path: place.path, line: place.line },
    })
  })
})

test('suffixes are what the is_kfunc_arg_… functions test names for, each by the function that says so', async () => {
  const { suffixes } = await factsWith({})
  expect(suffixes.map(({ name, test: by }) => [name, by])).toEqual([
    ['__arena', 'is_kfunc_arg_arena'],
    ['__arena__nullable', 'is_kfunc_arg_arena'],
    ['__ign', 'is_kfunc_arg_ignore'],
    ['__nullable', 'is_kfunc_arg_nullable'],
    ['__sz', 'is_kfunc_arg_mem_size'],
  ])
})

test('types of implicit arguments are what resolve_btfids names; before 7.0 it names none', async () => {
  const names = async (files: Files) => (await factsWith(files)).implicitTypes.map(({ name }) => name)
  expect(await names({})).toEqual(['bpf_prog_aux', 'btf_struct_meta'])
  expect(await names({ 'tools/bpf/resolve_btfids/main.c': 'int main(void) { return 0; }' })).toEqual([])
})

test('a filter is listed with its definition and the sets that name it', async () => {
  const define = '__bpf_kfunc int bpf_a(void)\n{\n\treturn 0;\n}\n'
  const filtered = (set: string) => registers(set).replace(`&${set} }`, `&${set}, .filter = a_filter }`)
  const { files, place } = marked(
    'net/a.c',
    `${define}
static int /*^*/a_filter(const struct bpf_prog *prog, u32 kfunc_id)
{
	return 0;
}
${setOf('b_ids', 'bpf_a')}${setOf('a_ids', 'bpf_a')}${filtered('b_ids')}${filtered('a_ids')}`,
  )
  const at = { path: place.path, line: place.line }
  expect((await factsWith(files)).filters).toMatchObject([{ name: 'a_filter', sets: ['a_ids', 'b_ids'], at }])
})

test('a table that every kernel has and this one has not is reported', async () => {
  const { diagnostics } = await factsWith({
    'include/linux/bpf_types.h': '',
    'include/linux/lsm_hook_defs.h': '',
    'include/linux/btf.h': '',
    'kernel/bpf/helpers.c': '',
    'kernel/bpf/verifier.c': 'int unrelated(void) { return 0; }',
  })
  expect(diagnostics.map(({ rule }) => rule)).toEqual(
    [
      'sleepability-unread',
      'flags-unread',
      'suffixes-unread',
      'demands-unread',
      'contexts-unread',
      'lsm-hooks-unread',
    ].sort(
      (a, b) =>
        diagnostics.findIndex(({ rule }) => rule === a) - diagnostics.findIndex(({ rule }) => rule === b),
    ),
  )
})

describe('a table that is not found is reported, and empty', () => {
  const cases: [complaint: string, path: string, of: 'programTypes' | 'hooks' | 'sleepability'][] = [
    ['program-types-unread: no file has enum bpf_prog_type', 'include/uapi/linux/bpf.h', 'programTypes'],
    [
      'hooks-unread: no file defines bpf_prog_type_to_kfunc_hook(); which program types share a hook is not known',
      'kernel/bpf/btf.c',
      'hooks',
    ],
    [
      'sleepability-unread: neither can_be_sleepable() nor a condition in check_attach_btf_id() was found; which types may sleep is not known',
      'kernel/bpf/verifier.c',
      'sleepability',
    ],
  ]
  test.each(cases)('%s', async (complaint, path, table) => {
    const facts = await factsWith({ [path]: 'int unrelated(void) { return 0; }' })
    expect(facts.diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toContain(complaint)
    expect(facts[table]).toEqual(table === 'sleepability' ? null : [])
  })
})
