// 5.16 and 5.17: the function asks a list as well, to which modules add sets.
// file: include/linux/bpf_types.h
BPF_PROG_TYPE(BPF_PROG_TYPE_STRUCT_OPS, struct_ops, void *, void *)
// file: include/linux/btf.h
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
void register_kfunc_btf_id_set(struct kfunc_btf_id_list *l, struct kfunc_btf_id_set *s);
#else
static inline void register_kfunc_btf_id_set(struct kfunc_btf_id_list *l, struct kfunc_btf_id_set *s)
{
}
#endif
#define DEFINE_KFUNC_BTF_ID_SET(set, name) \
	struct kfunc_btf_id_set name = { LIST_HEAD_INIT(name.list), (set), THIS_MODULE }
// file: kernel/bpf/btf.c
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
void register_kfunc_btf_id_set(struct kfunc_btf_id_list *l, struct kfunc_btf_id_set *s)
{
	list_add(&s->list, &l->list);
}
#endif
// file: net/ipv4/bpf_ca.c
u32 ca_slow_start(struct ca *ca, u32 acked)
{
	return 0;
}

BTF_SET_START(ca_kfunc_ids)
BTF_ID(func, ca_slow_start)
BTF_SET_END(ca_kfunc_ids)

static bool ca_check_kfunc_call(u32 kfunc_id, struct module *owner)
{
	if (btf_id_set_contains(&ca_kfunc_ids, kfunc_id))
		return true;
	return bpf_check_mod_kfunc_call(&ca_kfunc_list, kfunc_id, owner);
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
// file: net/ipv4/ca_hill.c
static void hill_init(struct sock *sk)
{
}

BTF_SET_START(hill_kfunc_ids)
#ifdef CONFIG_DYNAMIC_FTRACE
BTF_ID(func, hill_init)
#endif
BTF_SET_END(hill_kfunc_ids)

static DEFINE_KFUNC_BTF_ID_SET(&hill_kfunc_ids, hill_kfunc_btf_set);

static int __init hill_register(void)
{
	register_kfunc_btf_id_set(&ca_kfunc_list, &hill_kfunc_btf_set);
	return 0;
}

static void __exit hill_unregister(void)
{
	unregister_kfunc_btf_id_set(&ca_kfunc_list, &hill_kfunc_btf_set);
}
// file: net/ipv4/Makefile
obj-y += bpf_ca.o
obj-$(CONFIG_CA_HILL) += ca_hill.o
// file: Kconfig
config CA_HILL
	tristate "Hill"
