import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const LONG = `tools/testing/selftests/bpf/${'a-folder-with-a-long-name/'.repeat(8)}long.c`

/** The files of a kernel just large enough to be one, with names and bytes that are hard on readers. */
export const SMALL_KERNEL: Readonly<Record<string, string | Buffer>> = {
  Makefile: '# SPDX\nVERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\nEXTRAVERSION =\n',
  'drivers/hid/bpf.c': 'BTF_KFUNCS_START(hid)\n',
  'drivers/net/none.c': 'int none;\n',
  'drivers/net/umlaut-é.c': '/* BTF_KFUNCS_START, Jürgen */\n',
  'drivers/old/latin1.c': Buffer.from('/* BTF_KFUNCS_START, J\xfcrgen */\n', 'latin1'),
  'include/linux/btf.h': '#define KF_ACQUIRE (1 << 0)\n',
  'include/linux/empty.h': '',
  'kernel/bpf/Makefile': 'obj-y := helpers.o\n',
  'kernel/bpf/helpers.c': `BTF_KFUNCS_START(common)\n${'x'.repeat(3000)}\nregister_btf_kfunc_id_set\n`,
  'kernel/block.c': 'y'.repeat(512),
  [LONG]: 'register_btf_kfunc_id_set\n',
}

/** A temporary folder, and what removes it. */
export interface Folder {
  readonly path: string
  remove(): void
}

/** Makes a temporary folder. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'kernel-tree-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Writes files into `root`, and a link that no tree should follow. */
export function writeKernel(
  root: string,
  files: Readonly<Record<string, string | Buffer>> = SMALL_KERNEL,
): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
  }
  symlinkSync('kernel/bpf/helpers.c', join(root, 'link.c'))
}

/** Runs git in `folder` as nobody in particular. */
export function runGit(folder: string, ...args: string[]): void {
  const person = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@example.org']
  execFileSync('git', ['-C', folder, ...person, ...args], { stdio: 'pipe' })
}
