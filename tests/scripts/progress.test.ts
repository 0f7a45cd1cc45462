import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProgress } from '#scripts/lib/cli/progress.ts'

/** A stream that stands in for standard error, and what was written to it. */
function recorder(terminal: { isTTY: boolean }) {
  let text = ''
  const stream = new PassThrough().on('data', (chunk) => {
    text += chunk
  })
  const methods = { columns: 80, cursorTo: () => true, moveCursor: () => true, clearLine: () => true }
  const written = (): string => text.replaceAll(/\d+\.\d s/g, '… s')
  return { stream: Object.assign(stream, methods, terminal) as unknown as NodeJS.WriteStream, written }
}

afterEach(() => vi.unstubAllEnvs())

describe('progress in a pipe', () => {
  it('is one plain line for each stage that ended', () => {
    const { stream, written } = recorder({ isTTY: false })
    const progress = createProgress(stream)
    const source = progress.stage('source')
    source.update(1, 2)
    source.done()
    progress.stage('image').done('283 kfuncs')
    progress.stage('modules').fail()
    expect(written()).toBe('source: done (… s)\nimage: 283 kfuncs (… s)\nmodules: failed (… s)\n')
  })

  it('tells the end of a stage once', () => {
    const { stream, written } = recorder({ isTTY: false })
    const stage = createProgress(stream).stage('source')
    stage.done()
    stage.done()
    stage.fail()
    expect(written()).toBe('source: done (… s)\n')
  })

  it('ends a stage when the next begins', () => {
    const { stream, written } = recorder({ isTTY: false })
    const progress = createProgress(stream)
    progress.stage('source')
    progress.stage('image')
    expect(written()).toBe('source: done (… s)\n')
  })

  it('is nothing at all when quiet', () => {
    const { stream, written } = recorder({ isTTY: true })
    createProgress(stream, { quiet: true }).stage('source').done()
    expect(written()).toBe('')
  })
})

describe('progress on a terminal', () => {
  it('shows the stage while it lasts, how far it is, and gives the cursor back', () => {
    vi.stubEnv('CI', undefined)
    vi.stubEnv('TERM', 'xterm')
    vi.useFakeTimers()
    try {
      const { stream, written } = recorder({ isTTY: true })
      const stage = createProgress(stream).stage('modules')
      expect(written()).toContain('modules')
      vi.advanceTimersByTime(1000)
      stage.update(7, 120)
      expect(written()).toContain('modules: 7 of 120')
      stage.done()
      expect(written().endsWith('modules: done (… s)\n')).toBe(true)
      expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'))
    } finally {
      vi.useRealTimers()
    }
  })

  it.each(['CI', 'TERM'])('is plain lines where %s says that it cannot redraw', (name) => {
    vi.stubEnv('CI', undefined)
    vi.stubEnv('TERM', 'xterm')
    vi.stubEnv(name, 'dumb')
    const { stream, written } = recorder({ isTTY: true })
    createProgress(stream).stage('source').done()
    expect(written()).toBe('source: done (… s)\n')
  })
})
