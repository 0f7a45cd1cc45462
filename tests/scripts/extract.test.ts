/** The extractor as a user runs it: what it writes, and how it ends when its input is bad. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elfBytes } from '../elf/elf-bytes.ts'
import { BtfBuilder } from '../support/btf-bytes.ts'
import { kernelFiles, registers, setOf } from '../support/kernel-fixture.ts'
import { type Folder, makeFolder, runGit, writeKernel } from '../support/small-kernel.ts'

const KFUNC = `${setOf('x_ids', 'bpf_x')}${registers('x_ids')}
/** bpf_x - Does it. */
__bpf_kfunc int bpf_x(u32 value)
{
	return 0;
}
`
const PROGRAM = `// SPDX-License-Identifier: GPL-2.0
#include <vmlinux.h>

SEC("xdp")
int call_x(void *ctx)
{
	return bpf_x(1);
}
`
const PROGRAM_FILE = 'tools/testing/selftests/bpf/progs/x.c'
const ROOT = join(import.meta.dirname, '../..')
let folder: Folder
const at = (...names: string[]): string => join(folder.path, ...names)

interface Ended {
  readonly code: number | null
  readonly said: string
}

const command = (args: readonly string[]): string[] => [
  '--import',
  'tsx',
  join(ROOT, 'scripts/extract.ts'),
  ...args,
]

function extract(args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(args), {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { code: status, said: `${stdout}${stderr}`.replaceAll(folder.path, 'DIR') }
}

/** What lies in the folder of data: nothing may be added or changed by a run that fails. */
const dataNow = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(at('data'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => [name, readFileSync(at('data', name), 'utf8')]),
  )

beforeAll(() => {
  folder = makeFolder()
  writeKernel(at('linux-9.2'), kernelFiles({ 'kernel/x.c': KFUNC, [PROGRAM_FILE]: PROGRAM }))
  writeKernel(at('other'), { 'README.md': 'no kernel' })
  spawnSync('tar', ['-cJf', at('kernel.tar.xz'), '-C', folder.path, 'linux-9.2'])
  spawnSync('tar', ['-cJf', at('other.tar.xz'), '-C', folder.path, 'other'])
  runGit(at('linux-9.2'), 'init', '-q')
  runGit(at('linux-9.2'), 'add', '.')
  runGit(at('linux-9.2'), 'commit', '-qm', 'a kernel')
  runGit(at('linux-9.2'), 'tag', 'v9.2')
  mkdirSync(at('data'))
  expect(extract(['9.2', '--source', at('linux-9.2'), '--out', at('data')])).toMatchObject({ code: 0 })
}, 60_000)

afterAll(() => folder.remove())

describe('a source alone', () => {
  test('is written with its kfuncs, places and version', () => {
    const data = JSON.parse(readFileSync(at('data/9.2.json'), 'utf8'))
    expect(data.release).toMatchObject({
      id: '9.2',
      version: '9.2.1',
      tag: 'v9.2.1',
      coverage: 'source-only',
    })
    expect(data.kfuncs.map(({ name }: { name: string }) => name)).toContain('bpf_x')
  })

  test('is written with its examples, and a snippet for each', () => {
    const { kfuncs } = JSON.parse(readFileSync(at('data/examples/9.2.json'), 'utf8'))
    expect(kfuncs).toMatchObject([
      { name: 'bpf_x', examples: [{ function: 'call_x', section: 'xdp', callLines: [6] }] },
    ])
    const [{ snippet }] = kfuncs[0].examples
    expect(readdirSync(at('data/snippets'))).toEqual([`${snippet}.txt`])
    expect(readFileSync(at('data/snippets', `${snippet}.txt`), 'utf8')).toBe(
      PROGRAM.slice(PROGRAM.indexOf('#include')),
    )
  })

  test('--only examples writes them again and removes what no release names', () => {
    const before = dataNow()
    writeFileSync(at('data/snippets/0123456789abcdef.txt'), 'no longer used')
    const args = ['9.2', '--source', at('linux-9.2'), '--out', at('data'), '--only', 'examples']
    expect(extract(args)).toMatchObject({ code: 0 })
    expect(dataNow()).toEqual(before)
    expect(extract([...args.slice(0, -1), 'filters'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('--only filters: only "examples" and "places" can be read alone'),
    })
  })

  test('--only places looks up what the texts name, and --check says what differs', () => {
    mkdirSync(at('content/flags'), { recursive: true })
    const text = '---\nsummary: S.\n---\n[x](kernel:kernel/x.c#bpf_x) [y](kernel:kernel/x.c#bpf_y)\n'
    writeFileSync(at('content/flags/KF_X.md'), text)
    const args = ['9.2', '--source', at('linux-9.2'), '--out', at('places-data'), '--only', 'places']
    const env = { CONTENT_DIR: at('content') }
    expect(extract(args, env)).toMatchObject({ code: 0, said: expect.stringContaining('1 of 2 places') })
    const path = at('places-data/places/9.2.json')
    const stored = JSON.parse(readFileSync(path, 'utf8'))
    expect(stored.places).toEqual([{ of: 'kernel/x.c#bpf_x', line: expect.any(Number) }])
    expect(extract([...args, '--check'], env)).toMatchObject({ code: 0 })
    writeFileSync(path, JSON.stringify({ ...stored, places: [] }))
    expect(extract([...args, '--check'], env)).toMatchObject({ code: 1 })
    writeFileSync(at('content/messages.json'), '[{]')
    expect(extract(args, env)).toMatchObject({
      code: 1,
      said: expect.stringContaining('DIR/content/messages.json:1:3'),
    })
    writeFileSync(at('content/messages.json'), '[{}]')
    const { code, said } = extract(args, env)
    expect({ code, lines: said.split('\n').filter((line) => /messages\.json|at .*\.ts/.test(line)) }).toEqual(
      {
        code: 1,
        lines: [expect.stringContaining('DIR/content/messages.json')],
      },
    )
  })

  test('--check says which snippet differs', () => {
    const [name = ''] = readdirSync(at('data/snippets'))
    const text = readFileSync(at('data/snippets', name), 'utf8')
    writeFileSync(at('data/snippets', name), `${text}// more\n`)
    const ended = extract(['9.2', '--source', at('linux-9.2'), '--out', at('data'), '--check'])
    writeFileSync(at('data/snippets', name), text)
    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining(`${name}: other text`) })
  })

  test('gives the same facts from a directory, an archive and a git tag', () => {
    for (const source of [
      ['--source', at('kernel.tar.xz')],
      ['--source', at('linux-9.2'), '--tag', 'v9.2'],
    ])
      expect(extract(['9.2', ...source, '--out', at('again')])).toEqual({
        code: 0,
        said: expect.stringContaining('wrote'),
      })
    const facts = (path: string) => ({ ...JSON.parse(readFileSync(path, 'utf8')), release: null })
    expect(facts(at('again/9.2.json'))).toEqual(facts(at('data/9.2.json')))
  })

  test('that is read again with --check differs in nothing', () => {
    const { code, said } = extract(['9.2', '--source', at('linux-9.2'), '--out', at('data'), '--check'])
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('checked DIR/data/9.2.json') })
  })

  test('that changed is said by --check, and the data stays', () => {
    const before = dataNow()
    writeKernel(at('changed'), kernelFiles({ 'kernel/x.c': KFUNC.replace('u32 value', 'u64 value') }))
    const { code, said } = extract(['9.2', '--source', at('changed'), '--out', at('data'), '--check'])
    expect(code).toBe(1)
    expect(said).toContain('kfuncs.bpf_x.prototype.parameters.value.type: was "u32", is "u64"')
    expect(dataNow()).toEqual(before)
  })
})

describe('bad input ends with one message and leaves the data as it was', () => {
  const cutBoot = (): string => {
    const boot = new Uint8Array(0x260)
    boot.set(new TextEncoder().encode('HdrS'), 0x202)
    boot[0x1f1] = 1
    new DataView(boot.buffer).setUint16(0x206, 0x20f, true)
    new DataView(boot.buffer).setUint32(0x248, 0x10, true)
    new DataView(boot.buffer).setUint32(0x24c, 0x100000, true)
    writeFileSync(at('vmlinuz'), boot)
    return at('vmlinuz')
  }
  const image = (btf: Uint8Array): string => {
    writeFileSync(at('vmlinux'), elfBytes([{ name: '.BTF', bytes: btf }]))
    return at('vmlinux')
  }
  const withoutBtf = (): string => {
    writeFileSync(at('none'), elfBytes([]))
    return at('none')
  }
  const brokenBtf = (): Uint8Array => {
    const bytes = new BtfBuilder().bytes()
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 0xffff, true)
    return bytes
  }
  const cases: [string, () => string[], number, RegExp][] = [
    ['no release', () => [], 2, /expected one release, saw 0/],
    [
      'a release that is none',
      () => ['seven', '--source', at('linux-9.2')],
      2,
      /"seven" is no release; expected major\.minor/,
    ],
    ['an unknown option', () => ['9.2', '--sauce', at('linux-9.2')], 2, /Unknown option '--sauce'/],
    ['no input', () => ['9.2'], 2, /give --source, --image or both/],
    [
      'modules without an image',
      () => ['9.2', '--source', at('linux-9.2'), '--modules', at('other')],
      2,
      /--modules needs --image/,
    ],
    [
      'a path that is not there',
      () => ['9.2', '--source', at('nowhere')],
      1,
      /DIR\/nowhere: no such file or directory/,
    ],
    [
      'a folder that is no kernel',
      () => ['9.2', '--source', at('other')],
      1,
      /other is a directory without a Makefile/,
    ],
    ['an archive that is no kernel', () => ['9.2', '--source', at('other.tar.xz')], 1, /no kernel/],
    [
      'another release than the source',
      () => ['9.3', '--source', at('linux-9.2')],
      1,
      /DIR\/linux-9\.2 is 9\.2\.1, expected a kernel of 9\.3/,
    ],
    [
      'a git tag that is not there',
      () => ['9.2', '--source', at('linux-9.2'), '--tag', 'v9.9'],
      1,
      /v9\.9 is not in .*v9\.2/s,
    ],
    [
      'a truncated vmlinuz',
      () => ['9.2', '--image', cutBoot()],
      1,
      /DIR\/vmlinuz: the compressed kernel ends at byte \d+, but there are only 608 bytes/,
    ],
    [
      'BTF with an offset past its end',
      () => ['9.2', '--source', at('linux-9.2'), '--image', image(brokenBtf())],
      1,
      /vmlinux: /,
    ],
    ['an image without BTF', () => ['9.2', '--image', withoutBtf()], 1, /no section \.BTF; expected/],
  ]
  test.each(cases)('%s', (_, args, code, message) => {
    const before = dataNow()
    const ended = extract([...args(), '--out', at('data')])
    expect(ended.said).toMatch(message)
    expect(ended.said).not.toMatch(/\n\s+at .*:\d+:\d+/)
    expect(ended.code).toBe(code)
    expect(dataNow()).toEqual(before)
  })

  test('a missing xz is named, with what installs it', () => {
    const { code, said } = extract(['9.2', '--source', at('kernel.tar.xz'), '--out', at('data')], {
      PATH: at('nowhere'),
    })
    expect(said).toMatch(/xz-utils/)
    expect(code).toBe(1)
  })

  test('Ctrl-C in the middle leaves no half file', async () => {
    const before = dataNow()
    mkdirSync(at('slow'))
    writeFileSync(at('slow/xz'), `#!/bin/sh\ntouch ${at('slow/started')}\nexec sleep 30\n`, { mode: 0o755 })
    const env = { ...process.env, PATH: `${at('slow')}:${process.env.PATH}` }
    const args = command(['9.2', '--source', at('kernel.tar.xz'), '--out', at('data')])
    const child = spawn(process.execPath, args, { cwd: ROOT, env })
    while (!existsSync(at('slow/started'))) await setTimeout(50)
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    expect(code).toBe(130)
    expect(dataNow()).toEqual(before)
  })

  test('a folder that cannot be written is named', () => {
    writeFileSync(at('file'), '')
    const { code, said } = extract(['9.2', '--source', at('linux-9.2'), '--out', at('file')])
    expect(said).toMatch(/DIR\/file/)
    expect(code).toBe(1)
    expect(existsSync(at('file'))).toBe(true)
  })
})
