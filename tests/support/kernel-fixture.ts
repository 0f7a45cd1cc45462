/** A small made-up kernel in memory, to be overlaid with the file that a test is about. */
import type { KernelTree } from '#lib/kernel-tree.ts'
import { readSource, type SourceFacts } from '#lib/kfunc/source.ts'
import type { Registration } from '#lib/model/published.ts'
import { type Place, placeOf } from '#lib/text/source.ts'
import { memoryTree } from './memory-tree.ts'

/** Files by path. */
export type Files = Readonly<Record<string, string>>

/** What every kernel has: its version, flags, program types, hooks, the verifier's rules, and one kfunc. */
const FRAME: Files = {
  Makefile: 'VERSION = 9\nPATCHLEVEL = 2\nSUBLEVEL = 1\nEXTRAVERSION =\n',
  'include/linux/btf.h': `
#define KF_ACQUIRE	(1 << 0) /* gives a reference */
#define KF_RELEASE	(1 << 1) /* takes a reference */
#define KF_RET_NULL	(1 << 2)
#define KF_SLEEPABLE	(1 << 5) /* may
				  * sleep
				  */
#define KF_RCU		(1 << 7)
#define KF_IMPLICIT_ARGS	(1 << 16)
#define __bpf_kfunc __used __retain __noclone noinline
`,
  'include/linux/btf_ids.h': `
#define BTF_SET8_START(name) __BTF_SET8_START(name, local, 0)
#define BTF_KFUNCS_START(name) __BTF_SET8_START(name, local, BTF_SET8_KFUNCS)
`,
  'include/uapi/linux/bpf.h': `
enum bpf_prog_type {
	BPF_PROG_TYPE_UNSPEC,
	BPF_PROG_TYPE_SCHED_CLS, BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_CGROUP_SKB, BPF_PROG_TYPE_SOCK_OPS,
	BPF_PROG_TYPE_SK_MSG, BPF_PROG_TYPE_TRACING, BPF_PROG_TYPE_STRUCT_OPS, BPF_PROG_TYPE_EXT,
	BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_SYSCALL,
	__MAX_BPF_PROG_TYPE
};
enum bpf_attach_type {
	BPF_TRACE_ITER,
	__MAX_BPF_ATTACH_TYPE
};
`,
  'include/linux/bpf_types.h': 'BPF_PROG_TYPE(BPF_PROG_TYPE_XDP, xdp, struct xdp_md, struct xdp_buff)\n',
  'include/linux/lsm_hook_defs.h': 'LSM_HOOK(int, 0, file_open, struct file *file)\n',
  'kernel/bpf/btf.c': `
static int bpf_prog_type_to_kfunc_hook(enum bpf_prog_type prog_type)
{
	switch (prog_type) {
	case BPF_PROG_TYPE_UNSPEC:
		return BTF_KFUNC_HOOK_COMMON;
	case BPF_PROG_TYPE_XDP:
		return BTF_KFUNC_HOOK_XDP;
	case BPF_PROG_TYPE_SCHED_CLS:
		return BTF_KFUNC_HOOK_TC;
	case BPF_PROG_TYPE_STRUCT_OPS:
		return BTF_KFUNC_HOOK_STRUCT_OPS;
	case BPF_PROG_TYPE_TRACING:
	case BPF_PROG_TYPE_LSM:
		return BTF_KFUNC_HOOK_TRACING;
	case BPF_PROG_TYPE_SYSCALL:
		return BTF_KFUNC_HOOK_SYSCALL;
	case BPF_PROG_TYPE_CGROUP_SKB:
	case BPF_PROG_TYPE_SOCK_OPS:
		return BTF_KFUNC_HOOK_CGROUP;
	default:
		return BTF_KFUNC_HOOK_MAX;
	}
}

int register_btf_kfunc_id_set(enum bpf_prog_type prog_type, const struct btf_kfunc_id_set *kset)
{
	return __register_btf_kfunc_id_set(bpf_prog_type_to_kfunc_hook(prog_type), kset);
}
`,
  'kernel/bpf/verifier.c': `
static bool is_kfunc_arg_mem_size(const struct btf *btf, const struct btf_param *arg)
{
	return btf_param_match_suffix(btf, arg, "__sz");
}

static bool is_kfunc_arg_ignore(const struct btf *btf, const struct btf_param *arg)
{
	return btf_param_match_suffix(btf, arg, "__ign");
}

static bool is_kfunc_arg_nullable(const struct btf *btf, const struct btf_param *arg)
{
	return btf_param_match_suffix(btf, arg, "__nullable") || btf_param_match_suffix(btf, arg, "__arena");
}

static bool is_kfunc_arg_arena(const struct btf *btf, const struct btf_param *arg)
{
	return btf_param_match_suffix(btf, arg, "__arena") || btf_param_match_suffix(btf, arg, "__arena__nullable");
}

static bool can_be_sleepable(struct bpf_prog *prog)
{
	if (prog->type == BPF_PROG_TYPE_TRACING)
		return prog->expected_attach_type == BPF_TRACE_ITER;
	return prog->type == BPF_PROG_TYPE_LSM || prog->type == BPF_PROG_TYPE_STRUCT_OPS;
}

static int check_attach_btf_id(struct bpf_verifier_env *env)
{
	if (prog->type == BPF_PROG_TYPE_SYSCALL) {
		if (prog->sleepable)
			return 0;
		verbose(env, "Syscall programs can only be sleepable\\n");
		return -EINVAL;
	}
	return prog->type != BPF_PROG_TYPE_EXT && prog->sleepable && !can_be_sleepable(prog) ? -EINVAL : 0;
}

static int add_kfunc_call(struct bpf_verifier_env *env)
{
	if (!env->prog->gpl_compatible) {
		verbose(env, "cannot call kernel function from non-GPL compatible program\\n");
		return -EINVAL;
	}
	return 0;
}
`,
  'tools/bpf/resolve_btfids/main.c': `
static bool is_kf_implicit_arg(const struct btf *btf, const struct btf_param *p)
{
	static const char *const types[] = { "bpf_prog_aux", "btf_struct_meta" };

	return is_pointer_to_one_of(btf, p, types);
}

static int process_kfunc_with_implicit_args(struct btf *btf, struct kfunc *kfunc)
{
	return is_kf_implicit_arg(btf, kfunc->params) ? add_kfunc_proto(btf, kfunc) : 0;
}
`,
  'kernel/bpf/helpers.c': `// SPDX-License-Identifier: GPL-2.0-only
/**
 * bpf_task_acquire - Take a reference to a task.
 * @p: The task.
 */
__bpf_kfunc struct task_struct *bpf_task_acquire(struct task_struct *p)
{
	return p;
}

BTF_KFUNCS_START(common_btf_ids)
BTF_ID_FLAGS(func, bpf_task_acquire, KF_ACQUIRE | KF_RCU | KF_RET_NULL)
BTF_KFUNCS_END(common_btf_ids)

static const struct btf_kfunc_id_set common_kfunc_set = {
	.owner = THIS_MODULE,
	.set   = &common_btf_ids,
};

static int __init kfunc_init(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_UNSPEC, &common_kfunc_set);
}
`,
}

/** The files of the made-up kernel, with `files` added or put in place of its own. */
export function kernelFiles(files: Files): Files {
  const all = { ...FRAME, ...files }
  return { ...buildFilesOf(Object.keys(all)), ...all }
}

/** Build files by which every `.c` file is compiled, whatever is configured. */
function buildFilesOf(paths: readonly string[]): Files {
  const objects = new Map<string, Set<string>>()
  const add = (folder: string, object: string) =>
    objects.set(folder, (objects.get(folder) ?? new Set()).add(object))
  for (const path of paths.filter((name) => name.endsWith('.c'))) {
    const names = path.split('/')
    names.forEach((name, i) => {
      add(names.slice(0, i).join('/'), i === names.length - 1 ? name.replace(/c$/, 'o') : `${name}/`)
    })
  }
  const files = [...objects].map(([folder, names]) => [
    folder === '' ? 'Kbuild' : `${folder}/Makefile`,
    `obj-y += ${[...names].join(' ')}\n`,
  ])
  return Object.fromEntries(files)
}

/** The made-up kernel with `files` added, or put in place of its own. */
export function kernelWith(files: Files): KernelTree {
  return memoryTree(kernelFiles(files))
}

/** All that is read of the made-up kernel with `files`. */
export function factsWith(files: Files): Promise<SourceFacts> {
  return readSource(kernelWith(files))
}

/** A set of kfuncs without flags: for tests that are about something else. */
export function setOf(set: string, ...kfuncs: readonly string[]): string {
  const entries = kfuncs.map((kfunc) => `BTF_ID_FLAGS(func, ${kfunc})`)
  return [`BTF_KFUNCS_START(${set})`, ...entries, `BTF_KFUNCS_END(${set})`, ''].join('\n')
}

/** What registers a set: for tests that are about the set, or about the functions in it. */
export function registers(set: string, programType = 'BPF_PROG_TYPE_XDP'): string {
  return `
static const struct btf_kfunc_id_set ${set}_kset = { .owner = THIS_MODULE, .set = &${set} };

static int __init ${set}_init(void)
{
	return register_btf_kfunc_id_set(${programType}, &${set}_kset);
}
`
}

const line = (name: string, { programType, set, flags, filter }: Registration): string =>
  [
    `${name}: ${programType.replace('BPF_PROG_TYPE_', '')} by ${set}`,
    flags.length > 0 ? ` ${flags.join('|')}` : '',
    filter ? ` if ${filter}` : '',
  ].join('')

/** The registrations that `files` make, a line each: "bpf_x: XDP by x_ids KF_ACQUIRE|KF_RCU if x_filter". */
export async function registrationsIn(files: Files): Promise<string[]> {
  const { kfuncs } = await factsWith(files)
  return kfuncs.flatMap(({ name, registrations }) =>
    registrations.filter(({ entry }) => entry.path in files).map((registration) => line(name, registration)),
  )
}

const MARK = '/*^*/'

/** Takes the mark `/*^*\/` out of a file: it stands right before what a complaint must point at. */
export function marked(path: string, text: string): { readonly files: Files; readonly place: Place } {
  const source = { path, text: text.replace(MARK, '') }
  return { files: { [path]: source.text }, place: placeOf(source, text.indexOf(MARK)) }
}

/** The complaints about the made-up kernel with one more file; "here" stands for the place of its mark. */
export async function complaintsAbout(path: string, text: string): Promise<string[]> {
  const { files, place } = marked(path, text)
  const { diagnostics } = await factsWith(files)
  return diagnostics.map(({ rule, message, place: at }) => {
    const isHere = at?.path === place.path && at.line === place.line && at.column === place.column
    return `${isHere ? 'here' : at ? `${at.path}:${at.line}:${at.column}` : 'nowhere'} ${rule}: ${message}`
  })
}
