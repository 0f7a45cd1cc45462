/** Builds the site of another revision, in a folder outside the repository that is removed again. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CACHE } from '../../../src/cache-folder.mjs'
import { Failure, onExit } from '../cli/failure.ts'
import { shortHash } from './lists.ts'

/** The last site that was built is kept for a second look; no more, since one has 120 MB. */
const KEPT = join(CACHE, 'golden')
/** What a site is built for, beside its content. */
const BUILT_FOR = ['SITE_URL', 'BASE_PATH', 'REPOSITORY_URL']
const WHOLE = { recursive: true, force: true }

/**
 * The folder with the site of `revision`, built with the environment of this process unless it was the last that was
 * asked for. Throws a Failure where git does not know it or it does not build.
 */
export async function builtRevision(revision: string, say: (line: string) => void): Promise<string> {
  const commit = await commitOf(revision)
  const builtFor = shortHash(BUILT_FOR.map((name) => process.env[name] ?? '').join('\n'))
  const kept = join(KEPT, `${commit}-${builtFor}`)
  if (existsSync(join(kept, 'index.html'))) return kept
  const folder = mkdtempSync(join(tmpdir(), 'kfunc-atlas-golden-'))
  const tree = join(folder, 'tree')
  const remove = (): void => rmSync(folder, WHOLE)
  const off = onExit(remove)
  try {
    await run('git', ['worktree', 'add', '--detach', tree, commit])
    await installIn(tree, say)
    say(`building ${revision} (${commit.slice(0, 10)})`)
    await run('npm', ['run', 'build'], tree)
    rmSync(KEPT, WHOLE)
    // under another name first, so that a copy that was interrupted is not taken for the site
    cpSync(join(tree, 'dist'), `${kept}.part`, { recursive: true })
    renameSync(`${kept}.part`, kept)
    return kept
  } finally {
    remove()
    off()
    await run('git', ['worktree', 'prune'])
  }
}

async function commitOf(revision: string): Promise<string> {
  try {
    return (await run('git', ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])).trim()
  } catch (cause) {
    throw new Failure(`${revision} is no revision of this repository`, {
      hint: 'give a commit, a branch or a tag, such as HEAD or main',
      cause,
    })
  }
}

/** Gives a tree the packages that its lock file names: ours where it names the same. */
async function installIn(tree: string, say: (line: string) => void): Promise<void> {
  const [here, there] = ['.', tree].map((root) => readFileSync(join(root, 'package-lock.json'), 'utf8'))
  if (here === there) return symlinkSync(resolve('node_modules'), join(tree, 'node_modules'), 'dir')
  say('its package-lock.json is another: installing its packages with npm ci')
  await run('npm', ['ci', '--no-audit', '--no-fund'], tree)
}

/** What a program printed. Throws a Failure with the end of it when it did not succeed. */
function run(program: string, given: readonly string[], cwd = '.'): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, given, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const off = onExit(() => child.kill())
    let output = ''
    let all = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data
      all += data
    })
    child.stderr.on('data', (data: Buffer) => {
      all += data
    })
    child.on('error', fail)
    child.on('close', (code) => {
      off()
      if (code === 0) return done(output)
      const command = [program, ...given].join(' ')
      fail(
        new Failure(`${command} failed (${code})`, { hint: all.trim().split('\n').slice(-15).join('\n  ') }),
      )
    })
  })
}
