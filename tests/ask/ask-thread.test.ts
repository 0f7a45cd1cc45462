/** The thread of a build, asked over the real content. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const EMPTY = mkdtempSync(join(tmpdir(), 'kfunc-atlas-empty-'))
afterAll(() => rmSync(EMPTY, { recursive: true }))

/** Runs a program that asks, and gives what it printed and how it ended. */
function run(program: string, env: Record<string, string> = {}) {
  const args = ['--input-type=module', '--eval', `import { ask } from './src/ask/ask-thread.mjs'\n${program}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the thread of a build', { timeout: 60_000 }, () => {
  test('answers what it is asked, under the base that it is told, and lets the program end', () => {
    const program = `
      const [names, { canonical }] = await Promise.all([ask('names'), ask('kfuncPage', '6.12', 'bpf_rdonly_cast')])
      console.log(names.includes('bpf_rdonly_cast'), canonical)`
    expect(run(program, { BASE_PATH: '/atlas' })).toEqual({
      status: 0,
      stdout: 'true /atlas/kfuncs/bpf_rdonly_cast/\n',
      stderr: '',
    })
  })

  test('fails a question that has no answer with its reason, and goes on', () => {
    const program = `
      await ask('kfuncPage', '6.1', 'bpf_no_such').catch((error) => console.log(error.message))
      console.log((await ask('releases'))[0])`
    expect(run(program).stdout).toBe('bpf_no_such has no page in 6.1: not in 6.1\n5.13\n')
  })

  test('fails every question where content cannot be read', () => {
    const program = `
      for (const _ of [1, 2]) await ask('names').catch((error) => console.log(error.message))`
    const { status, stdout } = run(program, { CONTENT_DIR: EMPTY })
    expect(stdout.trimEnd().split('\n')).toEqual(
      Array(2).fill(expect.stringContaining(`no such file or directory, scandir '${EMPTY}/data'`)),
    )
    expect(status).toBe(0)
  })
})
