/** The program in a repository of its own, whose build writes one page. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PROGRAM = resolve('scripts/golden.ts')
const TSX = createRequire(import.meta.url).resolve('tsx')
const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false']

const folder = mkdtempSync(join(tmpdir(), 'golden-against-'))
const git = (...given: string[]) => execFileSync('git', [...AUTHOR, ...given], { cwd: folder, stdio: 'pipe' })
const write = (path: string, text: string) => writeFileSync(join(folder, path), text)

/** Commits a build that writes `word` in its page. */
function commit(word: string): void {
  write('build.mjs', BUILD.replace('WORD', word))
  git('add', '.')
  git('commit', '-q', '-m', word)
}
const BUILD = `import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('dist/7.3/bpf_a', { recursive: true })
writeFileSync('dist/index.html', '<p>home')
writeFileSync('dist/7.3/bpf_a/index.html', '<p>One WORD.</p>')
`

/** The work trees that git knows of beside the repository's own. */
const trees = (): string[] => {
  const kept = join(folder, '.git/worktrees')
  return existsSync(kept) ? readdirSync(kept) : []
}

const golden = (...given: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', TSX, PROGRAM, ...given], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, UPDATE: '' },
  })
  return { stdout, stderr, status }
}

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'))
  write('.gitignore', 'dist\nnode_modules\n')
  write('package.json', '{ "scripts": { "build": "node build.mjs" } }')
  write('package-lock.json', '{}')
  git('init', '-q')
  commit('word')
  commit('world')
  execFileSync(process.execPath, ['build.mjs'], { cwd: folder })
})

afterAll(() => rmSync(folder, { recursive: true }))

test('one word that another revision has otherwise is told, and no tree is left', () => {
  const { stdout, status } = golden('--against', 'HEAD~1')
  expect(stdout).toContain(
    'kfunc-pages: 1 changed\n  7.3/bpf_a/index.html\n    - One word.\n    + One world.\n',
  )
  expect(status).toBe(0)
  expect(trees()).toEqual([])
})

test('the revision that was built last is not built again; a site that is older than its sources is warned of', () => {
  mkdirSync(join(folder, 'src'))
  write('src/later.ts', '')
  utimesSync(join(folder, 'dist/index.html'), 1, 1)
  const { stdout, stderr } = golden('--against', 'HEAD~1')
  expect(stdout).not.toContain('building')
  expect(stderr).toContain('dist is older than src/later.ts')
})

test('the same site is said to be the same', () => {
  expect(golden('--against', 'HEAD').stdout).toContain('the site is the same as that of HEAD')
})

test('what cannot be built ends in one message and leaves nothing', () => {
  expect(golden('--against', 'nothing')).toMatchObject({
    stderr: expect.stringContaining('nothing is no revision of this repository'),
    status: 1,
  })
  write('build.mjs', 'throw new Error("no way")')
  git('commit', '-qam', 'broken')
  const { stderr, status } = golden('--against', 'HEAD')
  expect(stderr).toContain('npm run build failed (1)')
  expect(stderr).toContain('no way')
  expect(status).toBe(1)
  expect(trees()).toEqual([])
})

test('wrong use is explained', () => {
  expect(golden('--show', 'x')).toMatchObject({ stderr: expect.stringContaining('usage:'), status: 2 })
})
