/** Where rules are found: in a made-up verifier as two releases spell it. */
import { describe, expect, test } from 'vitest'
import { findPlaces } from '#lib/places/find.ts'
import { memoryTree } from '../support/memory-tree.ts'

const OLD = memoryTree({
  'kernel/bpf/verifier.c': `
/* check_args() asks is_const( of a comment */
static int other(void)
{
	return is_const(1);
}
static int check_args(struct env *env)
{
	if (is_kfunc_x(meta) &&
	    is_mem(env,
		   0))
		say("a %s\\n", b);
	return 0;
}
`,
  'include/linux/btf.h': '#define KF_A (1 << 0)\n',
})

const NEW = memoryTree({
  'kernel/bpf/verifier.c': `
static bool is_lock(u32 id)
{
	return id == special_kfunc_list[KF_bpf_lock] || id == special_kfunc_list[KF_bpf_lock_irq];
}
static bool is_any_lock(u32 id)
{
	return is_lock(id) || id == special_kfunc_list[KF_bpf_unlock];
}
static bool is_plain(u32 id)
{
	return id == 1;
}
static int check_call(struct env *env)
{
	before();
	if (id == special_kfunc_list[KF_bpf_slice] || (id == special_kfunc_list[KF_bpf_slice_rdwr])) {
		for (i = 0; i < 2; i++)
			step();
		if (id == special_kfunc_list[KF_bpf_slice]) {
			reads();
		} else {
			writes();
		}
	} else if (is_lock(id) && busy) {
		locks();
	} else if (id == special_kfunc_list[KF_bpf_throw]) {
		throws();
	} else
		rest();
	if (!is_lock(id))
		negated();
	if (is_lock(id) || busy)
		mixed();
	if (is_any_lock(id))
		both();
	if (is_plain(id)) plain();
	after();
}
`,
  'kernel/bpf/args.c': `
static int check_kfunc_args(struct env *env)
{
	return is_mem(env, 0);
}
`,
  'kernel/sched/ext.c': `
static bool allowed(u32 mask)
{
	return mask;
}
static bool ready(void)
{
	return allowed(1);
}
__bpf_kfunc void bpf_asks(void)
{
	if (!ready())
		return;
}
__bpf_kfunc void bpf_silent(void)
{
	notready();
}
`,
  'kernel/sched/idle.c': '__bpf_kfunc void bpf_idle(void)\n{\n\tallowed(2);\n}\n',
  'kernel/other/idle.c': '__bpf_kfunc void bpf_elsewhere(void)\n{\n\tallowed(2);\n}\n',
})

const V = 'kernel/bpf/verifier.c'
const rulesOf = async (tree: typeof OLD, of: readonly string[], isCalled = false) =>
  (await findPlaces(tree, { places: [], messages: [], rules: of.map((one) => ({ of: one, isCalled })) }))
    .rules

describe('the place of a rule', () => {
  test('is the line of a definition, or of the first such words in it, however they are spaced', async () => {
    const found = await rulesOf(OLD, [
      `${V}#check_args`,
      `${V}#check_args~is_mem(env, 0)`,
      `${V}#check_args~say("a %s\\n"`,
      'include/linux/btf.h#KF_A',
    ])
    expect(found).toEqual([
      { of: 'include/linux/btf.h#KF_A', line: 1 },
      { of: `${V}#check_args`, line: 7 },
      { of: `${V}#check_args~is_mem(env, 0)`, line: 10 },
      { of: `${V}#check_args~say("a %s\\n"`, line: 12 },
    ])
  })

  test('is null where the function is gone, or has the words no more, be they in a comment or beside it', async () => {
    const lacking = [
      `${V}#check_args~is_const(`,
      `${V}#check_args~is_me`,
      `${V}#check_kfunc_args`,
      'kernel/none.c#check_args',
    ]
    for (const { line } of await rulesOf(OLD, lacking)) expect(line).toBeNull()
    expect(await rulesOf(NEW, [`${V}#check_args`])).toEqual([{ of: `${V}#check_args`, line: null }])
  })

  test('may be in another C file of the folder', async () => {
    expect(await rulesOf(NEW, [`${V}#check_kfunc_args~is_mem(`])).toEqual([
      { of: `${V}#check_kfunc_args~is_mem(`, path: 'kernel/bpf/args.c', line: 4 },
    ])
  })
})

describe('the kfuncs that a place is about are', () => {
  const cases: [what: string, name: string, kfuncs: string[] | undefined][] = [
    ['those of the conditions around it', 'check_call~throws(', ['bpf_throw']],
    ['those of any of two', 'check_call~step(', ['bpf_slice', 'bpf_slice_rdwr']],
    ['the narrower', 'check_call~reads(', ['bpf_slice']],
    ['what the narrower leaves', 'check_call~writes(', ['bpf_slice_rdwr']],
    ['those that a function tests for', 'check_call~locks(', ['bpf_lock', 'bpf_lock_irq']],
    ['those of functions that it asks', 'check_call~both(', ['bpf_lock', 'bpf_lock_irq', 'bpf_unlock']],
    ['for a function, those that it tests for', 'is_lock', ['bpf_lock', 'bpf_lock_irq']],
    ['any before a condition', 'check_call~before(', undefined],
    ['any in the condition', 'check_call~is_lock(id) || busy', undefined],
    ['any where the condition may hold for others', 'check_call~mixed(', undefined],
    ['any where it says what they are not', 'check_call~negated(', undefined],
    ['any where other things are asked', 'check_call~plain(', undefined],
    ['any in the last branch', 'check_call~rest(', undefined],
    ['any behind all', 'check_call~after(', undefined],
    ['any of a function that tests for none', 'is_plain', undefined],
  ]
  test.each(cases)('%s', async (_, name, kfuncs) => {
    const [found] = await rulesOf(NEW, [`${V}#${name}`])
    expect(found?.line).toBeGreaterThan(0)
    expect(found?.kfuncs).toEqual(kfuncs)
  })

  test('those that call a function, by way of others of its folder, where that is asked', async () => {
    const [found] = await rulesOf(NEW, ['kernel/sched/ext.c#allowed'], true)
    expect(found).toEqual({ of: 'kernel/sched/ext.c#allowed', line: 2, kfuncs: ['bpf_asks', 'bpf_idle'] })
  })
})
