/** Source and images of one kernel, kfunc by kfunc: what is stored, and which disagreements are reported. */
import { describe, expect, test } from 'vitest'
import type { BinaryObject } from '#lib/kfunc/binary.ts'
import { joinKfuncs } from '#lib/kfunc/join.ts'
import { type Files, factsWith, kernelFiles, registers } from '../support/kernel-fixture.ts'
import { type InImage, imageOf } from './binary-fixture.ts'

/** The source of one kfunc in a registered set. */
const source = (name: string, prototype: string, flags = '0'): string => `
__bpf_kfunc ${prototype}
{
	return 0;
}
BTF_KFUNCS_START(${name}_ids)
BTF_ID_FLAGS(func, ${name}, ${flags})
BTF_KFUNCS_END(${name}_ids)
${registers(`${name}_ids`)}`

/** Joins kernel/bpf/helpers.c with images. */
const join = (text: string, ...images: readonly BinaryObject[]) =>
  joinFiles({ 'kernel/bpf/helpers.c': text }, ...images)

async function joinFiles(files: Files, ...images: readonly BinaryObject[]) {
  const facts = await factsWith(files)
  expect(facts.diagnostics.filter(({ rule }) => rule !== 'id-set-not-registered')).toEqual([])
  const complaints: string[] = []
  const kfuncs = joinKfuncs(facts, images, ({ rule, message }) => complaints.push(`${rule}: ${message}`))
  return { kfuncs, complaints }
}

/** "name kind object", a line each. */
const summaries = (kfuncs: Awaited<ReturnType<typeof join>>['kfuncs']): string[] =>
  kfuncs.map(({ name, kind, object }) => `${name} ${kind} ${object}`)

test('callbacks are compared by the types of their parameters', async () => {
  const text = source('bpf_a', 'int bpf_a(bool (less)(struct n *a, u32 b))')
  const image = imageOf('vmlinux', { prototype: 'int bpf_a(bool (*less)(struct n *, u64))' })
  const { complaints } = await join(text, image)
  expect(complaints).toEqual([expect.stringContaining('prototype-disagrees')])
})

test('where both agree nothing is reported, and the names in a callback come from source', async () => {
  const text = source('bpf_a', 'int bpf_a(struct r *r, bool (less)(struct n *a, struct n *b))', 'KF_RCU')
  const inImage = { prototype: 'int bpf_a(struct r *r, bool (*less)(struct n *, struct n *))', bits: 1 << 7 }
  const { kfuncs, complaints } = await join(text, imageOf('vmlinux', inImage))
  expect(complaints).toEqual([])
  expect(kfuncs[0]).toMatchObject({
    object: 'vmlinux',
    bits: 1 << 7,
    prototype: {
      text: 'int bpf_a(struct r *r, bool (*less)(struct n *a, struct n *b))',
      from: 'btf',
    },
    kernelPrototype: null,
  })
})

test('flags are compared up to the highest that an image can have', async () => {
  const header = 'include/linux/btf.h'
  const files = {
    'kernel/bpf/helpers.c': source('bpf_a', 'int bpf_a(void)', 'KF_RELEASE | KF_LAST'),
    [header]: `${kernelFiles({})[header]}\n#define KF_LAST (1U << 31)\n`,
  }
  const image = (bits: number) => imageOf('vmlinux', { prototype: 'int bpf_a(void)', bits })
  expect((await joinFiles(files, image(0x8000_0002))).complaints).toEqual([])
  expect((await joinFiles(files, image(2))).complaints).toEqual([
    "flags-disagree: flags of bpf_a: 0x80000002 in source, 0x2 in vmlinux; the source's are shown",
  ])
})

test('the object of a kfunc is the module that has it', async () => {
  const text = source('bpf_a', 'int bpf_a(void)') + source('bpf_b', 'int bpf_b(void)')
  const images = [
    imageOf('vmlinux', { prototype: 'int bpf_b(void)' }),
    imageOf('nf_nat', { prototype: 'int bpf_a(void)' }),
  ]
  const { kfuncs } = await join(text, ...images)
  expect(summaries(kfuncs)).toEqual(['bpf_a callable nf_nat', 'bpf_b callable vmlinux'])
})

test('without an image prototypes are those of the source, and nothing is missed', async () => {
  const { kfuncs, complaints } = await join(source('bpf_a', 'int bpf_a(u32 x)'))
  expect(complaints).toEqual([])
  expect(kfuncs[0]).toMatchObject({
    object: null,
    bits: null,
    prototype: { text: 'int bpf_a(u32 x)', from: 'source' },
  })
})

describe('a disagreement is reported', () => {
  const cases: [complaint: string, text: string, images: [string, ...InImage[]][]][] = [
    [
      "flags-disagree: flags of bpf_a: 0x1 in source, 0x81 in vmlinux; the source's are shown",
      source('bpf_a', 'int bpf_a(void)', 'KF_ACQUIRE'),
      [['vmlinux', { prototype: 'int bpf_a(void)', bits: 0x81 }]],
    ],
    [
      `prototype-disagrees: prototype of bpf_a: "int bpf_a(u32 x)" in source, "int bpf_a(u64 x)" in BTF of vmlinux; BTF's is shown`,
      source('bpf_a', 'int bpf_a(u32 x)'),
      [['vmlinux', { prototype: 'int bpf_a(u64 x)' }]],
    ],
    [
      'not-in-image: bpf_a is in no image that was read: its configuration leaves it out, or its module was not at hand',
      source('bpf_a', 'int bpf_a(void)'),
      [['vmlinux']],
    ],
    [
      'not-in-source: bpf_b is in an id set of nf_nat, and no set of the source has it',
      source('bpf_a', 'int bpf_a(void)'),
      [
        ['vmlinux', { prototype: 'int bpf_a(void)' }],
        ['nf_nat', { prototype: 'int bpf_b(void)' }],
      ],
    ],
    [
      'kfunc-in-two-objects: bpf_a is in vmlinux and in nf_nat; the first is shown',
      source('bpf_a', 'int bpf_a(void)'),
      [
        ['vmlinux', { prototype: 'int bpf_a(void)' }],
        ['nf_nat', { prototype: 'int bpf_a(void)' }],
      ],
    ],
  ]
  test.each(cases)('%s', async (complaint, text, images) => {
    const { complaints } = await join(text, ...images.map(([name, ...kfuncs]) => imageOf(name, ...kfuncs)))
    expect(complaints).toEqual([complaint])
  })

  test('and of two objects the first has the kfunc', async () => {
    const images = ['vmlinux', 'nf_nat'].map((name) => imageOf(name, { prototype: 'int bpf_a(void)' }))
    const { kfuncs } = await join(source('bpf_a', 'int bpf_a(void)'), ...images)
    expect(summaries(kfuncs)).toEqual(['bpf_a callable vmlinux'])
  })

  test('and BTF decides on the prototype, source on the flags', async () => {
    const text = source('bpf_a', 'int bpf_a(u32 x)', 'KF_RCU')
    const { kfuncs } = await join(text, imageOf('vmlinux', { prototype: 'int bpf_a(u64 x)', bits: 1 }))
    expect(kfuncs[0]?.prototype).toMatchObject({ text: 'int bpf_a(u64 x)', from: 'btf' })
    expect(kfuncs[0]?.registrations?.[0]?.flags).toEqual(['KF_RCU'])
    expect(kfuncs[0]?.bits).toBe(1)
  })
})

test('what an image has of sets that the source registers for fmod_ret, or not at all, is no kfunc', async () => {
  const text = `${source('bpf_a', 'int bpf_a(void)')}
BTF_KFUNCS_START(fmodret_ids)
BTF_ID_FLAGS(func, bpf_point)
BTF_KFUNCS_END(fmodret_ids)
static const struct btf_kfunc_id_set fmodret_set = { .owner = THIS_MODULE, .set = &fmodret_ids };
static int __init f(void)
{
	return register_btf_fmodret_id_set(&fmodret_set);
}
BTF_KFUNCS_START(filter_ids)
BTF_ID_FLAGS(func, bpf_filtered)
BTF_KFUNCS_END(filter_ids)`
  const names = ['bpf_a', 'bpf_point', 'bpf_filtered']
  const image = imageOf('vmlinux', ...names.map((name) => ({ prototype: `int ${name}(void)` })))
  const { kfuncs, complaints } = await join(text, image)
  expect([summaries(kfuncs), complaints]).toEqual([['bpf_a callable vmlinux'], []])
})

test('a kfunc of a test file is for tests only', async () => {
  const facts = await factsWith({
    'kernel/bpf/helpers.c': '',
    'net/bpf/test_run.c': source('bpf_a', 'int bpf_a(void)'),
  })
  expect(summaries(joinKfuncs(facts, [], () => undefined))).toEqual(['bpf_a test-only null'])
})

describe('a kfunc with implicit arguments', () => {
  const whole = 'int bpf_add(struct n *node, struct btf_struct_meta *meta, u64 off)'
  const cut = 'int bpf_add(struct n *node)'
  const twin = 'int bpf_add_impl(struct n *node, struct btf_struct_meta *meta, u64 off)'
  const text = source('bpf_add', whole, 'KF_IMPLICIT_ARGS')
  const bits = 1 << 16

  test('is declared without them; the kernel takes them, and its twin in BTF is no kfunc', async () => {
    const { kfuncs, complaints } = await join(text, imageOf('vmlinux', { prototype: cut, twin, bits }))
    expect(complaints).toEqual([])
    expect(summaries(kfuncs)).toEqual(['bpf_add callable vmlinux', 'bpf_add_impl generated vmlinux'])
    expect(kfuncs[0]?.prototype?.text).toBe(cut)
    expect(kfuncs[0]?.kernelPrototype).toMatchObject({ text: whole, from: 'btf' })
    expect(kfuncs[0]?.kernelPrototype?.parameters.map(({ implicit }) => implicit)).toEqual([
      false,
      true,
      true,
    ])
    expect(kfuncs[1]).toMatchObject({
      prototype: { text: twin },
      registrations: [],
      definition: null,
      bits: null,
    })
  })

  test('is cut by the same rule where no image was read', async () => {
    const [kfunc] = (await join(text)).kfuncs
    expect([kfunc?.prototype?.text, kfunc?.kernelPrototype?.text]).toEqual([cut, whole])
    expect(kfunc?.prototype?.from).toBe('source')
  })

  test('may stand beside an _impl kfunc of older programs, which is callable as well (7.1)', async () => {
    const old = 'int bpf_add_impl(struct n *node, void *meta__ign, u64 off)'
    const both = text + source('bpf_add_impl', old)
    const { kfuncs, complaints } = await join(
      both,
      imageOf('vmlinux', { prototype: cut, bits }, { prototype: old }),
    )
    expect(complaints).toEqual([])
    expect(summaries(kfuncs)).toEqual(['bpf_add callable vmlinux', 'bpf_add_impl callable vmlinux'])
    expect(kfuncs[1]?.prototype?.parameters.map(({ fixed }) => fixed)).toEqual([null, 'NULL', '0'])
  })

  test.each([
    [false, 'no bpf_kfunc tag and '],
    [true, ''],
  ])(
    'is broken in a build that did not shorten it (tagged: %s), and shown by the source',
    async (isTagged, why) => {
      const { kfuncs, complaints } = await join(
        text,
        imageOf('vmlinux', { prototype: whole, bits, isTagged }),
      )
      expect(complaints).toEqual([
        `broken-in-image: bpf_add has KF_IMPLICIT_ARGS, and BTF of vmlinux has ${why}no shortened prototype: no program can call it in this build`,
      ])
      expect(summaries(kfuncs)).toEqual(['bpf_add callable vmlinux'])
      expect(kfuncs[0]?.prototype?.text).toBe(cut)
    },
  )

  test('is reported when no parameter is of an implicit type', async () => {
    const { complaints } = await join(source('bpf_x', 'int bpf_x(u32 x)', 'KF_IMPLICIT_ARGS'))
    expect(complaints).toEqual([
      'implicit-argument-not-found: bpf_x has KF_IMPLICIT_ARGS, and no parameter of a type that resolve_btfids takes for implicit: int bpf_x(u32 x)',
    ])
  })
})
