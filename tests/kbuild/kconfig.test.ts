/** The symbols of Kconfig files. */
import { describe, expect, it } from 'vitest'
import { createKconfig } from '#lib/kbuild/kconfig.ts'
import { parseKconfig } from '#lib/kbuild/kconfig-file.ts'
import { memoryTree } from '../support/memory-tree.ts'

describe('a Kconfig file', () => {
  it.each([
    ['config A\n\tbool "A"\n', 'bool'],
    ['menuconfig A\n\ttristate "A"\n', 'tristate'],
    ['config A\n\tdef_bool y\n', 'def_bool'],
    ['config A\n        def_tristate m\n', 'def_tristate'],
    ['config A\n\tdepends on B\n\tbool\n', 'bool'],
    ['config A\n\tstring "A"\n', null],
    ['config A\n\tdefault y\n', null],
    ['config A\n\thelp\n\t  bool, not tristate.\n\n\t  tristate\n', null],
    ['config A # why\n\tbool # because\n', 'bool'],
  ])('says of what type a symbol is: %j', (text, expected) => {
    expect(parseKconfig(text).map(({ symbol, type }) => [symbol, type])).toEqual([['CONFIG_A', expected]])
  })

  it('says what a symbol depends on and selects, and what is around it', () => {
    const text = `
menu "Network"
	depends on NET
if INET
# config NOT
config A
	tristate "A"
	depends on B && \\
		C
	depends on D
	select E
	select F if G
	help
	  if, menu and config in a help text are words:

	  config NOT
	  endif

config H
	bool
endif
endmenu
config I
	bool
`
    expect(parseKconfig(text)).toEqual([
      {
        symbol: 'CONFIG_A',
        type: 'tristate',
        line: 6,
        dependsOn: ['B && C', 'D'],
        around: ['NET', 'INET'],
        selects: ['CONFIG_E'],
      },
      { symbol: 'CONFIG_H', type: 'bool', line: 19, dependsOn: [], around: ['NET', 'INET'], selects: [] },
      { symbol: 'CONFIG_I', type: 'bool', line: 23, dependsOn: [], around: [], selects: [] },
    ])
  })

  it('may be any text', () => {
    expect(parseKconfig('endif\nendmenu\ndepends on\nconfig\nselect X\nhelp\n')).toEqual([
      { symbol: 'CONFIG_', type: null, line: 4, dependsOn: [], around: [], selects: ['CONFIG_X'] },
    ])
  })
})

const kconfig = createKconfig(
  memoryTree({
    'net/Kconfig': 'config NET\n\tbool "Networking"\n\tselect BPF\n',
    'kernel/trace/Kconfig': `
config EVENTS
	bool
	depends on NET
	depends on K || U
config K
	bool
	select TRACING
config U
	bool
	select TRACING
	select UPROBES
config TRACING
	bool
	depends on EVENTS
	select RING if NET
config M
	tristate
	depends on TRACING=y && RING!=n && !U
`,
    'arch/alpha/Kconfig': 'config MMU\n\tdef_bool y\nconfig ALPHA\n\tbool\n\tdefault y\n',
    'arch/s390/Kconfig': 'config MMU\n\tdef_bool y\nconfig S390\n\tdef_bool y\nconfig HZ\n\tdefault 100\n',
    'kernel/Kconfig.hz': 'config HZ\n\tint\n\tdepends on A || B\n\tdepends on C\n\nconfig SMALL\n\tbool\n',
    'scripts/kconfig/tests/Kconfig': 'config NET\n\ttristate\n',
    'drivers/s390/Kconfig': 'config ZFCP\n\ttristate\n\tdepends on S390\n',
  }),
)

describe('the symbols of a tree', () => {
  it('have a type and a place', async () => {
    expect(await kconfig.symbolOf('CONFIG_NET')).toEqual({
      symbol: 'CONFIG_NET',
      type: 'bool',
      at: { path: 'net/Kconfig', line: 1 },
      dependsOn: null,
    })
    expect(await kconfig.symbolOf('CONFIG_NOT')).toBeNull()
  })

  it('are taken from outside arch when an architecture says more of them', async () => {
    expect(await kconfig.symbolOf('CONFIG_HZ')).toEqual({
      symbol: 'CONFIG_HZ',
      type: null,
      at: { path: 'kernel/Kconfig.hz', line: 1 },
      dependsOn: '(A || B) && C',
    })
    expect((await kconfig.symbolOf('CONFIG_MMU'))?.at).toEqual({ path: 'arch/alpha/Kconfig', line: 1 })
  })

  it('imply what they depend on and select, through either side of an "or" only what both have', async () => {
    const implied = async (symbol: string): Promise<string[]> => [...(await kconfig.impliedBy(symbol))].sort()
    expect(await implied('CONFIG_NET')).toEqual(['CONFIG_BPF'])
    expect(await implied('CONFIG_EVENTS')).toEqual([
      'CONFIG_BPF',
      'CONFIG_EVENTS',
      'CONFIG_NET',
      'CONFIG_TRACING',
    ])
    expect(await implied('CONFIG_M')).toContain('CONFIG_RING')
    expect(await implied('CONFIG_M')).not.toContain('CONFIG_U')
    expect(await implied('CONFIG_NOT')).toEqual([])
  })

  it.each([
    ['CONFIG_S390', 's390'],
    ['CONFIG_ALPHA', 'alpha'],
    ['CONFIG_MMU', null],
    ['CONFIG_NET', null],
    ['CONFIG_ZFCP', null],
    ['CONFIG_NOT', null],
  ])('%s is of the architecture %s', async (symbol, expected) => {
    expect(await kconfig.architectureOf(symbol)).toBe(expected)
  })
})
