import { expect, test } from 'vitest'
import { loadHistory, loadProse, loadReleases } from '#content-fs'
import { searchEngine } from '#lib/site/search/engine.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { messageScore, messageWords } from '#lib/site/search/messages.ts'
import { searchWords } from '#lib/site/search/words.ts'
import { makeSite } from '#lib/site/site.ts'

test('what stands for a name or a number is no word of a message', () => {
  expect(messageWords('arg#%d expected pointer to %s, got %-8llu\\n')).toEqual([
    'arg',
    'expected',
    'pointer',
    'to',
    'got',
  ])
})

const MESSAGE = messageWords('calling kernel function %s is not allowed\\n')

test.each([
  ['the message as it was said', 'calling kernel function bpf_x is not allowed', true],
  ['most of it', 'kernel function is not allowed', true],
  ['two words of it', 'kernel function', false],
  ['its words in another order', 'allowed not is function kernel calling', false],
])('%s', (_what, typed, answers) => expect(messageScore(searchWords(typed), MESSAGE) > 0).toBe(answers))

test('every message that is typed finds itself among the first three', () => {
  const index = searchIndex(makeSite(loadReleases(), '/', loadHistory(), loadProse()))
  const engine = searchEngine(index)
  const messages = index.texts.filter(([kind]) => kind === 'messages')
  expect(messages.length).toBeGreaterThan(100)
  const lost = messages.filter(([, anchor, message]) => {
    const said = message.replace(/%s/g, 'bpf_task_acquire').replace(/%[a-z]+/g, '7')
    if (messageWords(message).length < 4) return false
    const { texts } = engine(said, null)
    return !texts.slice(0, 3).some(({ text }) => text[1] === anchor)
  })
  expect(lost.map(([, , message]) => message)).toEqual([])
})
