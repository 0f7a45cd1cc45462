import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KernelTree, kernelVersion, versionIn } from '#lib/kernel-tree.ts'
import { openTree } from '#scripts/lib/tree/open-tree.ts'
import { openTarTree } from '#scripts/lib/tree/tar.ts'
import { memoryTree } from '../support/memory-tree.ts'
import { makeFolder, runGit, SMALL_KERNEL, writeKernel } from '../support/small-kernel.ts'

const folder = makeFolder()
const root = join(folder.path, 'linux-7.3.4')
const archive = (name: string): string => join(folder.path, name)

beforeAll(() => {
  mkdirSync(root)
  writeKernel(root)
  const tar = (name: string, ...args: string[]) =>
    execFileSync('tar', ['-C', folder.path, ...args, '-cf', archive(name), 'linux-7.3.4'])
  tar('gnu.tar', '--format=gnu')
  tar('pax.tar', '--format=pax')
  tar('k.tar.gz', '-z')
  tar('k.tar.xz', '-J')
  tar('k.tar.zst', '--zstd')
  execFileSync('tar', ['-C', root, '-cf', archive('dot.tar'), '.'])
  const repository = join(folder.path, 'repository')
  mkdirSync(repository)
  writeKernel(repository)
  runGit(repository, 'init', '-q')
  runGit(repository, 'add', '.')
  runGit(repository, 'commit', '-q', '-m', 'a kernel')
  runGit(repository, 'tag', 'v7.3.4')
  runGit(repository, 'rm', '-q', '-r', 'kernel')
  runGit(repository, 'commit', '-q', '-m', 'none any more')
  runGit(folder.path, 'clone', '-q', '--bare', 'repository', 'bare.git')
  runGit(folder.path, '--git-dir=bare.git', 'archive', '--prefix=linux/', '-o', 'archive.tar', 'v7.3.4')
})
afterAll(() => folder.remove())

const texts = Object.fromEntries(
  Object.entries(SMALL_KERNEL).map(([path, bytes]) => [
    path,
    typeof bytes === 'string' ? bytes : bytes.toString('latin1'),
  ]),
)

const trees: [string, () => Promise<KernelTree>][] = [
  ['in memory', async () => memoryTree(texts)],
  ['in a directory', () => openTree(root)],
  ['in a .tar with GNU names', () => openTree(archive('gnu.tar'))],
  ['in a .tar with pax names', () => openTree(archive('pax.tar'))],
  ['in a .tar without a folder around it', () => openTree(archive('dot.tar'))],
  ['in a .tar that git wrote', () => openTree(archive('archive.tar'))],
  ['in a .tar.gz', () => openTree(archive('k.tar.gz'))],
  ['in a .tar.xz', () => openTree(archive('k.tar.xz'))],
  ['in a .tar.zst', () => openTree(archive('k.tar.zst'))],
  ['in an archive of which nothing is kept', () => openTarTree(archive('k.tar.xz'), { keep: () => false })],
  ['in a git repository', () => openTree(join(folder.path, 'repository'), { tag: 'v7.3.4' })],
  [
    'in a folder of a git repository',
    () => openTree(join(folder.path, 'repository/drivers'), { tag: 'v7.3.4' }),
  ],
  ['in a bare git repository', () => openTree(join(folder.path, 'bare.git'), { tag: 'v7.3.4' })],
]

const everyFile = (): boolean => true
const cFiles = (path: string): boolean => path.endsWith('.c')

describe.each(trees)('a kernel %s', (_where, open) => {
  let tree: KernelTree
  const search = async (words: string[], isWanted: (path: string) => boolean): Promise<string[]> =>
    (await tree.search(words, isWanted)).map((source) => source.path)

  beforeAll(async () => {
    tree = await open()
  })
  afterAll(() => tree.close())

  it('gives its version before anything else is asked', async () => {
    expect(await kernelVersion(tree)).toBe('7.3.4')
  })

  it('finds the files that hold any of the words, in order of path', async () => {
    const found = await search(['BTF_KFUNCS_START', 'register_btf_kfunc_id_set'], cFiles)
    const expected = Object.keys(texts).filter((path) => /BTF_KFUNCS|register_btf/.test(texts[path] ?? ''))
    expect(found).toEqual(expected.sort())
    expect(found).toHaveLength(5)
  })

  it('looks only where it is told to', async () => {
    expect(await search(['BTF_KFUNCS_START'], (path) => path.startsWith('kernel/'))).toEqual([
      'kernel/bpf/helpers.c',
    ])
  })

  it('gives every wanted file when there are no words, links not among them', async () => {
    expect(await search([], everyFile)).toEqual(Object.keys(texts).sort())
  })

  it('finds nothing where nothing holds the word', async () => {
    expect(await search(['no such word'], everyFile)).toEqual([])
  })

  it('gives the text of every file, whether or not a search met it', async () => {
    for (const [path, text] of Object.entries(texts)) expect(await tree.read(path)).toEqual({ path, text })
  })

  it('has no file of an unknown path, nor behind a link', async () => {
    expect(await tree.read('kernel/none.c')).toBeNull()
    expect(await tree.read('link.c')).toBeNull()
    expect(await tree.read('kernel')).toBeNull()
    expect(await tree.read('../linux-7.3.4/Makefile')).toBeNull()
  })
})

describe('the version in a Makefile', () => {
  it.each([
    ['VERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 0\nEXTRAVERSION =\nNAME = x\n', '7.3.0'],
    ['VERSION=6\nPATCHLEVEL=12\nSUBLEVEL = 117\n', '6.12.117'],
    ['VERSION = 7\nPATCHLEVEL = 4\nSUBLEVEL = 0\nEXTRAVERSION = -rc2\n', '7.4.0-rc2'],
    ['VERSION = 7\nPATCHLEVEL = 3\n', '7.3.0'],
    ['all:\n\techo VERSION = 7\n', null],
    ['', null],
  ])('%j is %s', (makefile, version) => {
    expect(versionIn(makefile)).toBe(version)
  })
})
