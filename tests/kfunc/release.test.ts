/** One release from end to end: a source tree and hand-made images to what is stored. */
import { describe, expect, test } from 'vitest'
import { readBinary } from '#lib/kfunc/binary.ts'
import { joinRelease } from '#lib/kfunc/release.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { BtfBuilder, wordBytes } from '../support/btf-bytes.ts'
import { factsWith, registers } from '../support/kernel-fixture.ts'

const head = (coverage: Extracted['release']['coverage']): Extracted['release'] => ({
  id: '9.2',
  version: '9.2.1',
  tag: 'v9.2.1',
  texts: 'own',
  sources: [],
  images: [],
  otherModules: null,
  coverage,
})

/** Of '["Take a reference to a task.","",[["p","The task."]],null]'. */
const DOC_SHA256 = '3ff0d620c87efee0fa795dded4dfbf09045baabfbc32c244e0b350493ef0a04d'

/** A vmlinux with bpf_task_acquire, and a function in a set that only source can tell from one of kfuncs. */
function vmlinux() {
  const btf = new BtfBuilder()
  const task = btf.ptr(btf.struct('task_struct'))
  const acquire = btf.func('bpf_task_acquire', btf.funcProto(task, [['p', task]]))
  const point = btf.func('bpf_point', btf.funcProto(0))
  btf.declTag('bpf_kfunc', acquire)
  btf.enum('bpf_prog_type', [
    ['BPF_PROG_TYPE_UNSPEC', 0],
    ['BPF_PROG_TYPE_XDP', 6],
    ['__MAX_BPF_PROG_TYPE', 7],
  ])
  const btfIds = wordBytes([1, 1, acquire, 0x85, 1, 1, point, 0])
  const object = readBinary({ name: 'vmlinux', btf: btf.bytes(), btfBase: null, btfIds }, null)
  if (!object) throw new Error('no vmlinux')
  return object
}

const fmodRet = `
__bpf_kfunc void bpf_point(void)
{
}
BTF_KFUNCS_START(fmodret_ids)
BTF_ID_FLAGS(func, bpf_point)
BTF_KFUNCS_END(fmodret_ids)
static const struct btf_kfunc_id_set fmodret_set = { .owner = THIS_MODULE, .set = &fmodret_ids };
static int __init f(void)
{
	return register_btf_fmodret_id_set(&fmodret_set);
}`

describe('a release with source and image', () => {
  test('has the tables of its source and what both say of each kfunc', async () => {
    const facts = await factsWith({ 'net/mptcp/bpf.c': fmodRet })
    const extracted = joinRelease(head('full'), facts, [vmlinux()], [])
    expect(Extracted.parse(extracted)).toEqual(extracted)
    expect(extracted.gaps).toEqual([])
    expect(extracted.kfuncs).toEqual([
      {
        name: 'bpf_task_acquire',
        object: 'vmlinux',
        kind: 'callable',
        bits: 0x85,
        prototype: {
          text: 'struct task_struct *bpf_task_acquire(struct task_struct *p)',
          returns: 'struct task_struct *',
          parameters: [
            {
              name: 'p',
              type: 'struct task_struct *',
              suffix: null,
              implicit: false,
              fixed: null,
              doc: 'The task.',
            },
          ],
          typedefs: [],
          from: 'btf',
        },
        kernelPrototype: null,
        registrations: [
          {
            set: 'common_btf_ids',
            flags: ['KF_ACQUIRE', 'KF_RET_NULL', 'KF_RCU'],
            programType: 'BPF_PROG_TYPE_UNSPEC',
            filter: null,
            at: { path: 'kernel/bpf/helpers.c', line: 22 },
            entry: { path: 'kernel/bpf/helpers.c', line: 12 },
            config: [],
          },
        ],
        definition: { path: 'kernel/bpf/helpers.c', line: 6 },
        doc: {
          summary: 'Take a reference to a task.',
          body: '',
          parameters: { p: 'The task.' },
          returns: null,
          at: { path: 'kernel/bpf/helpers.c', line: 2 },
          license: 'GPL-2.0-only',
          sha256: DOC_SHA256,
        },
        remark: null,
        gating: {
          config: [],
          off: [],
          alternatives: [],
          other: [],
          architectures: null,
          tristate: 'bool',
          module: null,
          at: [
            { path: 'Kbuild', line: 1 },
            { path: 'kernel/Makefile', line: 1 },
            { path: 'kernel/bpf/Makefile', line: 1 },
          ],
        },
      },
    ])
    expect(extracted.binarySets).toEqual([])
    expect(extracted.fmodRetSets.map(({ names }) => names)).toEqual([['bpf_point']])
    expect(extracted.programTypes).toHaveLength(11)
  })

  test('has a gap for each complaint, ordered by place whatever the order of work', async () => {
    const extra = `
__bpf_kfunc int bpf_new(void)
{
	return 0;
}
BTF_KFUNCS_START(new_ids)
BTF_ID_FLAGS(func, bpf_new)
BTF_ID_FLAGS(struct, bpf_new)
BTF_KFUNCS_END(new_ids)
${registers('new_ids')}`
    const facts = await factsWith({ 'net/a.c': extra, 'net/mptcp/bpf.c': fmodRet })
    const notes = [
      {
        rule: 'point-releases-differ',
        message: 'source is 9.2.1, the image is 9.2.0',
        kfunc: null,
        place: null,
      },
    ]
    const { gaps } = joinRelease(head('full'), facts, [vmlinux()], notes)
    expect(gaps.map(({ rule, kfunc, at }) => [rule, kfunc, at?.line ?? null])).toEqual([
      ['point-releases-differ', null, null],
      ['not-in-image', 'bpf_new', 7],
      ['id-set-entry-unread', 'bpf_new', 8],
    ])
  })
})

test('a release with source alone has no objects', async () => {
  const extracted = joinRelease(head('source-only'), await factsWith({}), [], [])
  expect(extracted.kfuncs.map(({ name, object, bits }) => [name, object, bits])).toEqual([
    ['bpf_task_acquire', null, null],
  ])
  expect(extracted.gaps).toEqual([])
})

test('a release with an image alone keeps its sets, and no registrations', () => {
  const extracted = joinRelease(head('btf-only'), null, [vmlinux()], [])
  expect(Extracted.parse(extracted)).toEqual(extracted)
  expect(extracted.kfuncs.map(({ name, bits, registrations }) => [name, bits, registrations])).toEqual([
    ['bpf_point', 0, null],
    ['bpf_task_acquire', 0x85, null],
  ])
  expect(extracted.binarySets).toEqual([
    { object: 'vmlinux', names: ['bpf_task_acquire'] },
    { object: 'vmlinux', names: ['bpf_point'] },
  ])
  expect(extracted.programTypes).toEqual(['BPF_PROG_TYPE_UNSPEC', 'BPF_PROG_TYPE_XDP'])
  expect([extracted.sleepability, extracted.flags, extracted.gaps]).toEqual([null, [], []])
})
