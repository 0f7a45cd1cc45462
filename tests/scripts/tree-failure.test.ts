import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Failure } from '#scripts/lib/cli/failure.ts'
import { openTree } from '#scripts/lib/tree/open-tree.ts'
import { makeFolder, runGit, SMALL_KERNEL, writeKernel } from '../support/small-kernel.ts'

const folder = makeFolder()
const inFolder = (name: string): string => join(folder.path, name)
const makefile = { Makefile: SMALL_KERNEL.Makefile ?? '' }

beforeAll(() => {
  for (const name of ['linux', 'other', 'empty', 'only-makefile']) mkdirSync(inFolder(name))
  writeKernel(inFolder('linux'))
  writeKernel(inFolder('other'), { Makefile: 'all:\n', 'kernel/a.c': '' })
  writeKernel(inFolder('only-makefile'), makefile)
  const tar = (name: string, ...args: string[]) =>
    execFileSync('tar', ['-C', folder.path, '-cf', inFolder(name), ...args])
  tar('other.tar', 'other')
  tar('two.tar', 'linux', 'other')
  for (const name of ['short.tar', 'damaged.tar']) tar(name, 'linux')
  for (const [name, option] of [
    ['gz', '-z'],
    ['xz', '-J'],
    ['zst', '--zstd'],
  ] as const)
    for (const state of ['short', 'whole']) tar(`${state}.tar.${name}`, option, 'linux')
  for (const name of ['short.tar.gz', 'short.tar.xz', 'short.tar.zst'])
    truncateSync(inFolder(name), readFileSync(inFolder(name)).length >> 1)
  truncateSync(inFolder('short.tar'), 3000)
  const damaged = readFileSync(inFolder('damaged.tar'))
  damaged.fill(0xff, 512, 612)
  writeFileSync(inFolder('damaged.tar'), damaged)
  writeFileSync(inFolder('text'), 'hello\n')
  writeFileSync(inFolder('nothing'), '')
  writeFileSync(inFolder('vmlinux'), '\x7fELF\x02\x01')
  writeFileSync(inFolder('text.gz'), execFileSync('gzip', ['-c', inFolder('text')]))
  runGit(folder.path, 'init', '-q', 'repository')
  writeKernel(inFolder('repository'), { Documentation: 'none' })
  rmSync(inFolder('repository/link.c'))
  runGit(inFolder('repository'), 'add', '.')
  runGit(inFolder('repository'), 'commit', '-q', '-m', 'no kernel')
  for (const tag of ['v6.12', 'v7.3', 'v7.3-rc1', 'v7.2', 'other']) runGit(inFolder('repository'), 'tag', tag)
})
afterAll(() => folder.remove())
afterEach(() => vi.unstubAllEnvs())

/** What a user is told on the way from `path` to a search, the folder left out. */
async function told(path: string, tag?: string): Promise<string> {
  try {
    const tree = await openTree(inFolder(path), tag === undefined ? {} : { tag })
    await tree.search(['BTF_KFUNCS_START'], () => true)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return `${error.message} | ${error.hint}`.replaceAll(`${folder.path}/`, '')
  }
  throw new Error('no failure')
}

describe('what is no kernel tree', () => {
  it.each([
    ['none', 'none: no such file or directory | check the path'],
    ['empty', 'empty is a directory without a Makefile | a kernel is'],
    ['other', 'other is no kernel tree: no Makefile with VERSION = … at its top | give the root'],
    ['only-makefile', "only-makefile is no kernel tree: it has a kernel's Makefile but no kernel/ folder"],
    ['other.tar', 'other.tar is no kernel tree: no Makefile with VERSION = … at its top'],
    ['two.tar', 'two.tar holds more than one tree: linux/ and other/'],
    ['text', 'text is no archive: it begins with the bytes 68 65 6c 6c 6f 0a | a kernel is'],
    ['nothing', 'nothing is an empty file'],
    ['vmlinux', 'vmlinux is an ELF file (a kernel image goes to --image)'],
    ['text.gz', 'text.gz is cut short: it ends at offset 6'],
    ['repository', 'repository is a git repository without a checked out kernel | say which release'],
  ])('is told from one: %s', async (path, message) => {
    expect(await told(path)).toContain(message)
  })
})

describe('a damaged archive', () => {
  it.each([
    [
      'short.tar',
      /^short\.tar is cut short: it ends at offset 3000(, inside linux\/.*)? \| download it again$/,
    ],
    ['damaged.tar', /^damaged\.tar is a broken tar archive: no header with a true checksum at offset 512 \|/],
    [
      'short.tar.gz',
      /^short\.tar\.gz cannot be unpacked: gzip: unexpected end of file \| download it again$/,
    ],
    ['short.tar.xz', /^short\.tar\.xz cannot be unpacked: xz: Unexpected end of input \| download it again$/],
    ['short.tar.zst', /^short\.tar\.zst cannot be unpacked: zstd: .+ \| download it again$/],
  ])('is told where it breaks: %s', async (path, message) => {
    expect(await told(path)).toMatch(message)
  })

  it.each([
    ['xz', 'apt-get install xz-utils'],
    ['zst', 'apt-get install zstd'],
  ])('is not confused with a missing program for .tar.%s', async (ending, hint) => {
    vi.stubEnv('PATH', inFolder('empty'))
    expect(await told(`whole.tar.${ending}`)).toMatch(
      /the program \w+ is needed to read it and is not installed/,
    )
    expect(await told(`whole.tar.${ending}`)).toContain(hint)
  })
})

describe('a git repository', () => {
  it('that lacks the tag is told with the tags nearest to it', async () => {
    expect(await told('repository', 'v7.3.4')).toBe(
      'v7.3.4 is not in repository; it has v7.3, v7.3-rc1, v7.2 | fetch it with: git -C repository fetch --tags',
    )
  })

  it('takes no option for a tag', async () => {
    expect(await told('repository', '--all')).toContain('--all is not in repository')
  })

  it('without a kernel at the tag is told so', async () => {
    expect(await told('repository', 'v7.3')).toContain('repository at v7.3 is no kernel tree: no Makefile')
  })

  it('is what --tag is for: of an archive it only says where links point', async () => {
    const tree = await openTree(inFolder('whole.tar.xz'), { tag: 'v7.3' })
    expect(tree.what).toContain('whole.tar.xz')
    await tree.close()
  })

  it('needs the program git', async () => {
    vi.stubEnv('PATH', inFolder('empty'))
    expect(await told('repository', 'v7.3')).toContain('the program git is needed and is not installed')
  })
})

describe('a directory', () => {
  it('may be reached by a link, though links in it are not followed', async () => {
    symlinkSync(inFolder('linux'), inFolder('by-link'))
    const tree = await openTree(inFolder('by-link'))
    const found = await tree.search(['BTF_KFUNCS_START'], () => true)
    expect(found.map((source) => source.path)).not.toContain('link.c')
    expect(found.length).toBeGreaterThan(0)
  })
})
