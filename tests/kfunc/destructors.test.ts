/** The types that maps may keep references to. */
import { expect, test } from 'vitest'
import { scan } from '#lib/c/scan.ts'
import { findDestructors } from '#lib/kfunc/destructors.ts'

const pairs = `BTF_ID_LIST(a_dtor_ids)
BTF_ID(struct, task_struct)
BTF_ID(func, bpf_task_release_dtor)
#ifdef CONFIG_CGROUPS
BTF_ID(struct, cgroup)
BTF_ID(func, bpf_cgroup_release_dtor)
#endif
BTF_ID_LIST_SINGLE(b_ids, struct, sk_buff)
BTF_ID_LIST_SINGLE(b_dtor_ids, func, bpf_kfree_skb_dtor)

static int __init a_init(void)
{
	const struct btf_id_dtor_kfunc a_dtors[] = {
		{
			.btf_id       = a_dtor_ids[0],
			.kfunc_btf_id = a_dtor_ids[1]
		},
		{ .btf_id = a_dtor_ids[2], .kfunc_btf_id = a_dtor_ids[3] },
	};
	const struct btf_id_dtor_kfunc b_dtors[] = { { .btf_id = b_ids[0], .kfunc_btf_id = b_dtor_ids[0] } };
}
`

function destructors(path: string, text: string): { types: string[]; complaints: string[] } {
  const complaints: string[] = []
  const found = findDestructors([scan({ path, text })], ({ rule, message, place }) =>
    complaints.push(`${place?.line} ${rule}: ${message}`),
  )
  return { types: found.map(({ type, at }) => `${type} ${at.path}:${at.line}`), complaints }
}

test('are the structs of the lists that a destructor is registered for', () => {
  expect(destructors('kernel/bpf/a.c', pairs)).toEqual({
    types: [
      'struct cgroup kernel/bpf/a.c:13',
      'struct sk_buff kernel/bpf/a.c:20',
      'struct task_struct kernel/bpf/a.c:13',
    ],
    complaints: [],
  })
})

test('are not those of the tests', () => {
  expect(destructors('net/bpf/test_run.c', pairs).types).toEqual([])
})

test('what names no struct of a list is reported at its place', () => {
  const text =
    'BTF_ID_LIST(ids)\nBTF_ID(func, f)\nstruct btf_id_dtor_kfunc d[] = { { .btf_id = ids[0] }, { .btf_id = other[1] } };\n'
  expect(destructors('kernel/a.c', text)).toEqual({
    types: [],
    complaints: [
      '3 destructor-unread: struct btf_id_dtor_kfunc d: ids[0] is no struct of a list in this file; what may be kept in a map is not known of it',
      '3 destructor-unread: struct btf_id_dtor_kfunc d: other[1] is no struct of a list in this file; what may be kept in a map is not known of it',
    ],
  })
})
