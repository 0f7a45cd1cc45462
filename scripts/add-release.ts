/** npm run add-release: everything that a new release takes, one program after another, and what is left for a person. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { changesIn } from '#lib/publish/history/history.ts'
import { loadHistory, loadReleases } from '../src/content-fs.ts'
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, onExit, runMain } from './lib/cli/failure.ts'
import { requireReleaseId } from './lib/extract/inputs.ts'

const HELP = `usage: npm run add-release -- <id> --source PATH [--image PATH] [--modules DIR] [extract's other options]

Adds a kernel release: extracts it, compiles its examples (where clang, bpftool and an image are at hand), builds the
site, pins what is published now in tests/golden, checks the content, and prints what a person has to read. What it
leaves is ready to be committed: the data, then the goldens. Run again with the same kernel, it writes the same bytes.

  <id>            the release, such as 7.4
  --source PATH   its source: an unpacked tree or an archive
  --image PATH    its vmlinuz
  --modules DIR   its modules
  --tag TAG       the git tag to read, where the source is a repository
  --facts         take no texts of the source; --origin TEXT says where it came from
  --help          this text
`

/** A program of ours, run with what it prints shown; its exit code. */
async function run(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  process.stderr.write(`add-release: ${[script, ...args].join(' ')}\n`)
  const command = script.endsWith('.mjs') ? [script] : ['--import', 'tsx', script]
  const child = spawn(process.execPath, [...command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done(code ?? 1))
  })
}

/** A folder of kernels with this one alone, as compiling examples takes it; null where that takes what was not given. */
function kernelsFolder(id: string, source: string, image: string | undefined): string | null {
  if (!image) return null
  const isFolder = statSync(source).isDirectory() && existsSync(join(source, 'Makefile'))
  if (!isFolder && !source.endsWith('.tar.xz')) return null
  const folder = mkdtempSync(join(tmpdir(), 'add-release-'))
  onExit(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, id))
  symlinkSync(resolve(source), join(folder, id, isFolder ? 'source' : 'source.tar.xz'))
  symlinkSync(resolve(image), join(folder, id, 'vmlinuz'))
  return folder
}

/** What a reviewer wants to know first of a release that was just read. */
function summary(id: string): string[] {
  const release = loadReleases().find((one) => one.release.id === id)
  if (!release) return []
  const changes = changesIn(loadHistory(), id).filter(({ testOnly }) => !testOnly)
  const names = (...kinds: readonly string[]): string[] => [
    ...new Set(changes.filter(({ kind }) => kinds.includes(kind)).map(({ kfunc }) => kfunc)),
  ]
  const line = (what: string, list: readonly string[]): string =>
    `  ${what}: ${list.length}${list.length > 0 ? ` (${list.join(', ')})` : ''}`
  return [
    `${id} (${release.release.version}): ${release.release.counts.kfuncs} kfuncs`,
    line('new', names('added', 'came-back', 'first-seen')),
    line('gone', names('removed')),
    line('renamed', names('renamed')),
    line('other prototype', names('prototype')),
    line('other flags', names('flags')),
    `  gaps: ${release.gaps.length}`,
    ...release.gaps.map(({ rule, message }) => `    ${rule}  ${message}`),
  ]
}

await runMain(
  async () => {
    const given = readArguments(
      {
        options: {
          source: { type: 'string' },
          image: { type: 'string' },
          modules: { type: 'string' },
          tag: { type: 'string' },
          facts: { type: 'boolean' },
          origin: { type: 'string' },
        },
        allowPositionals: true,
      },
      HELP,
    )
    if (!given) return
    const { values, positionals } = given
    const [word, more] = positionals
    if (word === undefined || more !== undefined) throw wrongUse('name one release, such as 7.4', HELP)
    const id = requireReleaseId(word)
    const { source, image } = values
    if (source === undefined) throw wrongUse('--source names the kernel to read', HELP)

    if ((await run('scripts/extract.ts', process.argv.slice(2))) !== 0)
      throw new Failure(`${id} was not added: extraction failed`, { hint: 'its message stands above' })

    const kernels = values.facts ? null : kernelsFolder(id, source, image)
    const isCompiled =
      kernels !== null && (await run('scripts/test-examples.ts', ['--kernels', kernels, id])) === 0

    if ((await run('scripts/build.mjs', [])) !== 0)
      throw new Failure(`${id} was read, and the site does not build with it`, {
        hint: 'what the build asks for stands above; then run: npm run build, UPDATE=1 npm run golden, npm run check',
      })
    await run('scripts/golden.ts', [], { UPDATE: '1' })
    const isChecked = (await run('scripts/check.ts', [])) === 0

    const left = [
      ...(isChecked ? [] : ['read what npm run check names above, and write what it asks for']),
      ...(isCompiled || values.facts
        ? []
        : [
            'compile its examples: npm run test:examples -- --kernels DIR (it takes clang, bpftool and the image)',
          ]),
      'read the diff of tests/golden: each change of an older release must be one that you mean',
      'commit content/data alone, then tests/golden',
    ]
    process.stdout.write(
      `${[...summary(id), '', 'left to do:', ...left.map((one) => `  - ${one}`)].join('\n')}\n`,
    )
    if (!isChecked) process.exitCode = 1
  },
  { interrupted: () => 'interrupted; run it again with the same arguments' },
)
