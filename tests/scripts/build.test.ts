import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

test('a build that fails says where, and leaves the site that was there', { timeout: 180_000 }, () => {
  const content = mkdtempSync(join(tmpdir(), 'kfunc-atlas-'))
  const page = join(ROOT, 'dist/index.html')
  try {
    cpSync(join(ROOT, 'content'), content, { recursive: true })
    writeFileSync(join(content, 'renames.json'), '{')
    const before = readFileSync(page, 'utf8')
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CONTENT_DIR: content, ASTRO_TELEMETRY_DISABLED: '1' },
    })
    expect(status).toBe(1)
    expect(stderr).toContain(`${join(content, 'renames.json')}:1:2: the file ends`)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(readFileSync(page, 'utf8')).toBe(before)
    expect(existsSync(join(ROOT, 'dist-new.part'))).toBe(false)
  } finally {
    rmSync(content, { recursive: true, force: true })
  }
})
