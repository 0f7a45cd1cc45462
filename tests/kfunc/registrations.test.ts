/** How kernels register id sets: set, `struct btf_kfunc_id_set` and register call, joined by name. */
import { describe, expect, test } from 'vitest'
import { complaintsAbout, factsWith, registers, registrationsIn, setOf } from '../support/kernel-fixture.ts'

const defines = (...names: readonly string[]): string =>
  names.map((name) => `__bpf_kfunc int ${name}(void)\n{\n\treturn 0;\n}\n`).join('')

const kset = (name: string, set: string): string =>
  `static const struct btf_kfunc_id_set ${name} = {\n\t.owner = THIS_MODULE,\n\t.set = &${set},\n};\n`

/** Function bodies that register a_set, and b_set. */
const withSets = (code: string): string =>
  [defines('bpf_a', 'bpf_b'), setOf('a_ids', 'bpf_a'), setOf('b_ids', 'bpf_b')].join('') +
  [kset('a_set', 'a_ids'), kset('b_set', 'b_ids'), code].join('')

describe('a register call is found wherever it stands', () => {
  const both = ['bpf_a: XDP by a_ids', 'bpf_b: SCHED_CLS by b_ids']
  const cases: [where: string, code: string, expected: string[]][] = [
    [
      'over several lines',
      `late_initcall(f);
static int __init f(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP,
					 &a_set);
}`,
      ['bpf_a: XDP by a_ids'],
    ],
    [
      'in a chain of ret ?:',
      `static int __init f(void)
{
	int ret;

	ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set);
	ret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_CLS, &b_set);
	return ret ?: register_btf_id_dtor_kfuncs(dtors, ARRAY_SIZE(dtors), THIS_MODULE);
}`,
      both,
    ],
    [
      'in a returned chain of ?:',
      `int f(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set) ?:
	       register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_CLS, &b_set);
}`,
      both,
    ],
    [
      'in a condition',
      `static int __init f(void)
{
	if ((ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set)) ||
	    (ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_CLS,
					     &b_set))) {
		pr_err("failed (%d)\\n", ret);
		return ret;
	}
	return 0;
}`,
      both,
    ],
    [
      'after a return that the configuration decides',
      `static int __init f(void)
{
	int ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &a_set);

	if (ret || !IS_ENABLED(CONFIG_BINFMT_MISC_BPF))
		return ret;
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &a_set);
}`,
      ['bpf_a: LSM by a_ids', 'bpf_a: STRUCT_OPS by a_ids'],
    ],
    [
      'in the init callback of a struct_ops',
      `static int bpf_io_init(struct btf *btf)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &a_set);
}
static struct bpf_struct_ops io_uring_ops = { .init = bpf_io_init };`,
      ['bpf_a: STRUCT_OPS by a_ids'],
    ],
    [
      'in the init of a module, among other things',
      `static int __init cubictcp_register(void)
{
	int ret;

	beta_scale = 8 * (BICTCP_BETA_SCALE + beta) / 3;
	ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &a_set);
	if (ret < 0)
		return ret;
	return tcp_register_congestion_control(&cubictcp);
}
module_init(cubictcp_register);`,
      ['bpf_a: STRUCT_OPS by a_ids'],
    ],
  ]
  test.each(cases)('%s', async (_, code, expected) => {
    expect(await registrationsIn({ 'net/a.c': withSets(code) })).toEqual(expected)
  })
})

test('sets are found in the whole kernel, not in directories named bpf alone', async () => {
  const text = `${defines('bpf_wakeup')}${setOf('wakeup_ids', 'bpf_wakeup')}
static const struct btf_kfunc_id_set wakeup_set = {
	.set = &wakeup_ids,
};
static int __init bpf_wakeup_init(void)
{
	if (register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, &wakeup_set))
		pm_pr_dbg("unable to register\\n");
	return 0;
}`
  expect(await registrationsIn({ 'drivers/base/power/wakeup.c': text })).toEqual([
    'bpf_wakeup: SYSCALL by wakeup_ids',
  ])
})

describe('the struct between set and call', () => {
  const forms: [what: string, initialiser: string, expected: string][] = [
    ['with a filter', '{ .owner = THIS_MODULE, .set = &a_ids, .filter = a_filter, }', ' if a_filter'],
    ['with tabs, and no comma at the end', '{\n\t.owner\t\t= THIS_MODULE,\n\t.set\t\t= &a_ids\n}', ''],
    ['without an owner', '{ .set = &a_ids, }', ''],
  ]
  test.each(forms)('%s', async (_, initialiser, expected) => {
    const text = `
static int a_filter(const struct bpf_prog *prog, u32 kfunc_id)
{
	return prog->type == BPF_PROG_TYPE_LSM ? 0 : -EACCES;
}
${defines('bpf_a')}${setOf('a_ids', 'bpf_a')}
static const struct btf_kfunc_id_set a_kset = ${initialiser};
static int __init f(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &a_kset);
}`
    expect(await registrationsIn({ 'fs/a.c': text })).toEqual([`bpf_a: LSM by a_ids${expected}`])
  })

  test('may have the name of one in another file: each call means that of its own', async () => {
    const file = (kfunc: string, set: string) => `
${defines(kfunc)}${setOf(set, kfunc)}${kset('common_kfunc_set', set)}
static int __init f(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &common_kfunc_set);
}`
    const files = { 'kernel/bpf/arena.c': file('bpf_a', 'arena_ids'), 'net/b.c': file('bpf_b', 'b_ids') }
    expect(await registrationsIn(files)).toEqual(['bpf_a: XDP by arena_ids', 'bpf_b: XDP by b_ids'])
  })

  test('may have the name of a set', async () => {
    const text = `${defines('bpf_a', 'bpf_b')}${setOf('x_set', 'bpf_a')}${setOf('y_set', 'bpf_b')}
${kset('y_set', 'x_set')}${kset('x_set', 'y_set')}
static int __init f(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &x_set);
}`
    expect(await registrationsIn({ 'net/a.c': text })).toEqual(['bpf_b: XDP by y_set'])
  })

  test('means the set of its own file, where another file has one of that name', async () => {
    const file = (kfunc: string) => `${defines(kfunc)}${setOf('skb_ids', kfunc)}${registers('skb_ids')}`
    const files = { 'net/a.c': file('bpf_a'), 'net/b.c': file('bpf_b') }
    expect(await registrationsIn(files)).toEqual(['bpf_a: XDP by skb_ids', 'bpf_b: XDP by skb_ids'])
  })

  test('may stand in another file than the call, and the set in another than the struct', async () => {
    const call = 'int f(void)\n{\n\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set);\n}\n'
    const files = {
      'net/a.c': defines('bpf_a') + setOf('a_ids', 'bpf_a'),
      'net/b.c': kset('a_set', 'a_ids').replace('static ', ''),
      'net/c.c': call,
    }
    expect(await registrationsIn(files)).toEqual(['bpf_a: XDP by a_ids'])
  })
})

describe('one kfunc in several registrations', () => {
  test('has flags of its own in each, ordered by place of the call', async () => {
    const text = `${defines('hid_bpf_hw_request')}
BTF_KFUNCS_START(hid_ids)
BTF_ID_FLAGS(func, hid_bpf_hw_request, KF_SLEEPABLE)
BTF_KFUNCS_END(hid_ids)
${setOf('hid_syscall_ids', 'hid_bpf_hw_request')}
${registers('hid_syscall_ids', 'BPF_PROG_TYPE_SYSCALL')}${registers('hid_ids', 'BPF_PROG_TYPE_STRUCT_OPS')}`
    expect(await registrationsIn({ 'drivers/hid/bpf/dispatch.c': text })).toEqual([
      'hid_bpf_hw_request: SYSCALL by hid_syscall_ids',
      'hid_bpf_hw_request: STRUCT_OPS by hid_ids KF_SLEEPABLE',
    ])
  })

  test('in sets of different files has the registrations of both', async () => {
    const files = {
      'net/core/filter.c': defines('bpf_skb') + setOf('skb_ids', 'bpf_skb') + registers('skb_ids'),
      'net/sched/bpf_qdisc.c':
        setOf('qdisc_ids', 'bpf_skb') + registers('qdisc_ids', 'BPF_PROG_TYPE_STRUCT_OPS'),
    }
    expect(await registrationsIn(files)).toEqual([
      'bpf_skb: XDP by skb_ids',
      'bpf_skb: STRUCT_OPS by qdisc_ids',
    ])
  })
})

describe('a set registered for fmod_ret holds attach points', () => {
  const fmodRet = `
static const struct btf_kfunc_id_set fmodret_set = { .owner = THIS_MODULE, .set = &fmodret_ids };
static int __init f(void)
{
	return register_btf_fmodret_id_set(&fmodret_set);
}`
  const starts = ['BTF_SET8', 'BTF_KFUNCS']
  test.each(starts)('whether it is written with %s_START', async (macro) => {
    const set = `${macro}_START(fmodret_ids)\nBTF_ID_FLAGS(func, bpf_point)\n${macro}_END(fmodret_ids)\n`
    const files = { 'net/mptcp/bpf.c': defines('bpf_point') + set + fmodRet }
    const { fmodRetSets } = await factsWith(files)
    expect(await registrationsIn(files)).toEqual([])
    expect(fmodRetSets.map(({ set: name, names }) => [name, names])).toEqual([['fmodret_ids', ['bpf_point']]])
  })

  test('but a function that is in a set of kfuncs, too, is a kfunc', async () => {
    const sets = setOf('fmodret_ids', 'bpf_point', 'bpf_both') + setOf('a_ids', 'bpf_both')
    const text = `${defines('bpf_point', 'bpf_both')}${sets}${fmodRet}${registers('a_ids')}`
    expect(await registrationsIn({ 'net/a.c': text })).toEqual(['bpf_both: XDP by a_ids'])
  })
})

test('what tools and samples register is in no kernel', async () => {
  const text = defines('bpf_a') + setOf('a_ids', 'bpf_a') + registers('a_ids')
  for (const path of [
    'tools/testing/selftests/bpf/testmod.c',
    'tools/bpf/resolve_btfids/a.c',
    'samples/bpf/a.c',
  ])
    expect(await registrationsIn({ [path]: text })).toEqual([])
})

describe('what cannot be read of a registration is reported at its place', () => {
  const cases: [complaint: string, code: string][] = [
    [
      'here registration-unread: register_btf_kfunc_id_set(type, &a_set): expected a BPF_PROG_TYPE_… constant; what it registers was not read',
      'int f(enum bpf_prog_type type)\n{\n\treturn /*^*/register_btf_kfunc_id_set(type, &a_set);\n}',
    ],
    [
      'here registration-unread: register_btf_kfunc_id_set: struct btf_kfunc_id_set c_set is not in this file and no file defines it; what it registers was not read',
      'int f(void)\n{\n\treturn /*^*/register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &c_set);\n}',
    ],
    [
      'here registration-unread: the id set gone_ids that this call registers was not found',
      `${kset('c_set', 'gone_ids')}int f(void)\n{\n\treturn /*^*/register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &c_set);\n}`,
    ],
    [
      'here registration-unread: the id set gone_ids that this call registers was not found',
      `${kset('c_set', 'gone_ids')}int f(void)\n{\n\treturn /*^*/register_btf_fmodret_id_set(&c_set);\n}`,
    ],
    [
      'here kset-without-set: struct btf_kfunc_id_set c_set names no set; expected .set = &…',
      '/*^*/static const struct btf_kfunc_id_set c_set = { .owner = THIS_MODULE };',
    ],
  ]
  test.each(cases)('%s', async (complaint, code) => {
    const complaints = await complaintsAbout('net/a.c', withSets(code))
    // the sets that the call would have registered are then registered by nothing, which is said as well
    expect(complaints.filter((said) => !said.includes('id-set-not-registered'))).toEqual([complaint])
  })
})
