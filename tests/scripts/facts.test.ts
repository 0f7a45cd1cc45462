/** A copy of a kernel of which facts alone are taken, and source files that anyone can compare: as a user runs the extractor. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireNoTexts } from '#scripts/lib/extract/no-texts.ts'
import { kernelFiles, registers, setOf } from '../support/kernel-fixture.ts'
import { type Folder, makeFolder, runGit, writeKernel } from '../support/small-kernel.ts'

const KFUNCS = `// SPDX-License-Identifier: GPL-2.0-only
${setOf('x_ids', 'bpf_x', 'bpf_y')}${registers('x_ids')}
/**
 * bpf_x - Counts what nobody else counts.
 * @value: How often it was counted before.
 *
 * It goes on where others would have stopped.
 *
 * Return: what it came to in the end.
 */
__bpf_kfunc int bpf_x(u32 value)
{
	return 0;
}

/* the next one is here for the sake of symmetry */
__bpf_kfunc int bpf_y(u32 value)
{
	return 0;
}
`
const PROGRAM = `// SPDX-License-Identifier: GPL-2.0
#include <vmlinux.h>

/* shows how to count without looking */
SEC("xdp")
int call_x(void *ctx)
{
	int counted_until_now = bpf_x(1);
	return counted_until_now;
}
`
/** Words of every text in it. */
const TEXTS = [
  'Counts what nobody else counts',
  'How often it was counted before',
  'It goes on where others would have stopped',
  'what it came to in the end',
  'here for the sake of symmetry',
  'gives a reference',
  'takes a reference',
  'Take a reference to a task',
  'The task.',
  'shows how to count without looking',
  'counted_until_now',
]
const PROGRAM_FILE = 'tools/testing/selftests/bpf/progs/x.c'
const COMMIT = 'c0ffee'.repeat(7).slice(0, 40)
const ORIGIN = `copy of Linux 9.2.1, some-one/linux-9.2@${COMMIT}`
const ROOT = join(import.meta.dirname, '../..')
let folder: Folder
const at = (...names: string[]): string => join(folder.path, ...names)

function extract(...args: readonly string[]): { code: number | null; said: string } {
  const command = ['--import', 'tsx', join(ROOT, 'scripts/extract.ts'), ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' })
  return { code: status, said: `${stdout}${stderr}`.replaceAll(folder.path, 'DIR') }
}

/** Every file below a folder, by path. */
const filesIn = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => [name, readFileSync(join(dir, name), 'utf8')]),
  )
const objectId = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')

beforeAll(() => {
  folder = makeFolder()
  writeKernel(at('linux'), kernelFiles({ 'kernel/x.c': KFUNCS, [PROGRAM_FILE]: PROGRAM }))
  const ended = extract('9.2', '--source', at('linux'), '--facts', '--origin', ORIGIN, '--out', at('facts'))
  expect(ended).toMatchObject({ code: 0 })
  expect(extract('9.2', '--source', at('linux'), '--out', at('own'))).toMatchObject({ code: 0 })
}, 60_000)

afterAll(() => folder.remove())

describe('of a copy', () => {
  test('no text is in any file that is written, and all are in those of a source whose texts are taken', () => {
    const all = Object.values(filesIn(at('facts'))).join('\n')
    const own = Object.values(filesIn(at('own'))).join('\n')
    expect(TEXTS.filter((text) => all.includes(text))).toEqual([])
    expect(TEXTS.filter((text) => !own.includes(text))).toEqual([])
    expect(existsSync(at('facts/snippets'))).toBe(false)
  })
  test('the facts are those of any source, and each text has its place and sha256', () => {
    const [facts, own] = ['facts', 'own'].map((name) =>
      JSON.parse(readFileSync(at(name, '9.2.json'), 'utf8')),
    )
    expect(facts.release).toMatchObject({ version: '9.2.1', tag: 'v9.2.1', texts: 'facts' })
    expect(facts.release.sources).toMatchObject([{ name: 'linux', origin: ORIGIN }])
    const bare = (file: typeof facts): unknown => ({
      ...file,
      release: null,
      flags: file.flags.map((flag: object) => ({ ...flag, comment: null })),
      kfuncs: JSON.parse(
        JSON.stringify(file.kfuncs, (key, value) => (key === 'doc' || key === 'remark' ? null : value)),
      ),
    })
    expect(bare(facts)).toEqual(bare(own))
    const marks = (file: typeof facts): unknown =>
      file.kfuncs.map(({ doc, remark }: Record<string, Record<string, unknown> | null>) =>
        [doc, remark].map((one) => one && { at: one.at, license: one.license, sha256: one.sha256 }),
      )
    expect(marks(facts)).toEqual(marks(own))
    expect(JSON.stringify(marks(facts)).match(/"sha256":"[0-9a-f]{64}"/g)).toHaveLength(3)
    const doc = facts.kfuncs.find(({ name }: { name: string }) => name === 'bpf_x').doc
    expect(Object.keys(doc)).toEqual(['at', 'license', 'sha256'])
  })
  test('examples are named by the sha256 of their texts', () => {
    const [facts, own] = ['facts', 'own'].map((name) =>
      JSON.parse(readFileSync(at(name, 'examples/9.2.json'), 'utf8')),
    )
    expect(facts).toEqual({ ...own, texts: 'facts' })
  })
  test('--check finds no difference, --only examples takes no texts either', () => {
    const args = ['9.2', '--source', at('linux'), '--out', at('facts')]
    expect(extract(...args, '--origin', ORIGIN, '--check')).toMatchObject({ code: 0 })
    const before = filesIn(at('facts'))
    expect(extract(...args, '--only', 'examples')).toMatchObject({ code: 0 })
    expect(filesIn(at('facts'))).toEqual(before)
  })
  test('inputs.txt beside it says the origin, and that it is a copy', () => {
    mkdirSync(at('kernels/9.2'), { recursive: true })
    cpSync(at('linux'), at('kernels/9.2/source'), { recursive: true })
    writeFileSync(at('kernels/9.2/inputs.txt'), `source copy of Linux 9.2.1: some-one/linux-9.2@${COMMIT} \n`)
    for (const args of [
      ['--kernels', at('kernels')],
      ['9.2', '--source', at('kernels/9.2/source')],
    ]) {
      rmSync(at('copied'), { recursive: true, force: true })
      expect(extract(...args, '--out', at('copied'))).toMatchObject({ code: 0 })
      expect(JSON.parse(readFileSync(at('copied/9.2.json'), 'utf8')).release).toMatchObject({
        texts: 'facts',
        sources: [{ origin: ORIGIN }],
      })
    }
  })
})

describe('bad input is refused, and nothing is written', () => {
  const refused = (...args: readonly string[]) => {
    const ended = extract(...args, '--out', at('never'))
    expect(existsSync(at('never'))).toBe(false)
    return ended
  }
  test.each<[string, string[], number, RegExp]>([
    [
      'a copy of another version than its origin says',
      ['--origin', ORIGIN.replace('9.2.1', '9.2.0')],
      1,
      /DIR\/linux is Linux 9\.2\.1 by its Makefile, and 9\.2\.0 by its origin/,
    ],
    [
      'an origin without a commit',
      ['--origin', 'copy of Linux 9.2.1, some-one/linux'],
      2,
      /expected "copy of Linux VERSION, OWNER\/NAME@COMMIT"/,
    ],
  ])('%s', (_, args, code, message) => {
    const ended = refused('9.2', '--source', at('linux'), ...args)
    expect(ended.said).toMatch(message)
    expect(ended.code).toBe(code)
  })
  test('--facts without a source', () => {
    expect(refused('9.2', '--image', at('linux/Makefile'), '--facts')).toMatchObject({
      code: 2,
      said: expect.stringContaining('--facts and --origin are about a source'),
    })
  })
  test('a line of a text, wherever it slips in', () => {
    const [full, stored] = ['own', 'facts'].map((name) =>
      JSON.parse(readFileSync(at(name, '9.2.json'), 'utf8')),
    )
    const code = new Map([['id', '  int counted_until_now = bpf_x(1);\n']])
    expect(() => requireNoTexts('9.2', stored, full, code)).not.toThrow()
    for (const text of [
      'see: Counts what nobody else counts.',
      'It goes on where others would have stopped.',
      'here: the next one is here for the sake of symmetry',
      'int counted_until_now = bpf_x(1);',
    ])
      expect(() => requireNoTexts('9.2', { ...stored, gaps: [{ message: text }] }, full, code)).toThrow(
        '9.2: a text of the source is in what would be stored of it: "',
      )
  })
  test('a tree that lacks a file which its Makefile names and a release beside it registers', () => {
    writeKernel(at('older'), kernelFiles({ 'kernel/x.c': KFUNCS, Makefile: 'VERSION = 9\nPATCHLEVEL = 1\n' }))
    cpSync(at('linux'), at('part'), { recursive: true })
    rmSync(at('part/kernel/x.c'))
    expect(extract('9.1', '--source', at('older'), '--out', at('row'))).toMatchObject({ code: 0 })
    const before = filesIn(at('row'))
    const ended = extract('9.2', '--source', at('part'), '--out', at('row'))
    expect(ended.said).toMatch(
      /DIR\/part is not whole: it lacks kernel\/x\.c \(named by kernel\/Makefile:1\)\n.*fewer kfuncs/,
    )
    expect(ended.code).toBe(1)
    expect(filesIn(at('row'))).toEqual(before)
  })
})

describe('the list of source files', () => {
  const verify = (...args: readonly string[]) => extract('--verify', '9.2', ...args, '--out', at('own'))
  test('has the git object id of each file that facts came from', () => {
    const lines = readFileSync(at('own/files/9.2.txt'), 'utf8').split('\n').slice(0, -1)
    expect(lines).toContain(`${objectId(KFUNCS)}  kernel/x.c`)
    expect(lines).toContain(`${objectId(PROGRAM)}  ${PROGRAM_FILE}`)
    const paths = lines.map((line) => line.slice(42))
    expect(paths).toEqual([...paths].sort())
    expect(paths).toEqual(
      expect.arrayContaining(['Makefile', 'include/linux/btf.h', 'kernel/bpf/verifier.c']),
    )
    expect(readFileSync(at('facts/files/9.2.txt'), 'utf8')).toBe(
      readFileSync(at('own/files/9.2.txt'), 'utf8'),
    )
  })
  test('is the same in the directory, an archive and a git repository', () => {
    spawnSync('tar', ['-cJf', at('linux.tar.xz'), '-C', folder.path, 'linux'])
    runGit(at('linux'), 'init', '-q')
    runGit(at('linux'), 'add', '.')
    runGit(at('linux'), 'commit', '-qm', 'a kernel')
    runGit(at('linux'), 'tag', 'v9.2.1')
    for (const args of [['linux'], ['linux.tar.xz'], ['linux', '--tag', 'v9.2.1']]) {
      const [source = '', ...tag] = args
      const { code, said } = verify('--source', at(source), ...tag)
      expect(said).toMatch(
        /^9\.2: (\d+) of \1 files are the same in .*\(Linux 9\.2\.1\), 0 differ, 0 are missing$/m,
      )
      expect(code).toBe(0)
    }
  })
  test('tells a tree with one byte changed, and one that lacks a file', () => {
    cpSync(at('linux'), at('changed'), { recursive: true, filter: (path) => !path.endsWith('/.git') })
    const changed = KFUNCS.replace('return 0;', 'return 1;')
    writeFileSync(at('changed/kernel/x.c'), changed)
    rmSync(at('changed', PROGRAM_FILE))
    const { code, said } = verify('--source', at('changed'))
    expect(said).toContain(
      `kernel/x.c: differs: ${objectId(KFUNCS)} was read, ${objectId(changed)} is there\n${PROGRAM_FILE}: missing\n`,
    )
    expect(said).toMatch(/1 differ, 1 are missing/)
    expect(code).toBe(1)
  })
  test('is compared with a source of its own release alone', () => {
    writeKernel(at('later'), kernelFiles({ Makefile: 'VERSION = 9\nPATCHLEVEL = 3\n' }))
    expect(verify('--source', at('later'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('DIR/later is 9.3.0, expected a kernel of 9.2'),
    })
    expect(extract('--verify', '9.4', '--source', at('later'), '--out', at('own'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('9.4: DIR/own/files has no list'),
    })
    expect(verify('--source', at('linux'), '--check')).toMatchObject({ code: 2 })
  })
})
