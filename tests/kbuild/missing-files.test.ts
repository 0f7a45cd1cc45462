/** Part of a kernel told from all of it: what its own build files name and it lacks. */
import { describe, expect, test } from 'vitest'
import { missingFiles } from '#lib/kbuild/missing-files.ts'
import { memoryTree } from '../support/memory-tree.ts'

const KERNEL = {
  Makefile: 'VERSION = 6\n',
  Kbuild: 'obj-y += kernel/ net/\nobj-$(CONFIG_SAMPLES) += $(samples)\n',
  'kernel/Makefile': 'obj-y += fork.o\nobj-$(CONFIG_BPF) += bpf/\n',
  'kernel/fork.c': '',
  'kernel/build_policy.c': '#include "ext.c"\n',
  'kernel/bpf/Makefile': 'obj-y += \\\n\thelpers.o\n',
  'kernel/bpf/helpers.c': '',
  'net/Makefile': 'obj-y += core/\n',
  'net/core/Makefile': 'obj-y += filter.o\n',
  'net/core/filter.c': '',
}

const lacking = async (without: RegExp, ...expected: readonly string[]) => {
  const files = Object.fromEntries(Object.entries(KERNEL).filter(([path]) => !without.test(path)))
  return (await missingFiles(memoryTree(files), expected)).map(
    ({ lacks, namedBy: { path, line } }) => `${lacks} ${path}:${line}`,
  )
}

describe('a tree', () => {
  test('that has all files lacks none', async () => {
    expect(await lacking(/^$/, 'kernel/bpf/helpers.c', 'net/core/filter.c')).toEqual([])
  })
  test('lacks no file that only another release has', async () => {
    expect(await lacking(/^$/, 'kernel/bpf/arena.c', 'kernel/new/x.c', 'tools/testing/x.c')).toEqual([])
  })
  test('lacks a file whose object its Makefile names', async () => {
    expect(await lacking(/helpers\.c/, 'kernel/bpf/helpers.c')).toEqual([
      'kernel/bpf/helpers.c kernel/bpf/Makefile:1',
    ])
  })
  test('lacks a file that another includes', async () => {
    expect(await lacking(/^$/, 'kernel/ext.c')).toEqual(['kernel/ext.c kernel/build_policy.c:1'])
  })
  test('lacks a folder that the Makefile above it names, once', async () => {
    expect(await lacking(/^net\/core/, 'net/core/filter.c', 'net/core/xdp.c')).toEqual([
      'net/core/ net/Makefile:1',
    ])
  })
  test('lacks a folder at its top whatever else is known', async () => {
    expect(await lacking(/^net\//)).toEqual(['net/ Kbuild:1'])
  })
})
