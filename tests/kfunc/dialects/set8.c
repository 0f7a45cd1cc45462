// 6.0 to 6.8: entries with flags in a BTF_SET8.
// file: net/track_bpf.c
struct flow *bpf_flow_get(struct xdp_md *ctx, u32 id)
{
	return NULL;
}

BTF_SET8_START(flow_ids)
BTF_ID_FLAGS(func, bpf_flow_get, KF_ACQUIRE | KF_RET_NULL)
BTF_SET8_END(flow_ids)

static const struct btf_kfunc_id_set flow_set = {
	.owner = THIS_MODULE,
	.set   = &flow_ids,
};

static int __init register_flow(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &flow_set);
}
