import { describe, expect, test } from 'vitest'
import type { StoredPlaces } from '#lib/model/places.ts'
import { checkProse } from '#lib/prose/check.ts'
import type { KnownNames } from '#lib/prose/known-names.ts'
import { readLibrary } from '#lib/prose/library.ts'
import { missingTexts, unreadPlaces } from '#lib/prose/missing.ts'
import { NO_DATES } from '../support/no-dates.ts'

const VOCABULARY: KnownNames = {
  releases: ['6.12', '7.3'],
  kfuncs: new Set(['bpf_a']),
  hasKfunc: (release, name) => release === '7.3' && name === 'bpf_a',
  flags: new Set(['KF_A']),
  suffixes: new Set(['__sz']),
  programTypes: new Set(['xdp']),
  argumentKinds: new Set(['dynptr']),
}
const PLACES: StoredPlaces = {
  format: 1,
  release: '7.3',
  places: [{ of: 'kernel/v.c#check', line: 7 }],
  absent: [],
  messages: [{ message: 'no\\n', of: 'kernel/v.c#check', function: 'check', line: 9 }],
  rules: [],
}
const concept = (body: string, head = 'title: T\nsummary: S.'): Record<string, string> => ({
  'content/concepts/a.md': `---\n${head}\n---\n${body}\n`,
})

/** What is said of texts: "line:column rule", and the message. */
function complaints(files: Record<string, string>, messages: unknown = null): string[] {
  const library = readLibrary(
    {
      files: Object.entries(files).map(([path, text]) => ({ path, text })),
      messages: messages === null ? null : { path: 'content/messages.json', text: JSON.stringify(messages) },
      places: [PLACES],
      facts: [],
    },
    NO_DATES,
  )
  return checkProse(library, VOCABULARY, NO_DATES).map(
    ({ rule, message, place }) => `${place.line}:${place.column} ${rule} ${message}`,
  )
}

test('a right text is right', () => {
  const body =
    'See `bpf_a`, `bpf_a()`, `KF_A`, [check](kernel:kernel/v.c#check), `check()`, [x](type:xdp), [7.3](release:7.3).\n\n## Why\n\n[above](#why)\n'
  expect(
    complaints({
      ...concept(body),
      'content/program-types/xdp.md': '---\nsummary: S.\n---\n',
      'content/kfuncs/bpf_a.md': '---\nchecked: ["7.3"]\n---\nUse it.\n',
    }),
  ).toEqual([])
})

describe('of a text that is wrong, it is said', () => {
  const cases: [what: string, files: Record<string, string>, expected: RegExp][] = [
    ['that it has no head', { 'content/concepts/a.md': 'Text\n' }, /^1:1 front-matter expected/],
    ['that its head is no YAML', concept('', 'title: "x'), /^2:\d+ front-matter /],
    [
      'which key is unknown',
      concept('', 'title: T\nsummary: S.\nsumary: x'),
      /^\d+:\d+ front-matter .*sumary/,
    ],
    ['which key is missing', concept('', 'title: T'), /^\d+:\d+ front-matter summary: /],
    ['where a value is wrong', concept('', 'title: T\nsummary: S.\norder: x'), /^4:8 front-matter order: /],
    [
      'that a summary is too long',
      concept('', `title: T\nsummary: ${'x'.repeat(161)}`),
      /^3:10 front-matter .* 161 characters/,
    ],
    [
      'that no release has the flag',
      { 'content/flags/KF_Z.md': '---\nsummary: S.\n---\n' },
      /^1:1 prose-subject .*KF_Z/,
    ],
    [
      'that a release does not exist',
      { 'content/kfuncs/bpf_a.md': '---\nchecked: ["5.1"]\n---\n' },
      /^2:11 prose-release .*5\.1/,
    ],
    ['that a kfunc does not exist', concept('\nx [z](kfunc:bpf_z)'), /^6:3 prose-link bpf_z/],
    ['that there is no such text', concept('[z](flag:KF_A)'), /^5:1 prose-text .*flags\/KF_A\.md/],
    [
      'that no release has a place',
      concept('[z](kernel:kernel/v.c#z)'),
      /^5:1 kernel-place .*#z is not known of any/,
    ],
    [
      'that a release lacks a place',
      concept('[z](kernel:6.12/kernel/v.c#check)'),
      /^5:1 kernel-place .* of 6\.12/,
    ],
    ['that a release that is linked does not exist', concept('[z](release:9.9)'), /^5:1 prose-link .*9\.9/],
    ['that an address is of no form', concept('[z](http://a.b)'), /^5:1 prose-link saw the address http:/],
    ['that there is no such heading', concept('[z](#none)'), /^5:1 prose-link .*#none/],
    [
      'that a function is no kfunc, and not linked',
      concept('- `zzz()`'),
      /^5:3 prose-name zzz\(\) is no kfunc/,
    ],
    ['that a flag in the text is none', concept('`KF_Z`'), /^5:1 prose-name KF_Z/],
    ['that a program type is none', concept('`BPF_PROG_TYPE_Z`'), /^5:1 prose-name BPF_PROG_TYPE_Z/],
    ['that it holds HTML', concept('a <b>'), /^5:3 prose-markdown saw HTML/],
    [
      'that a fence has no language',
      concept('```\nx\n```'),
      /^5:1 prose-markdown saw a fence for no language/,
    ],
    ['that it has a second title', concept('# T'), /^5:1 prose-markdown expected headings/],
    [
      'that a kind of argument is none',
      { 'content/arguments/a.md': '---\ntitle: T\nsummary: An odd one.\nkinds: [odd]\n---\n' },
      /^4:9 argument-kind .*odd/,
    ],
  ]
  test.each(cases)('%s', (_, files, expected) => {
    expect(complaints(files).join('\n')).toMatch(expected)
    expect(complaints(files)).toHaveLength(1)
  })
})

describe('of messages, it is said', () => {
  const message = (more: object = {}) => ({
    message: 'no\\n',
    function: 'kernel/v.c#check',
    meaning: 'It says `check()`.',
    cure: 'None.',
    flags: ['KF_A'],
    suffixes: [],
    arguments: [],
    ...more,
  })
  test('nothing, where they are right', () => expect(complaints({}, [message()])).toEqual([]))
  const cases: [what: string, messages: unknown, expected: RegExp][] = [
    ['that their shape is off', [message({ cure: 1 })], /schema 0\.cure/],
    ['that one stands twice', [message(), message()], /message-order/],
    ['that no release says it', [message({ message: 'never' })], /message-unused no release/],
    [
      'that another function says it',
      [message({ function: 'kernel/v.c#other' })],
      /message-unused|message-function/,
    ],
    ['that a flag does not exist', [message({ flags: ['KF_Z'] })], /message-name flags: there is no KF_Z/],
    [
      'that an argument has no text',
      [message({ arguments: ['z'] })],
      /message-name arguments: there is no z/,
    ],
    ['that a function is none', [message({ meaning: '`zzz()`' })], /prose-name zzz\(\)/],
    [
      'that a date is written by hand',
      [message({ cure: 'Since 6.12.' })],
      /plain-date 6\.12 is written by hand/,
    ],
    [
      'that a date is none',
      [message({ cure: '[Since](when:flag:KF_Z).' })],
      /prose-date flag:KF_Z is known of no/,
    ],
  ]
  test.each(cases)('%s', (_, messages, expected) => {
    expect(complaints({}, messages).join('\n')).toMatch(expected)
  })
})

test('of a flag, suffix or program type without a text, the file to write is said', () => {
  const library = readLibrary(
    {
      files: [{ path: 'content/flags/KF_A.md', text: '---\nsummary: S.\n---\n' }],
      messages: null,
      places: [],
      facts: [],
    },
    NO_DATES,
  )
  expect(missingTexts(library, VOCABULARY, 'content').map(({ message }) => message)).toEqual([
    'the suffix __sz has no page: write content/suffixes/__sz.md',
    'the program type xdp has no page: write content/program-types/xdp.md',
  ])
})

test('a place that a date is about is looked up in every release with source', () => {
  const files = {
    files: [
      {
        path: 'content/concepts/a.md',
        text: '---\ntitle: T\nsummary: S.\n---\nx [since](when:kernel:kernel/v.c#check)\n',
      },
    ],
    messages: null,
    places: [
      PLACES,
      { ...PLACES, release: '6.12', places: [] },
      { ...PLACES, release: '7.2', places: [], absent: ['kernel/v.c#check'] },
    ],
    facts: [],
  }
  const found = unreadPlaces(readLibrary(files, NO_DATES), files.places)
  expect(found.map(({ message, place }) => `${place.line}:${place.column} ${message}`)).toEqual([
    '5:3 kernel/v.c#check was not looked up in 6.12: run npm run extract -- --only places',
  ])
})
