// 6.9 on: sets of kfuncs have macros of their own; definitions are marked (6.3 on).
// file: net/track_bpf.c
__bpf_kfunc_start_defs();

__bpf_kfunc struct flow *bpf_flow_get(struct xdp_md *ctx, u32 id)
{
	return NULL;
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(flow_ids)
BTF_ID_FLAGS(func, bpf_flow_get, KF_ACQUIRE | KF_RET_NULL)
BTF_KFUNCS_END(flow_ids)

static const struct btf_kfunc_id_set flow_set = {
	.owner = THIS_MODULE,
	.set   = &flow_ids,
};

static int __init register_flow(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &flow_set);
}
