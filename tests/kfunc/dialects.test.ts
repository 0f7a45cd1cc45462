/**
 * Each spelling of the table in src/lib/kfunc/dialects.ts as a small kernel, `dialects/<name>.c`, and what is read of it,
 * `dialects/<name>.json`. `// file: path` begins a file of it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  CHECK_LIST,
  CHECK_MEMBER,
  CHECK_SET,
  CHECK_STRUCT,
  FLAG_SETS,
  KSET_MEMBERS,
  KSET_STRUCT,
  LIST_KSET_MACRO,
  REGISTER,
  REGISTER_IN_LIST,
  SET_MACROS,
  STRUCT_OPS_STRUCT,
} from '#lib/kfunc/dialects.ts'
import { complaintsAbout, type Files, factsWith } from '../support/kernel-fixture.ts'

const FOLDER = new URL('dialects/', import.meta.url)

/** What a kernel up to 5.19 has in place of flags, and up to 5.17 in place of hooks and suffixes. */
const BEFORE_FLAGS: Files = { 'include/linux/btf.h': '', 'kernel/bpf/helpers.c': '' }
const BEFORE_HOOKS: Files = {
  ...BEFORE_FLAGS,
  'kernel/bpf/btf.c': '',
  'kernel/bpf/verifier.c': `
static int check_kfunc_call(struct bpf_verifier_env *env)
{
	return env->ops->check_kfunc_call && env->ops->check_kfunc_call(func_id) ? 0 : -EACCES;
}

static int add_kfunc_call(struct bpf_verifier_env *env)
{
	if (!env->prog->gpl_compatible) {
		verbose(env, "cannot call kernel function from non-GPL compatible program\\n");
		return -EINVAL;
	}
	return 0;
}

static int check_attach_btf_id(struct bpf_verifier_env *env)
{
	if (prog->aux->sleepable && prog->type != BPF_PROG_TYPE_TRACING &&
	    prog->type != BPF_PROG_TYPE_LSM) {
		verbose(env, "Only fentry/fexit/fmod_ret and lsm programs can be sleepable\\n");
		return -EINVAL;
	}
	return 0;
}
`,
}

const FRAMES: Readonly<Record<string, Files>> = {
  'verifier-operations': BEFORE_HOOKS,
  'lists-of-modules': BEFORE_HOOKS,
  'sets-of-flags': BEFORE_FLAGS,
}

const readText = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2))

/** The files of a fixture, on top of what a kernel of its time has. */
function filesOf(name: string): Files {
  const own = readText(`${name}.c`)
    .split(/^\/\/ file: /m)
    .slice(1)
    .map((part): [string, string] => {
      const end = part.indexOf('\n')
      return [part.slice(0, end), part.slice(end + 1)]
    })
  return { ...FRAMES[name], ...Object.fromEntries(own) }
}

test.each(names)('%s is read', async (name) => {
  const { hooks, kfuncs, flags, suffixes, sleepability, diagnostics } = await factsWith(filesOf(name))
  const read = {
    diagnostics,
    hooks: hooks.map(({ name: hook, programTypes, structOps }) => ({ name: hook, programTypes, structOps })),
    alwaysSleepable: sleepability?.always,
    hasFlags: flags.length > 0,
    hasSuffixes: suffixes.length > 0,
    kfuncs: kfuncs
      .filter(({ definition }) => definition?.path.startsWith('net/'))
      .map(({ name: kfunc, isTest, registrations, prototype, definition, gating }) => ({
        name: kfunc,
        isTest,
        registrations,
        prototype: prototype?.text,
        definition,
        gating: gating && {
          config: gating.config,
          alternatives: gating.alternatives,
          architectures: gating.architectures,
          module: gating.module,
        },
      })),
  }
  expect(read).toEqual(JSON.parse(readText(`${name}.json`)))
})

test('every spelling of the table has a fixture', () => {
  const spellings = [
    ...SET_MACROS.flatMap(({ start, end, entry }) => [start, end, entry]),
    ...KSET_MEMBERS.map(({ member }) => `.${member} `),
    ...FLAG_SETS.map(({ member }) => `.${member} `),
    `struct ${KSET_STRUCT} `,
    `struct ${CHECK_STRUCT} `,
    `struct ${STRUCT_OPS_STRUCT} `,
    `.${CHECK_MEMBER}\t`,
    ...[CHECK_SET, CHECK_LIST, LIST_KSET_MACRO, REGISTER, REGISTER_IN_LIST].map((name) => `${name}(`),
  ]
  const texts = names.map((name) => readText(`${name}.c`))
  expect(spellings.filter((word) => !texts.some((text) => text.includes(word)))).toEqual([])
})

describe('what cannot be read of an old spelling is reported at its place', () => {
  const ops = (check: string): string => `const struct bpf_verifier_ops xdp_verifier_ops = {
	.check_kfunc_call = ${check},
};
`
  const check = (body: string): string => `bool xdp_check(u32 id)\n{\n\t${body}\n}\n`
  const define = 'int bpf_a(void)\n{\n\treturn 0;\n}\n'
  const set = 'BTF_SET_START(a_ids)\nBTF_ID(func, bpf_a)\nBTF_SET_END(a_ids)\n'
  const asks = check('return btf_id_set_contains(&a_ids, id);')
  const cases: [complaint: string, text: string][] = [
    [
      'here registration-unread: neither include/linux/bpf_types.h nor a struct bpf_struct_ops gives a program type the operations odd_verifier_ops; what their .check_kfunc_call lets programs call was not read',
      `${asks}${set}${define}${ops('xdp_check')}/*^*/${ops('xdp_check').replace('xdp_verifier', 'odd_verifier')}`,
    ],
    [
      'here registration-unread: no file defines gone(), which xdp_verifier_ops names; what it lets programs call was not read',
      `/*^*/${ops('gone')}`,
    ],
    [
      'here registration-unread: xdp_check() asks no id set; expected btf_id_set_contains(&set, …) or bpf_check_mod_kfunc_call(&list, …)',
      ops('xdp_check') + check('return id == 7;').replace('xdp_check', '/*^*/xdp_check'),
    ],
    [
      'here registration-unread: the id set gone_ids that this call registers was not found',
      ops('xdp_check') + check('return /*^*/btf_id_set_contains(&gone_ids, id);'),
    ],
    [
      'here registration-unread: register_kfunc_btf_id_set(&b_list, &b_set): no .check_kfunc_call asks b_list; who may call what it adds is not known',
      `${ops('xdp_check')}${asks}${set}${define}int f(void)\n{\n\t/*^*/register_kfunc_btf_id_set(&b_list, &b_set);\n}\n`,
    ],
    [
      'here registration-unread: register_kfunc_btf_id_set: struct kfunc_btf_id_set b_set is not in this file and no file defines it; what it registers was not read',
      `${ops('xdp_check')}${check('return bpf_check_mod_kfunc_call(&b_list, id, owner);')}int f(void)\n{\n\t/*^*/register_kfunc_btf_id_set(&b_list, &b_set);\n}\n`,
    ],
    [
      'here hooks-unread: BPF_PROG_TYPE_STRUCT_OPS has the operations a_ops and b_ops; its answers are read from the first alone',
      `${asks}${set}${define}
const struct bpf_verifier_ops a_ops = { .check_kfunc_call = xdp_check };
/*^*/const struct bpf_verifier_ops b_ops = { .check_kfunc_call = xdp_check };
struct bpf_struct_ops bpf_a = { .verifier_ops = &a_ops, .name = "a" };
struct bpf_struct_ops bpf_b = { .verifier_ops = &b_ops, .name = "b" };
`,
    ],
    [
      'here id-set-not-registered: nothing registers lost_kfunc_ids: its 1 functions are not taken for kfuncs (bpf_a)',
      `${define}/*^*/${set.replaceAll('a_ids', 'lost_kfunc_ids')}`,
    ],
    [
      'here kset-member-unread: struct btf_kfunc_id_set a_set has .odd_set, of which nothing is known here; what it says of kfuncs was not read',
      `${define}${set}/*^*/static struct btf_kfunc_id_set a_set = { .check_set = &a_ids, .odd_set = &a_ids };
int f(void)\n{\n\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set);\n}\n`,
    ],
    [
      'here registration-unread: the id set gone_ids that this call registers as .acquire_set was not found: which kfuncs have KF_ACQUIRE is not known',
      `${define}${set}static struct btf_kfunc_id_set a_set = { .check_set = &a_ids, .acquire_set = &gone_ids };
int f(void)\n{\n\treturn /*^*/register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &a_set);\n}\n`,
    ],
  ]
  test.each(cases)('%s', async (complaint, text) => {
    expect(await complaintsAbout('net/a.c', text)).toEqual([complaint])
  })
})
