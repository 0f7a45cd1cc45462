/** How kernels write id sets. What a test is not about is written by setOf() and registers(). */
import { describe, expect, test } from 'vitest'
import { complaintsAbout, registers, registrationsIn, setOf } from '../support/kernel-fixture.ts'

const body = '{\n\treturn 0;\n}\n'

test('the entries between START and END are the kfuncs of a set, their flags in bit order', async () => {
  const text = `
__bpf_kfunc int bpf_a(void) ${body}
__bpf_kfunc int bpf_b(void) ${body}
BTF_KFUNCS_START(a_ids)
BTF_ID_FLAGS(func, bpf_b)
BTF_ID_FLAGS(func, bpf_a, KF_RCU | KF_ACQUIRE)
BTF_KFUNCS_END(a_ids)
${registers('a_ids')}`
  expect(await registrationsIn({ 'net/a.c': text })).toEqual([
    'bpf_a: XDP by a_ids KF_ACQUIRE|KF_RCU',
    'bpf_b: XDP by a_ids',
  ])
})

test('comments, blank lines, wrapped entries and a stray ; do no harm', async () => {
  const text = `
__bpf_kfunc int bpf_a(void) ${body}
__bpf_kfunc int bpf_b(void) ${body}
BTF_KFUNCS_START(a_ids)
/* BTF_ID_FLAGS(func, bpf_gone) */

BTF_ID_FLAGS(func, bpf_a,
	     KF_ACQUIRE |
	     KF_RET_NULL)
BTF_ID_FLAGS(func, bpf_b, KF_RCU);
BTF_KFUNCS_END(a_ids)
${registers('a_ids')}`
  expect(await registrationsIn({ 'net/a.c': text })).toEqual([
    'bpf_a: XDP by a_ids KF_ACQUIRE|KF_RET_NULL',
    'bpf_b: XDP by a_ids KF_RCU',
  ])
})

test('an entry inside #ifdef counts, whatever its place holder in the #else', async () => {
  const text = `
__bpf_kfunc int bpf_a(void) ${body}
__bpf_kfunc int bpf_b(void) ${body}
BTF_KFUNCS_START(a_ids)
#ifdef CONFIG_CGROUPS
BTF_ID_FLAGS(func, bpf_a)
#else
BTF_ID_UNUSED
#endif
BTF_ID_FLAGS(func, bpf_b)
BTF_KFUNCS_END(a_ids)
${registers('a_ids')}`
  expect(await registrationsIn({ 'net/a.c': text })).toEqual(['bpf_a: XDP by a_ids', 'bpf_b: XDP by a_ids'])
  expect(await complaintsAbout('net/a.c', text)).toEqual([])
})

test('a whole set inside #ifdef counts', async () => {
  const set = setOf('fsverity_ids', 'bpf_digest')
  const text = `
#ifdef CONFIG_BPF_SYSCALL
__bpf_kfunc int bpf_digest(struct file *file) ${body}
${set}${registers('fsverity_ids', 'BPF_PROG_TYPE_LSM')}
#else
static inline int __init fsverity_init(void) ${body}
#endif`
  expect(await registrationsIn({ 'fs/verity/measure.c': text })).toEqual(['bpf_digest: LSM by fsverity_ids'])
})

describe('a set that macros write', () => {
  const header = `
#define METADATA_KFUNC_xxx \\
	METADATA_KFUNC(RX_TIMESTAMP, bpf_rx_timestamp, xmo_rx_timestamp) \\
	METADATA_KFUNC(RX_HASH, bpf_rx_hash, xmo_rx_hash)
enum metadata {
#define METADATA_KFUNC(name, _, __) name,
METADATA_KFUNC_xxx
#undef METADATA_KFUNC
};
`
  const uses = (entry: string) => `
#include <linux/btf.h>
#include <net/xdp.h>
__bpf_kfunc int bpf_rx_timestamp(const struct xdp_md *ctx, u64 *timestamp) ${body}
__bpf_kfunc int bpf_rx_hash(const struct xdp_md *ctx, u32 *hash) ${body}
BTF_KFUNCS_START(metadata_ids)
#define METADATA_KFUNC(_, name, __) ${entry}
METADATA_KFUNC_xxx
#undef METADATA_KFUNC
BTF_KFUNCS_END(metadata_ids)
BTF_ID_LIST(metadata_ids_unsorted)
#define METADATA_KFUNC(name, str, _) BTF_ID(func, str)
METADATA_KFUNC_xxx
#undef METADATA_KFUNC
${registers('metadata_ids')}`

  test('is expanded with the list from a header that the file includes', async () => {
    const files = { 'include/net/xdp.h': header, 'net/core/xdp.c': uses('BTF_ID_FLAGS(func, name)') }
    expect(await registrationsIn(files)).toEqual([
      'bpf_rx_hash: XDP by metadata_ids',
      'bpf_rx_timestamp: XDP by metadata_ids',
    ])
  })

  test('takes its flags from the macro', async () => {
    const files = { 'include/net/xdp.h': header, 'net/core/xdp.c': uses('BTF_ID_FLAGS(func, name, KF_RCU)') }
    expect(await registrationsIn(files)).toContain('bpf_rx_hash: XDP by metadata_ids KF_RCU')
  })

  test('is reported, not passed over, when no header has the list', async () => {
    const text = uses('BTF_ID_FLAGS(func, name)').replace(/\nMETADATA/, '\n/*^*/METADATA')
    expect(await complaintsAbout('net/core/xdp.c', text)).toEqual([
      'here id-set-entry-unread: metadata_ids: expected BTF_ID_FLAGS(func, name, KF_… | KF_…), saw METADATA_KFUNC_xxx()',
    ])
  })
})

describe('what looks like a set of kfuncs and is none', () => {
  const cases: [what: string, text: string][] = [
    ['ids without flags', 'BTF_SET_START(hooks)\nBTF_ID(func, bpf_a)\nBTF_SET_END(hooks)'],
    [
      "the verifier's list of special cases",
      'BTF_ID_LIST(special_kfunc_list)\nBTF_ID(func, bpf_a)\nBTF_ID_UNUSED',
    ],
    [
      'destructors',
      `BTF_ID_LIST(dtors)
BTF_ID(struct, task_struct)
BTF_ID(func, bpf_a)
static int __init dtor_init(void)
{
	return register_btf_id_dtor_kfuncs(dtors, ARRAY_SIZE(dtors), THIS_MODULE);
}`,
    ],
    ['a function that is only marked: the target of another kfunc', ''],
  ]
  test.each(cases)('%s', async (_, text) => {
    const files = { 'net/a.c': `__bpf_kfunc int bpf_a(void) ${body}\n${text}` }
    expect(await registrationsIn(files)).toEqual([])
    expect(await complaintsAbout('net/a.c', files['net/a.c'])).toEqual([])
  })
  test('a set that nothing registers, which is reported once', async () => {
    const text = `__bpf_kfunc int bpf_a(void) ${body}\n/*^*/${setOf('lost_ids', 'bpf_a')}`
    expect(await complaintsAbout('net/a.c', text)).toEqual([
      'here id-set-not-registered: nothing registers lost_ids: its 1 functions are not taken for kfuncs (bpf_a)',
    ])
  })
  test('a set of what others register, such as the input of a filter', async () => {
    const text = `__bpf_kfunc int bpf_a(void) ${body}\n${setOf('cpu_only_ids', 'bpf_a')}${setOf('a_ids', 'bpf_a')}${registers('a_ids')}`
    expect(await complaintsAbout('net/a.c', text)).toEqual([])
    expect(await registrationsIn({ 'net/a.c': text })).toEqual(['bpf_a: XDP by a_ids'])
  })
})

describe('what cannot be read of a set is reported at its place', () => {
  const define = `__bpf_kfunc int bpf_a(void) ${body}`
  const cases: [complaint: string, text: string][] = [
    [
      'here id-set-not-closed: BTF_KFUNCS_START(a_ids) has no BTF_KFUNCS_END(a_ids) after it; the set was not read',
      '/*^*/BTF_KFUNCS_START(a_ids)\nBTF_ID_FLAGS(func, bpf_a)\nBTF_KFUNCS_END(b_ids)\n',
    ],
    [
      'here id-set-entry-unread: a_ids: expected BTF_ID_FLAGS(func, name, KF_… | KF_…), saw BTF_ID_FLAGS(struct, task)',
      'BTF_KFUNCS_START(a_ids)\n/*^*/BTF_ID_FLAGS(struct, task)\nBTF_KFUNCS_END(a_ids)\n',
    ],
    [
      'here id-set-entry-unread: a_ids: expected BTF_ID_FLAGS(func, name, KF_… | KF_…), saw BTF_ID_FLAGS(func, bpf_a, MY_FLAGS)',
      `BTF_KFUNCS_START(a_ids)\n/*^*/BTF_ID_FLAGS(func, bpf_a, MY_FLAGS)\nBTF_KFUNCS_END(a_ids)\n${registers('a_ids')}`,
    ],
    [
      'here id-set-entry-unread: a_ids: expected BTF_ID_FLAGS(func, name, KF_… | KF_…), saw BTF_ID_FLAGS(func, bpf_ ## a)',
      'BTF_KFUNCS_START(a_ids)\n/*^*/BTF_ID_FLAGS(func, bpf_ ## a)\nBTF_KFUNCS_END(a_ids)\n',
    ],
    [
      'here flag-undefined: bpf_a has KF_NEW, which include/linux/btf.h does not define',
      `BTF_KFUNCS_START(a_ids)\n/*^*/BTF_ID_FLAGS(func, bpf_a, KF_NEW)\nBTF_KFUNCS_END(a_ids)\n${registers('a_ids')}`,
    ],
  ]
  test.each(cases)('%s', async (complaint, text) => {
    expect(await complaintsAbout('net/a.c', `${define}${text}`)).toEqual([complaint])
  })
})

test('a flag that the release does not define is kept, after those it does', async () => {
  const set = 'BTF_KFUNCS_START(a_ids)\nBTF_ID_FLAGS(func, bpf_a, KF_NEW | KF_RCU)\nBTF_KFUNCS_END(a_ids)\n'
  const text = `__bpf_kfunc int bpf_a(void) ${body}${set}${registers('a_ids')}`
  expect(await registrationsIn({ 'net/a.c': text })).toEqual(['bpf_a: XDP by a_ids KF_RCU|KF_NEW'])
})
