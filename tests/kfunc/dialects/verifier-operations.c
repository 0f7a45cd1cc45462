// 5.13 to 5.15: operations of a program type name a function, which asks a plain set.
// file: include/linux/bpf_types.h
BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_CLS, tc,
	      struct __sk_buff, struct sk_buff)
BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_ACT, tc,
	      struct __sk_buff, struct sk_buff)
BPF_PROG_TYPE(BPF_PROG_TYPE_XDP, xdp, struct xdp_md, struct xdp_buff)
BPF_PROG_TYPE(BPF_PROG_TYPE_STRUCT_OPS, struct_ops, void *, void *)
// file: include/linux/bpf.h
static inline bool test_check_kfunc_call(u32 kfunc_id)
{
	return false;
}
// file: net/core/filter.c
const struct bpf_verifier_ops tc_verifier_ops = {
	.is_valid_access	= tc_is_valid_access,
	.check_kfunc_call	= test_check_kfunc_call,
};

const struct bpf_verifier_ops xdp_verifier_ops = {
	.is_valid_access	= xdp_is_valid_access,
};
// file: net/bpf/test_run.c
int noinline bpf_test_sum(struct sock *sk, u32 a, u32 b)
{
	return a + b;
}

BTF_SET_START(test_kfunc_ids)
BTF_ID(func, bpf_test_sum)
BTF_SET_END(test_kfunc_ids)

bool test_check_kfunc_call(u32 kfunc_id)
{
	return btf_id_set_contains(&test_kfunc_ids, kfunc_id);
}
// file: net/ipv4/bpf_ca.c
BTF_SET_START(ca_kfunc_ids)
BTF_ID(func, ca_slow_start)
#ifdef CONFIG_X86
#if IS_BUILTIN(CONFIG_CA_HILL)
BTF_ID(func, hill_init)
#endif
#endif
BTF_SET_END(ca_kfunc_ids)

/* types that a filter of something else asks: no kfuncs */
BTF_SET_START(ca_kfunc_types)
BTF_ID(struct, sock)
BTF_SET_END(ca_kfunc_types)

static bool ca_check_kfunc_call(u32 kfunc_id)
{
	return btf_id_set_contains(&ca_kfunc_ids, kfunc_id);
}

static const struct bpf_verifier_ops ca_verifier_ops = {
	.check_kfunc_call	= ca_check_kfunc_call,
};

struct bpf_struct_ops bpf_ca_ops = {
	.verifier_ops = &ca_verifier_ops,
	.name = "ca_ops",
};
// file: include/net/ca.h
struct ca_ops {
	void (*init)(struct sock *sk);
};
// file: net/ipv4/ca.c
u32 ca_slow_start(struct ca *ca, u32 acked)
{
	return 0;
}
// file: net/ipv4/ca_hill.c
static void hill_init(struct sock *sk)
{
}
// file: net/ipv4/Makefile
obj-y += bpf_ca.o ca.o
obj-$(CONFIG_CA_HILL) += ca_hill.o
// file: Kconfig
config CA_HILL
	tristate "Hill"
