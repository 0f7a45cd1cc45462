import { describe, expect, it } from 'vitest'
import { Failure, printFailure } from '#scripts/lib/cli/failure.ts'

const systemError = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: as Node words it`), { code, path })

const formatError = Object.assign(new Error('vmlinux: offset 9: cut short'), { name: 'FormatError' })

describe('what a user is told', () => {
  it.each([
    [new Failure('no such release'), 'extract: no such release\n', 1],
    [
      new Failure('no release', { hint: 'see --help', exitCode: 2 }),
      'extract: no release\n  see --help\n',
      2,
    ],
    [formatError, 'extract: vmlinux: offset 9: cut short\n', 1],
    [systemError('ENOENT', 'a/b'), 'extract: a/b: no such file or directory\n  check the path\n', 1],
    [systemError('ENOSPC', 'a/b'), 'extract: a/b: the disk is full\n  free some space and run it again\n', 1],
    [systemError('EACCES', 'a/b'), expect.stringContaining('a/b: permission denied'), 1],
  ])('about %s is a sentence without a stack', (error, text, exitCode) => {
    expect(printFailure('extract', error)).toEqual({ text, exitCode })
  })

  it("about an error of Node's own is not told as one about a file", () => {
    expect(printFailure('extract', systemError('ERR_INVALID_ARG_TYPE')).text).toContain(
      'this was not expected',
    )
  })

  it('about what nobody foresaw names the way to its stack', () => {
    expect(printFailure('extract', new Error('oops')).text).toBe(
      'extract: oops\n  this was not expected; run it with DEBUG=1 to see where it came from, and report it\n',
    )
  })
})
