/** Program files in memory, with the headers that real ones include, cut down to what the rules read. */
import { findExamples } from '#lib/examples/find.ts'
import type { FoundExample } from '#lib/model/examples.ts'
import type { Diagnostic } from '#lib/text/diagnostic.ts'
import { memoryTree } from '../support/memory-tree.ts'

export const PROGS = 'tools/testing/selftests/bpf/progs'

const HEADERS: Readonly<Record<string, string>> = {
  'tools/lib/bpf/libbpf.c': `
static const struct bpf_sec_def section_defs[] = {
	SEC_DEF("tc",			SCHED_CLS, 0, SEC_NONE),
	SEC_DEF("xdp.frags",		XDP, BPF_XDP, SEC_XDP_FRAGS),
	SEC_DEF("xdp",			XDP, BPF_XDP, SEC_ATTACHABLE_OPT),
	SEC_DEF("fentry.s+",		TRACING, BPF_TRACE_FENTRY, SEC_ATTACH_BTF | SEC_SLEEPABLE, attach_trace),
	SEC_DEF("tp_btf+",		TRACING, BPF_TRACE_RAW_TP, SEC_ATTACH_BTF, attach_trace),
	SEC_DEF("syscall",		SYSCALL, 0, SEC_SLEEPABLE),
	SEC_DEF("struct_ops+",		STRUCT_OPS, 0, SEC_NONE),
	SEC_DEF("struct_ops.s+",	STRUCT_OPS, 0, SEC_SLEEPABLE),
};
`,
  'tools/lib/bpf/bpf_helpers.h': `
#define bpf_for_each(type, cur, args...) for (							\\
	struct bpf_iter_##type ___it __attribute__((aligned(8),					\\
						    cleanup(bpf_iter_##type##_destroy))),	\\
			       *___p __attribute__((unused)) = (				\\
					bpf_iter_##type##_new(&___it, ##args),			\\
					(void)bpf_iter_##type##_destroy, (void *)0);		\\
	(((cur) = bpf_iter_##type##_next(&___it)));						\\
)
#define bpf_for(i, start, end) for (								\\
	struct bpf_iter_num ___it __attribute__((cleanup(bpf_iter_num_destroy))),		\\
			    *___p = (bpf_iter_num_new(&___it, (start), (end)), (void *)0);	\\
	({ int *___t = bpf_iter_num_next(&___it); (___t && ((i) = *___t, (i) < (end))); });	\\
)
#define bpf_stream_printk(stream_id, fmt, args...)					\\
({											\\
	static const char ___fmt[] = fmt;						\\
	bpf_stream_vprintk(stream_id, ___fmt, ___param, sizeof(___param));		\\
})
`,
  [`${PROGS}/bpf_misc.h`]: `
#define __test_tag(tag)		__attribute__((btf_decl_tag("comment:" XSTR(__COUNTER__) ":" tag)))
#define __msg(msg)		__test_tag("test_expect_msg=" msg)
#define __failure		__test_tag("test_expect_failure")
#define __success		__test_tag("test_expect_success")
#define __retval(val)		__test_tag("test_retval=" XSTR(val))
#define __arch(arch)		__test_tag("test_arch=" arch)
#define __arch_x86_64		__arch("X86_64")
#if defined(__TARGET_ARCH_x86)
#define SYS_PREFIX "__x64_"
#else
#define SYS_PREFIX "__se_"
#endif
`,
  'tools/testing/selftests/bpf/bpf_experimental.h': `
extern void *bpf_obj_new_impl(__u64 local_type_id, void *meta) __ksym;
#define bpf_obj_new(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), NULL))
#define bpf_assert(cond) if (!(cond)) bpf_throw(0);
#define HAS_NOW bpf_ksym_exists(bpf_now)
`,
  'tools/sched_ext/include/scx/common.bpf.h': `
#include "compat.bpf.h"
void scx_bpf_error_bstr(char *fmt, unsigned long long *data, u32 data_len) __ksym;
#define scx_bpf_error(fmt, args...)						\\
({										\\
	scx_bpf_error_bstr(___fmt, ___param, sizeof(___param));			\\
})
#define scx_bpf_fatal(fmt) do { scx_bpf_error(fmt); } while (0)
#define BPF_STRUCT_OPS(name, args...)						\\
SEC("struct_ops/"#name)								\\
BPF_PROG(name, ##args)
`,
  'tools/sched_ext/include/scx/compat.bpf.h': `
void scx_bpf_cid_override___compat(u32 cid) __ksym __weak;
static inline void scx_bpf_cid_override(u32 cid)
{
	if (bpf_ksym_exists(scx_bpf_cid_override___compat))
		scx_bpf_cid_override___compat(cid);
}
bool scx_bpf_move___v2___compat(u64 id, u64 flags) __ksym __weak;
bool scx_bpf_move___v1(u64 id) __ksym __weak;
#define scx_bpf_move(id, flags)							\\
	(bpf_ksym_exists(scx_bpf_move___v2___compat) ?				\\
	 scx_bpf_move___v2___compat((id), (flags)) : scx_bpf_move___v1((id)))
`,
}

/** What was found in these files, headers added to them: the examples by kfunc, and the complaints. */
export async function examplesIn(
  files: Readonly<Record<string, string>>,
  kfuncs: readonly string[],
  programTypes: ReadonlySet<string> | null = null,
): Promise<{ byKfunc: ReadonlyMap<string, readonly FoundExample[]>; diagnostics: readonly Diagnostic[] }> {
  const tree = memoryTree({ ...HEADERS, ...files })
  const wanted = kfuncs.map((name) => ({ name, programTypes }))
  const { kfuncs: found, diagnostics } = await findExamples(tree, wanted)
  return { byKfunc: new Map(found.map(({ name, examples }) => [name, examples])), diagnostics }
}

/** The best example of one kfunc in one file of the best root. */
export async function exampleIn(text: string, kfunc: string): Promise<FoundExample | undefined> {
  const { byKfunc } = await examplesIn({ [`${PROGS}/file.c`]: text }, [kfunc])
  return byKfunc.get(kfunc)?.[0]
}
