/** Which configurations compile a file, from Makefiles and from what includes it. */
import { describe, expect, it } from 'vitest'
import { createGates } from '#lib/kbuild/gates.ts'
import { requirementsOf } from '#lib/kbuild/requirements.ts'
import type { Diagnostic } from '#lib/text/diagnostic.ts'
import { memoryTree } from '../support/memory-tree.ts'

type Files = Readonly<Record<string, string>>

const TOP: Files = { Kbuild: 'obj-y += kernel/\nobj-$(CONFIG_NET) += net/\nobj-y += arch/$(SRCARCH)/\n' }

async function gatesOf(path: string, files: Files) {
  const reported: Diagnostic[] = []
  const gates = await createGates(memoryTree({ ...TOP, ...files }), (it) => reported.push(it)).ofFile(path)
  return { gates, reported }
}

/** What a file needs, on one line: "A B off: C or: D, E=m | F other: text". */
async function needsOf(path: string, files: Files): Promise<string> {
  const { gates } = await gatesOf(path, files)
  if (!gates) return 'not found'
  if (gates.ways.length === 0) return 'never'
  const { config, off, alternatives, other } = requirementsOf(gates.ways, new Set())
  const parts = [
    config.join(' '),
    off.length > 0 ? `off: ${off.join(' ')}` : '',
    alternatives.length > 0 ? `or: ${alternatives.map((it) => it.join(', ')).join(' | ')}` : '',
    other.length > 0 ? `other: ${other.join(' ')}` : '',
  ]
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll('CONFIG_', '')
}

describe('a Makefile', () => {
  it.each([
    ['an object that is always built', 'obj-y := a.o b.o', ''],
    ['an object of a symbol', 'obj-$(CONFIG_A) += a.o', 'A'],
    ['braces', `obj-\${CONFIG_A} += a.o`, 'A'],
    ['an object that is only a module', 'obj-m += a.o', ''],
    ['an object of a library', 'lib-$(CONFIG_A) += a.o', 'A'],
    ['plain and simple assignments', 'obj-$(CONFIG_A) = a.o', 'A'],
    ['no spaces', 'obj-$(CONFIG_A)+=a.o', 'A'],
    ['continued lines', 'obj-$(CONFIG_A) += \\\n\tb.o \\\n\ta.o', 'A'],
    ['comments', '# obj-y += a.o\nobj-$(CONFIG_A) += b.o a.o # a comment', 'A'],
    ['a continued comment', '# one \\\nobj-y += a.o\nobj-$(CONFIG_A) += a.o', 'A'],
    ['names that end alike', 'obj-y += aa.o\nobj-$(CONFIG_A) += a.o', 'A'],
    ['module turned built in', 'obj-$(subst m,y,$(CONFIG_A)) += a.o', 'A'],
    ['module turned built in, shorter', 'obj-$(CONFIG_A:m=y) += a.o', 'A'],
    ['one symbol limited by another', 'obj-$(subst y,$(CONFIG_A),$(CONFIG_B)) += a.o', 'B or: A | B=m'],
    ['either of two symbols', 'obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_B) += a.o', 'or: A | B'],
    ['the same twice', 'obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_A) += a.o', 'A'],
    ['always, whatever else adds it', 'obj-$(CONFIG_A) += a.o\nobj-y += a.o', ''],
    ['an end that is not known', 'obj-$(call f,$(CONFIG_A)) += a.o', 'other: $(call f,$(A))'],
  ])('says what is built: %s', async (_name, makefile, expected) => {
    expect(await needsOf('kernel/a.c', { 'kernel/Makefile': makefile })).toBe(expected)
  })

  const under = (condition: string): string => `${condition}\nobj-y += a.o\nendif`
  it.each([
    ['ifeq y', under('ifeq ($(CONFIG_A),y)'), 'A'],
    ['a space before the value', under('ifeq ($(CONFIG_A), y)'), 'A'],
    ['quotes', under('ifeq ("$(CONFIG_A)", "y")'), 'A'],
    ['quotes without parentheses', under('ifeq "$(CONFIG_A)" "y"'), 'A'],
    ['ifneq y', under('ifneq ($(CONFIG_A),y)'), 'off: A'],
    ['ifneq nothing', under('ifneq ($(CONFIG_A),)'), 'A'],
    ['ifeq nothing', under('ifeq ($(CONFIG_A),)'), 'off: A'],
    ['ifdef', under('ifdef CONFIG_A'), 'A'],
    ['ifndef', under('ifndef CONFIG_A'), 'off: A'],
    ['two at once', under('ifeq ($(CONFIG_A)$(CONFIG_B),yy)'), 'A B'],
    ['any of two', under('ifneq ($(CONFIG_A)$(CONFIG_B),)'), 'or: A | B'],
    ['any of two by filter', under('ifneq ($(filter y,$(CONFIG_A) $(CONFIG_B)),)'), 'or: A | B'],
    [
      'functions in functions',
      under('ifneq ($(or $(CONFIG_A),$(and $(CONFIG_B),$(CONFIG_C))),)'),
      'or: A | B, C',
    ],
    ['a number', under('ifeq ($(CONFIG_A),16)'), 'other: ($(A),16)'],
    ['what is not a symbol', under('ifeq ($(CC),gcc)'), 'other: ($(CC),gcc)'],
    ['else', 'ifeq ($(CONFIG_A),y)\nelse\nobj-$(CONFIG_B) += a.o\nendif', 'B off: A'],
    ['after endif', 'ifeq ($(CONFIG_A),y)\nobj-y += b.o\nendif\nobj-$(CONFIG_B) += a.o', 'B'],
    [
      'nested, outermost first',
      'ifdef CONFIG_A\nifdef CONFIG_B\nobj-$(CONFIG_C) += a.o\nendif\nendif',
      'A B C',
    ],
    ['indented', 'ifdef CONFIG_A\n  ifdef CONFIG_B\n    obj-y += a.o\n  endif\nendif', 'A B'],
    ['a contradiction', 'ifndef CONFIG_A\nobj-$(CONFIG_A) += a.o\nendif', 'never'],
    ['an endif too many', 'endif\nobj-$(CONFIG_A) += a.o', 'A'],
    ['an endif too few', 'ifdef CONFIG_A\nobj-y += a.o', 'A'],
  ])('has conditions: %s', async (_name, makefile, expected) => {
    expect(await needsOf('kernel/a.c', { 'kernel/Makefile': makefile })).toBe(expected)
  })

  it.each([
    ['foo-y', 'obj-$(CONFIG_A) += foo.o\nfoo-y := b.o a.o', 'A'],
    ['foo-objs', 'obj-$(CONFIG_A) += foo.o\nfoo-objs := a.o', 'A'],
    ['foo-$(CONFIG_B)', 'foo-$(CONFIG_B) += a.o\nobj-$(CONFIG_A) += foo.o', 'A B'],
    ['a name with dashes', 'obj-$(CONFIG_A) += hid-b.o\nhid-b-$(CONFIG_B) += a.o', 'A B'],
    ['a part of a part', 'obj-$(CONFIG_A) += c.o\nc-y += b.o\nb-$(CONFIG_B) += a.o', 'A B'],
    ['a variable', 'SOURCES := a.o\nobj-$(CONFIG_A) += $(SOURCES)', 'A'],
    ['a list in a list', 'mmu-$(CONFIG_B) := a.o\nobj-$(CONFIG_A) += $(mmu-y)', 'A B'],
    ['a prefix', 'foo-y += $(addprefix x/, b.o)\nfoo-$(CONFIG_B) += a.o\nobj-$(CONFIG_A) += foo.o', 'A B'],
    ['a circle', 'a-y := b.o\nb-y := a.o', 'not found'],
    ['a part of nothing', 'foo-y := a.o', 'not found'],
    [
      'a part that differs for the module',
      'ifeq ($(CONFIG_A),m)\nfoo-$(CONFIG_B_MODULES) += a.o\nelse ifeq ($(CONFIG_A),y)\nfoo-$(CONFIG_B) += a.o\nendif\nobj-$(CONFIG_A) += foo.o',
      'A or: A=m, B_MODULES | A=y, B',
    ],
  ])('has objects of several files: %s', async (_name, makefile, expected) => {
    expect(await needsOf('kernel/a.c', { 'kernel/Makefile': makefile })).toBe(expected)
  })

  it.each([
    ['a recipe', 'a.o: b.c FORCE\n\t$(call if_changed,x)\n\t@echo "A=b"\nobj-$(CONFIG_A) += a.o'],
    ['a variable of one target', 'CFLAGS_a.o := -O2\na.o: KBUILD := a.o\nobj-$(CONFIG_A) += a.o'],
    ['a define', 'define x\nifdef Y\nobj-y += a.o\nendef\nobj-$(CONFIG_A) += a.o'],
    ['an open reference', 'X = $(if $(\nobj-$(CONFIG_A) += a.o'],
    ['a function', 'obj-y += $(if $(CONFIG_B), a.o)\nobj-$(CONFIG_A) += a.o'],
    ['an include', 'include $(srctree)/x\n-include y\nobj-$(CONFIG_A) += a.o'],
  ])('may have what is not understood: %s', async (_name, makefile) => {
    expect(await needsOf('kernel/a.c', { 'kernel/Makefile': makefile })).toBe('A')
  })
})

describe('folders', () => {
  it.each([
    [
      'in a row',
      { 'net/Makefile': 'obj-$(CONFIG_I) += v4/', 'net/v4/Makefile': 'obj-$(CONFIG_A) += a.o' },
      'NET I A',
    ],
    [
      'several at a time',
      { 'net/Makefile': 'obj-$(CONFIG_I) += v4/x/', 'net/v4/x/Makefile': 'obj-y += a.o' },
      'NET I',
    ],
    ['of an object named from above', { 'net/Makefile': 'obj-$(CONFIG_I) += v4/a.o' }, 'NET I'],
    [
      'in a composite from above',
      { 'net/Makefile': 'n-y += $(addprefix v4/, b.o a.o)\nobj-$(CONFIG_I) += n.o' },
      'NET I',
    ],
    [
      'entered for any of several',
      {
        'net/Makefile': 'obj-$(CONFIG_I) += v4/\nobj-$(CONFIG_J) += v4/',
        'net/v4/Makefile': 'obj-$(CONFIG_A) += a.o',
      },
      'NET A or: I | J',
    ],
    ['that nothing enters', { 'net/Makefile': '', 'net/v4/Makefile': 'obj-y += a.o' }, 'not found'],
    [
      'with a Kbuild, which goes first',
      {
        'net/Makefile': 'obj-y += v4/',
        'net/v4/Kbuild': 'obj-$(CONFIG_A) += a.o',
        'net/v4/Makefile': 'obj-y += a.o',
      },
      'NET A',
    ],
  ])('%s', async (_name, files, expected) => {
    const paths = ['net/v4/a.c', 'net/v4/x/a.c']
    const needs = await Promise.all(paths.map((path) => needsOf(path, files)))
    expect(needs.filter((it) => it !== 'not found')[0] ?? 'not found').toBe(expected)
  })

  it('of the top are in its Makefile where there is no Kbuild for them', async () => {
    const Makefile = 'ifeq ($(KBUILD_EXTMOD),)\ncore-$(CONFIG_X) += block/\nlibs-y := lib/\nendif\n'
    const files = { Makefile, 'block/Makefile': 'obj-y += a.o', 'lib/Makefile': 'lib-$(CONFIG_A) += a.o' }
    expect(await needsOf('block/a.c', files)).toBe('X')
    expect(await needsOf('lib/a.c', files)).toBe('A')
  })

  it('of an architecture are in its Kbuild, or with their whole path in its Makefile', async () => {
    const files = {
      'arch/s390/Kbuild': 'obj-y += kernel/',
      'arch/s390/Makefile': 'drivers-$(CONFIG_PCI) += arch/s390/pci/',
      'arch/s390/kernel/Makefile': 'obj-y += a.o',
      'arch/s390/pci/Makefile': 'obj-$(CONFIG_A) += a.o',
    }
    expect(await needsOf('arch/s390/kernel/a.c', files)).toBe('')
    expect(await needsOf('arch/s390/pci/a.c', files)).toBe('PCI A')
  })
})

describe('a file that another one includes', () => {
  const policy = '#ifdef CONFIG_EXT\n# include "ext/types.h"\n# include "ext/ext.c"\n#endif\n'
  const files = {
    'kernel/Makefile': 'obj-y += sched/',
    'kernel/sched/Makefile': 'obj-$(CONFIG_A) += policy.o',
    'kernel/sched/policy.c': policy,
    'kernel/sched/ext/ext.c': '#include "../pelt.h"\n#if IS_ENABLED(CONFIG_B)\n#include "sub.c"\n#endif\n',
  }

  it.each([
    ['has its gates and the conditions around the line', 'kernel/sched/ext/ext.c', 'A EXT'],
    ['may be included by one that is itself included', 'kernel/sched/ext/sub.c', 'A EXT B'],
    ['is found by its whole path', 'kernel/sched/other/ext.c', 'not found'],
    ['may lie in the folder of that file', 'kernel/sched/idle.c', 'A'],
  ])('%s', async (_name, path, expected) => {
    const more = { 'kernel/sched/policy.c': `#include "./idle.c"\n${policy}` }
    expect(await needsOf(path, { ...files, ...more })).toBe(expected)
  })

  it('is not found in a circle', async () => {
    const circle = { 'kernel/a.c': '#include "b.c"', 'kernel/b.c': '#include "a.c"' }
    expect(await needsOf('kernel/a.c', circle)).toBe('not found')
  })

  it('has the lines that say so, outermost first', async () => {
    const { gates } = await gatesOf('kernel/sched/ext/ext.c', files)
    expect(gates?.at.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'Kbuild:1',
      'kernel/Makefile:1',
      'kernel/sched/Makefile:1',
      'kernel/sched/policy.c:1',
      'kernel/sched/policy.c:3',
    ])
  })
})

describe('what is not found', () => {
  it('is reported once, with where it was looked for', async () => {
    const reported: Diagnostic[] = []
    const gates = createGates(memoryTree({ ...TOP, 'kernel/Makefile': '' }), (it) => reported.push(it))
    expect(await gates.ofFile('kernel/a.c')).toBeNull()
    expect(await gates.ofFile('kernel/a.c')).toBeNull()
    expect(reported).toEqual([
      {
        rule: 'config-unread',
        message:
          'what compiles it was not found: no Makefile from kernel upwards has a.o, and no .c file in these folders includes it',
        kfunc: null,
        place: { path: 'kernel/a.c', line: 1, column: 1 },
      },
    ])
  })
})
