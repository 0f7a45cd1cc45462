import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { Failure } from '#scripts/lib/cli/failure.ts'
import { printFacts, writeAtomically } from '#scripts/lib/files/write-json.ts'

const folder = mkdtempSync(join(tmpdir(), 'write-json-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const isRefused = (action: () => void): Failure => {
  try {
    action()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('printFacts', () => {
  it('puts a list or an object of scalars on one line and indents all else by one space', () => {
    const value = {
      id: '7.3',
      none: [],
      flags: ['KF_ACQUIRE', 'KF_RET_NULL'],
      definition: { path: 'kernel/bpf/helpers.c', line: 12, doc: null },
      registrations: [{ set: 'a', programTypes: ['BPF_PROG_TYPE_XDP'] }],
    }
    expect(printFacts(value)).toBe(`{
 "id": "7.3",
 "none": [],
 "flags": ["KF_ACQUIRE", "KF_RET_NULL"],
 "definition": { "path": "kernel/bpf/helpers.c", "line": 12, "doc": null },
 "registrations": [
  {
   "set": "a",
   "programTypes": ["BPF_PROG_TYPE_XDP"]
  }
 ]
}
`)
  })

  it('breaks a line that would have more than 160 characters', () => {
    const fits = ['x'.repeat(156)]
    expect(printFacts(fits)).toBe(`["${fits[0]}"]\n`)
    expect(printFacts([`${fits[0]}x`])).toBe(`[\n "${fits[0]}x"\n]\n`)
  })

  it('is read back by JSON.parse as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = printFacts(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(text.endsWith('\n')).toBe(true)
      }),
    )
  })

  it('leaves out members that are undefined, as JSON does', () => {
    expect(printFacts({ a: undefined, b: 1 })).toBe('{ "b": 1 }\n')
    expect(printFacts({ a: undefined })).toBe('{}\n')
  })

  it.each([Number.NaN, 1n, undefined, () => 1])('refuses %s', (value) => {
    expect(() => printFacts([value])).toThrow(TypeError)
  })
})

describe('writeAtomically', () => {
  it('makes the folder and replaces the file, leaving nothing beside it', () => {
    const path = join(folder, 'new', 'a.json')
    writeAtomically(path, 'one')
    writeAtomically(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(join(folder, 'new'))).toEqual(['a.json'])
  })

  it('says so when the path cannot be written and leaves nothing beside it', () => {
    const path = join(folder, 'taken')
    mkdirSync(join(path, 'full'), { recursive: true })
    expect(isRefused(() => writeAtomically(path, 'x')).message).toContain(path)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('leaves the old file when the disk is full', (context) => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk], { stdio: 'ignore' })
    } catch {
      context.skip('a small disk cannot be mounted here')
    }
    try {
      const path = join(disk, 'a.json')
      writeAtomically(path, 'old')
      const failure = isRefused(() => writeAtomically(path, 'x'.repeat(200_000)))
      expect(failure.message).toBe(`${path}: the disk is full; it was left as it was`)
      expect(failure.hint).toBe('free some space and run it again')
      expect(readFileSync(path, 'utf8')).toBe('old')
      expect(readdirSync(disk)).toEqual(['a.json'])
    } finally {
      execFileSync('umount', [disk])
    }
  })

  it('leaves a whole file and nothing beside it on Ctrl-C', async () => {
    const path = join(folder, 'interrupted.json')
    const script = join(folder, 'writer.ts')
    const library = fileURLToPath(new URL('../../scripts/lib/', import.meta.url))
    writeFileSync(
      script,
      `import { runMain } from ${JSON.stringify(join(library, 'cli/failure.ts'))}
       import { writeAtomically } from ${JSON.stringify(join(library, 'files/write-json.ts'))}
       runMain(async () => {
         for (let round = 0; ; round++) {
           writeAtomically(${JSON.stringify(path)}, String(round % 10).repeat(1_000_000))
           await new Promise((resolve) => setTimeout(resolve, 1))
         }
       })`,
    )
    const writer = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    writer.stderr.on('data', (chunk) => {
      said += chunk
    })
    while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20))
    writer.kill('SIGINT')
    const [code] = await once(writer, 'close')
    expect({ code, said }).toEqual({ code: 130, said: 'writer: interrupted; nothing was changed\n' })
    expect(readFileSync(path, 'utf8')).toMatch(/^(\d)\1{999999}$/)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
