/** What must be configured for a kernel to have a kfunc. */
import { describe, expect, it } from 'vitest'
import { conditionsAt } from '#lib/c/conditions.ts'
import { scan } from '#lib/c/scan.ts'
import { type BuildGating, type ConditionalPlace, createGating } from '#lib/kbuild/gating.ts'
import type { Diagnostic } from '#lib/text/diagnostic.ts'
import { memoryTree } from '../support/memory-tree.ts'

const KERNEL = {
  Kbuild: 'obj-y += kernel/\nobj-$(CONFIG_NET) += net/\nobj-y += arch/$(SRCARCH)/',
  'kernel/Makefile':
    'obj-$(CONFIG_TRACING) += trace/\nobj-$(CONFIG_RING) += trace/\nobj-$(CONFIG_BPF) += bpf.o',
  'kernel/trace/Makefile': 'obj-$(CONFIG_EVENTS) += events.o',
  'net/Makefile': `
obj-$(CONFIG_CT) += nf-ct.o
ifeq ($(CONFIG_CT),m)
nf-ct-$(CONFIG_BTF_MODULES) += ct_bpf.o
else ifeq ($(CONFIG_CT),y)
nf-ct-$(CONFIG_BTF) += ct_bpf.o
endif
ifneq ($(CONFIG_CT),)
obj-$(CONFIG_BPF) += crypto.o
endif
obj-$(CONFIG_TYPELESS) += typeless.o
obj-m += test.o
obj-y += core.o
`,
  'arch/s390/Kbuild': 'obj-y += a.o',
  Kconfig: `
config NET
	bool
config BPF
	bool
config EVENTS
	bool
	depends on K || U
config K
	bool
	select TRACING
config U
	bool
	select TRACING
config CT
	tristate
config ON_S390
	bool
	depends on S390 && NET
`,
  'arch/s390/Kconfig': 'config S390\n\tdef_bool y\n',
  'arch/x86/Kconfig': 'config X86\n\tdef_bool y\n',
}

/** A place of a file, behind the given lines. */
function site(path: string, lines = ''): ConditionalPlace {
  const text = `${lines}\nHERE`
  const file = scan({ path, text })
  return { file, conditions: conditionsAt(file, text.indexOf('HERE')) }
}

async function gatingOf(
  registrations: readonly (readonly ConditionalPlace[])[],
  definition: ConditionalPlace | null,
) {
  const reported: Diagnostic[] = []
  const { gatingOf: read } = createGating(memoryTree(KERNEL), (it) => reported.push(it))
  return { gating: await read({ name: 'bpf_a', registrations, definition }), reported }
}

async function needs(
  registrations: readonly (readonly ConditionalPlace[])[],
  definition: ConditionalPlace,
): Promise<BuildGating> {
  const { gating } = await gatingOf(registrations, definition)
  if (!gating) throw new Error('nothing was read')
  return gating
}

describe('the gating of a kfunc', () => {
  it('is that of its set, its entry, its register call and its definition together', async () => {
    const entry = site('kernel/bpf.c', '#ifdef CONFIG_A\n#ifdef CONFIG_B')
    const call = site('kernel/bpf.c', '#ifdef CONFIG_C')
    expect(await needs([[entry, call]], site('net/core.c', '#if IS_ENABLED(CONFIG_D)'))).toEqual({
      config: ['CONFIG_BPF', 'CONFIG_A', 'CONFIG_B', 'CONFIG_C', 'CONFIG_NET', 'CONFIG_D'],
      off: [],
      alternatives: [],
      other: [],
      architectures: null,
      tristate: 'bool',
      module: null,
      at: [
        { path: 'Kbuild', line: 1 },
        { path: 'kernel/Makefile', line: 3 },
        { path: 'kernel/bpf.c', line: 1 },
        { path: 'kernel/bpf.c', line: 2 },
        { path: 'Kbuild', line: 2 },
        { path: 'net/Makefile', line: 13 },
        { path: 'net/core.c', line: 1 },
      ],
    })
  })

  it('is that of any one registration', async () => {
    const bpf = [site('kernel/bpf.c')]
    const other = [site('kernel/bpf.c', '#ifdef CONFIG_A')]
    const net = [site('net/core.c')]
    const definition = site('kernel/bpf.c')
    expect(await needs([bpf, other], definition)).toMatchObject({ config: ['CONFIG_BPF'], alternatives: [] })
    expect(await needs([other, net], definition)).toMatchObject({
      config: ['CONFIG_BPF'],
      alternatives: [['CONFIG_A'], ['CONFIG_NET']],
    })
  })

  it('says which form of a symbol goes with which others', async () => {
    expect(await needs([[site('net/ct_bpf.c')]], site('net/ct_bpf.c'))).toMatchObject({
      config: ['CONFIG_NET', 'CONFIG_CT'],
      alternatives: [
        ['CONFIG_CT=m', 'CONFIG_BTF_MODULES'],
        ['CONFIG_CT=y', 'CONFIG_BTF'],
      ],
      tristate: 'tristate',
      module: 'nf_ct',
    })
  })

  it('leaves out alternatives of which one always holds', async () => {
    const events = site('kernel/trace/events.c')
    expect(await needs([[events]], events)).toMatchObject({ config: ['CONFIG_EVENTS'], alternatives: [] })
  })

  it.each([
    ['a symbol that is on or off', 'kernel/bpf.c', 'bool', null],
    ['a symbol that may be a module, though its object is not', 'net/crypto.c', 'bool', null],
    ['no symbol', 'net/core.c', 'bool', null],
    ['a symbol that may be a module', 'net/ct_bpf.c', 'tristate', 'nf_ct'],
    ['a symbol that no Kconfig file has', 'net/typeless.c', null, null],
    ['a module always', 'net/test.c', 'tristate', 'test'],
  ])('is built in or a module: %s', async (_name, path, tristate, module) => {
    expect(await needs([[site(path)]], site(path))).toMatchObject({ tristate, module })
  })

  it('is that of a module when all its registrations are in one', async () => {
    const built = [site('net/core.c')]
    const loaded = [site('net/ct_bpf.c')]
    const definition = site('net/core.c')
    expect(await needs([loaded], definition)).toMatchObject({ tristate: 'tristate', module: 'nf_ct' })
    expect(await needs([loaded, built], definition)).toMatchObject({ tristate: 'bool', module: null })
  })

  it.each([
    ['by the symbol of one', 'net/core.c', '#ifdef CONFIG_S390', ['s390']],
    ['by a symbol that depends on one', 'net/core.c', '#ifdef CONFIG_ON_S390', ['s390']],
    [
      'by the symbol of any of several',
      'net/core.c',
      '#if defined(CONFIG_X86) || defined(CONFIG_S390)',
      ['s390', 'x86'],
    ],
    ['by its path', 'arch/s390/a.c', '', ['s390']],
    [
      'by one of two ways only: not at all',
      'net/core.c',
      '#if defined(CONFIG_X86) || defined(CONFIG_CT)',
      null,
    ],
    ['by what must be off: not at all', 'net/core.c', '#ifndef CONFIG_S390', null],
  ])('is limited to architectures %s', async (_name, path, lines, architectures) => {
    expect((await needs([[site('net/core.c')]], site(path, lines))).architectures).toEqual(architectures)
  })

  it('of a definition in a header is that of its conditions', async () => {
    const header = site('include/linux/a.h', '#ifdef CONFIG_A')
    expect((await needs([[site('net/core.c')]], header)).config).toEqual(['CONFIG_NET', 'CONFIG_A'])
  })

  it('is known without a definition, and without a registration', async () => {
    expect((await gatingOf([[site('net/core.c')]], null)).gating?.config).toEqual(['CONFIG_NET'])
    expect((await gatingOf([], site('net/core.c'))).gating?.config).toEqual(['CONFIG_NET'])
  })

  it('is null when one of its files is compiled nobody knows where', async () => {
    const { gating, reported } = await gatingOf([[site('net/core.c')]], site('net/lost.c'))
    expect(gating).toBeNull()
    expect(reported.map(({ rule, place }) => [rule, place?.path])).toEqual([['config-unread', 'net/lost.c']])
  })

  it('is null when its conditions contradict each other', async () => {
    const set = site('net/core.c', '#ifdef CONFIG_A')
    const { gating, reported } = await gatingOf([[set]], site('net/core.c', '\n#ifndef CONFIG_A'))
    expect(gating).toBeNull()
    expect(reported).toEqual([
      {
        rule: 'config-contradictory',
        message:
          'no configuration has both the code of bpf_a and a registration of it; read the conditions around both',
        kfunc: 'bpf_a',
        place: { path: 'net/core.c', line: 2, column: 1 },
      },
    ])
  })
})
