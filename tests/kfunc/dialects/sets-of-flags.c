// 5.18 and 5.19: plain sets registered by program type, one of what may be called, others of what 6.0 made flags.
// file: net/track_bpf.c
struct flow *bpf_xdp_flow_get(struct xdp_md *ctx, u32 id)
{
	return NULL;
}

struct flow *bpf_skb_flow_get(struct __sk_buff *ctx, u32 id)
{
	return NULL;
}

struct flow *bpf_flow_kptr_get(struct flow **pp)
{
	return *pp;
}

void bpf_flow_put(struct flow *flow)
{
}

BTF_SET_START(flow_xdp_check_ids)
BTF_ID(func, bpf_xdp_flow_get)
BTF_ID(func, bpf_flow_kptr_get)
BTF_ID(func, bpf_flow_put)
BTF_SET_END(flow_xdp_check_ids)

BTF_SET_START(flow_tc_check_ids)
BTF_ID(func, bpf_skb_flow_get)
BTF_ID(func, bpf_flow_put)
BTF_SET_END(flow_tc_check_ids)

BTF_SET_START(flow_acquire_ids)
BTF_ID(func, bpf_xdp_flow_get)
BTF_ID(func, bpf_skb_flow_get)
BTF_ID(func, bpf_flow_kptr_get)
BTF_SET_END(flow_acquire_ids)

BTF_SET_START(flow_release_ids)
BTF_ID(func, bpf_flow_put)
BTF_SET_END(flow_release_ids)

BTF_SET_START(flow_kptr_acquire_ids)
BTF_ID(func, bpf_flow_kptr_get)
BTF_SET_END(flow_kptr_acquire_ids)

/* the same functions */
#define flow_ret_null_ids flow_acquire_ids

static const struct btf_kfunc_id_set flow_xdp_set = {
	.owner            = THIS_MODULE,
	.check_set        = &flow_xdp_check_ids,
	.acquire_set      = &flow_acquire_ids,
	.release_set      = &flow_release_ids,
	.ret_null_set     = &flow_ret_null_ids,
	.kptr_acquire_set = &flow_kptr_acquire_ids
};

static const struct btf_kfunc_id_set flow_tc_set = {
	.owner        = THIS_MODULE,
	.check_set    = &flow_tc_check_ids,
	.acquire_set  = &flow_acquire_ids,
	.release_set  = &flow_release_ids,
	.ret_null_set = &flow_ret_null_ids,
};

static int __init register_flow(void)
{
	int ret;

	ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &flow_xdp_set);
	return ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_CLS, &flow_tc_set);
}
