/** The folders that a BPF program of one release is compiled against, made in a temporary folder. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Release } from '#lib/model/published.ts'
import { releaseHeader } from '#lib/publish/usage/declaration.ts'
import { Failure, onExit } from '../cli/failure.ts'
import type { ReleaseInputs } from '../extract/inputs.ts'
import { openImage } from '../image/images.ts'
import { runOrFail } from './programs.ts'

/** Where headers of one release lie; `remove` takes away what was made for it. */
export interface BpfHeaders {
  /** The kernel's tree, or the part of it that programs include from. */
  readonly tree: string
  /** vmlinux.h, which includes kfuncs.h, and bpf_helper_defs.h. */
  readonly made: string
  /** The folder of kfuncs.h, and its text: our declarations. */
  readonly kfuncs: string
  readonly declarations: string
  remove(): void
}

/** What programs include from, and what makes bpf_helper_defs.h. */
const PARTS = ['tools', 'scripts/bpf_doc.py', 'include/uapi/linux/bpf.h', 'drivers/hid/bpf/progs']

/**
 * Lays out a release: vmlinux.h as bpftool prints it from the image, then our declarations of its kfuncs, which every
 * program gets that includes vmlinux.h; the helpers by the kernel's own script; the rest from its source.
 */
export async function layOutHeaders(inputs: ReleaseInputs, release: Release): Promise<BpfHeaders> {
  const { source, image } = inputs
  if (!source || !image)
    throw new Failure(`${inputs.id}: compiling takes its source and its image`, {
      hint: 'put source.tar.xz and vmlinuz into its folder',
    })
  const folder = mkdtempSync(join(tmpdir(), 'kfunc-examples-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const forget = onExit(remove)
  const made = join(folder, 'made')
  mkdirSync(made)
  const tree = statSync(source.path).isDirectory() ? source.path : await unpack(source.path, folder)
  const defs = await runOrFail('python3', [
    join(tree, 'scripts/bpf_doc.py'),
    '--header',
    '--file',
    join(tree, 'include/uapi/linux/bpf.h'),
  ])
  writeFileSync(join(made, 'bpf_helper_defs.h'), defs)
  const { btf } = await openImage(image.path)
  if (!btf) throw new Failure(`${image.path} has no BTF`, { hint: 'give an image that was built with it' })
  writeFileSync(join(made, 'vmlinux.btf'), btf)
  const types = await runOrFail('bpftool', ['btf', 'dump', 'file', join(made, 'vmlinux.btf'), 'format', 'c'])
  writeFileSync(join(made, 'vmlinux-types.h'), types)
  const kfuncs = join(folder, 'kfuncs')
  const declarations = releaseHeader(release)
  mkdirSync(kfuncs)
  writeFileSync(join(kfuncs, 'kfuncs.h'), declarations)
  // newer versions of bpftool print kfuncs too: ours are to be proven
  const lines = [
    '#define BPF_NO_KFUNC_PROTOTYPES',
    '#include "vmlinux-types.h"',
    '#include <bpf/bpf_helpers.h>',
    '#include <kfuncs.h>',
  ]
  writeFileSync(join(made, 'vmlinux.h'), `#pragma once\n${lines.join('\n')}\n`)
  return {
    tree,
    made,
    kfuncs,
    declarations,
    remove: () => {
      remove()
      forget()
    },
  }
}

async function unpack(archive: string, folder: string): Promise<string> {
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  // some releases lack some of the parts
  const wanted = PARTS.map((part) => `*/${part}`)
  await runOrFail('tar', [
    '-xf',
    archive,
    '-C',
    tree,
    '--strip-components=1',
    '--wildcards',
    ...wanted,
  ]).catch((error: unknown) => {
    if (!existsSync(join(tree, 'scripts/bpf_doc.py'))) throw error
  })
  return tree
}

/** The folders that a program at a path of the tree includes from, nearest first. */
export function includeFolders(path: string, { tree, made, kfuncs }: BpfHeaders): string[] {
  const own = path.slice(0, path.lastIndexOf('/'))
  // programs of sched_ext have headers of the same names as those of the other selftests
  const isSchedExt = own.includes('sched_ext')
  const selftests = ['tools/testing/selftests/bpf', 'tools/testing/selftests/bpf/libarena/include']
  const schedExt = ['tools/testing/selftests/sched_ext/include', 'tools/sched_ext', 'tools/sched_ext/include']
  const shared = ['tools/lib', 'tools/include/uapi', 'tools/include', 'drivers/hid/bpf/progs']
  const folders = [own, ...(isSchedExt ? [] : selftests), ...schedExt, ...shared]
  return [made, ...folders.map((folder) => join(tree, folder)), kfuncs]
}

/** Our declarations without those of some kfuncs. */
export function withoutKfuncs(declarations: string, names: ReadonlySet<string>): string {
  return declarations
    .split('\n')
    .filter((line) => !names.has(/^extern .*?(\w+)\(/.exec(line)?.[1] ?? ''))
    .join('\n')
}
