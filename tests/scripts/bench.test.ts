/** What bench is asked: it measures nothing before it knows what is meant. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

test.each([
  [['--runs', 'x'], '--runs x: expected a number from 1 to 999'],
  [['--runs', '0'], '--runs 0: expected a number from 1 to 999'],
  [['--only', 'nope'], '--only nope: expected one of btf, tree, archive, xz, build, search, large'],
  [['--kernels', 'no/such'], 'no/such: no such folder'],
  [['--foo'], "Unknown option '--foo'"],
])('called with %j it ends with 2 and its usage', (given, said) => {
  const command = ['--import', 'tsx', join(ROOT, 'scripts/bench.ts'), ...given]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(`bench: ${said}\n\nusage: npm run bench`)
})
