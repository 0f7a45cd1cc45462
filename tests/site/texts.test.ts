import { describe, expect, test } from 'vitest'
import type { StoredPlaces } from '#lib/model/places.ts'
import type { ProseFiles } from '#lib/prose/library.ts'
import { kfuncPage } from '#lib/site/kfunc/page.ts'
import { messageGroups } from '#lib/site/message-list.ts'
import { learnPage, textPage } from '#lib/site/pages/text-page.ts'
import { makeSite } from '#lib/site/site.ts'
import { kfunc, prototype, release } from './sample.ts'

const FLAG = { name: 'KF_A', bit: 3, comment: 'a flag', at: { path: 'include/linux/btf.h', line: 5 } }
const suffixed = prototype('void', 'bpf_a', [
  ['void *', 'p'],
  ['u32', 'p__sz'],
])
const RELEASES = [
  release('6.12', [kfunc('bpf_a', { flags: ['KF_A'] }), kfunc('bpf_b')], { flags: [FLAG] }),
  release('7.2', [kfunc('bpf_a', { prototype: suffixed, flags: ['KF_A'] })], { flags: [FLAG] }),
  release('7.3', [kfunc('bpf_a', { prototype: suffixed })], {
    suffixes: [{ name: '__sz', test: 'is_sz', at: { path: 'kernel/bpf/verifier.c', line: 40 } }],
  }),
]
const places = (id: string, line: number): StoredPlaces => ({
  format: 1,
  release: id,
  places: [{ of: 'kernel/v.c#check', line }],
  absent: [],
  messages: [{ message: 'no %s\\n', of: 'kernel/v.c#check', function: 'check', line: line + 1 }],
  rules: [],
})
const text = (path: string, head: string, body = ''): { path: string; text: string } => ({
  path: `content/${path}.md`,
  text: `---\n${head}\n---\n${body}\n`,
})
const FILES: ProseFiles = {
  files: [
    text(
      'flags/KF_A',
      'summary: Ask `bpf_a`, see [check](kernel:kernel/v.c#check).',
      '`KF_A` `bpf_b` [check](kernel:kernel/v.c#check) [old](kernel:6.12/kernel/v.c#check) `check()` `__sz`\n\n## Why so\n\n```c\nbpf_a();\n```\n',
    ),
    text('suffixes/__sz', 'summary: A size.'),
    text('arguments/buffer', 'title: Buffers\nsummary: Bytes.\nkinds: [buffer]'),
    text('kfuncs/bpf_a', 'checked: ["7.2"]', 'See `bpf_a`, `bpf_b`.\n\n## More\n'),
  ],
  messages: {
    path: 'content/messages.json',
    text: JSON.stringify([
      {
        message: 'no %s\\n',
        function: 'kernel/v.c#check',
        meaning: 'M `bpf_a`.',
        cure: 'C.',
        flags: ['KF_A'],
        suffixes: [],
        arguments: [],
      },
    ]),
  },
  places: [places('6.12', 10), places('7.2', 20)],
  facts: [],
}
const site = makeSite(RELEASES, '/', undefined, FILES)
const ELIXIR = 'https://elixir.bootlin.com/linux'

describe('the page of a text', () => {
  const { bodyHtml, summaryHtml, facts, isName } = textPage(site, 'flags', 'KF_A')
  test('leads to kfuncs and texts, but not to itself', () => {
    expect(bodyHtml).toContain('<code>KF_A</code> <a href="/kfuncs/bpf_b/"><code>bpf_b</code></a>')
    expect(bodyHtml).toContain('<a href="/suffixes/__sz/"><code>__sz</code></a>')
    expect(summaryHtml).toContain('<a href="/kfuncs/bpf_a/">')
    expect(isName).toBe(true)
  })
  test('leads to the newest release that has a place, or to the one that is asked for', () => {
    const newest = `href="${ELIXIR}/v7.2.1/source/kernel/v.c#L20" title="kernel/v.c:20 in 7.2"`
    expect(bodyHtml).toContain(`<a ${newest}><code>check</code></a>`)
    expect(bodyHtml).toContain(`<a ${newest}><code>check()</code></a>`)
    expect(bodyHtml).toContain(`href="${ELIXIR}/v6.12.1/source/kernel/v.c#L10"`)
  })
  test('has headings to link to, and code in colour', () => {
    expect(bodyHtml).toContain('<h2 id="why-so">')
    expect(bodyHtml).toMatch(/<pre tabindex="0"><code><a class="f" href="\/kfuncs\/bpf_a\/">bpf_a<\/a>/)
  })
  test('says for each release what the data has', () => {
    expect(facts?.rows.map(({ release, cells }) => [release, cells?.map((one) => one.text) ?? null])).toEqual(
      [
        ['6.12', ['1', '3']],
        ['7.2', ['1', '3']],
        ['7.3', null],
      ],
    )
    expect(facts?.kfuncs).toMatchObject({ release: '7.2', rows: [{ name: 'bpf_a' }] })
    expect(textPage(site, 'arguments', 'buffer').facts?.kfuncs?.rows).toMatchObject([{ parameters: 'p' }])
  })
})

describe('the page of a kfunc', () => {
  const page = kfuncPage(site, '7.2', 'bpf_a')
  test('shows the sentences of flags, suffixes and arguments, without their links', () => {
    expect(page.flags[0]?.note).toEqual({
      title: 'KF_A',
      href: '/flags/KF_A/',
      summaryHtml: 'Ask <code>bpf_a</code>, see <code>check</code>.',
    })
    expect(page.parameters.map(({ note }) => note?.title ?? null)).toEqual(['Buffers', null])
    expect(page.parameters[1]?.suffix).toMatchObject({ wordsHtml: 'A size.', href: '/suffixes/__sz/' })
  })
  test('shows our text, in which names lead to the release where it has them', () => {
    expect(page.ours).toMatchObject({ checked: ['7.2'], warning: null })
    expect(page.ours?.html).toContain('<h3 id="usage-more">')
    expect(page.ours?.html).toContain('See <code>bpf_a</code>, <a href="/kfuncs/bpf_b/">')
    expect(kfuncPage(site, '6.12', 'bpf_a').ours?.html).toContain('<a href="/6.12/bpf_b/">')
    expect(kfuncPage(site, '6.12', 'bpf_b').ours).toBeNull()
  })
  test('leads to the release from links and from code in colour too', () => {
    const body = '[it](kfunc:bpf_b)\n\n```c\nbpf_b();\n```\n'
    const written = {
      ...FILES,
      files: [...FILES.files.slice(0, -1), text('kfuncs/bpf_a', 'checked: ["7.2"]', body)],
    }
    const htmlIn = (id: string) =>
      kfuncPage(makeSite(RELEASES, '/', undefined, written), id, 'bpf_a').ours?.html
    expect(htmlIn('6.12')).toContain('<a href="/6.12/bpf_b/">it</a>')
    expect(htmlIn('6.12')).toContain('<code><a class="f" href="/6.12/bpf_b/">bpf_b</a>')
    expect(htmlIn('7.2')).toContain('<a href="/kfuncs/bpf_b/">it</a>')
    expect(htmlIn('7.2')).toContain('<code><a class="f" href="/kfuncs/bpf_b/">bpf_b</a>')
  })
  test('says what changed since the text was checked', () => {
    const warning = (id: string) => kfuncPage(site, id, 'bpf_a').ours?.warning
    expect(warning('6.12')).toBe('This text was not checked for 6.12: its prototype changed.')
    expect(warning('7.3')).toBe('This text was not checked for 7.3: its flags changed.')
  })
})

test('messages are grouped by the newest release that says them', () => {
  expect(messageGroups(site)).toMatchObject([
    {
      release: '7.2',
      isNewest: false,
      messages: [
        {
          anchor: 'says-no',
          text: 'no %s',
          meaningHtml: 'M <a href="/kfuncs/bpf_a/"><code>bpf_a</code></a>.',
          place: { text: 'kernel/v.c:21', href: `${ELIXIR}/v7.2.1/source/kernel/v.c#L21` },
          releases: ['6.12', '7.2'],
          concerns: [{ title: 'KF_A' }],
        },
      ],
    },
  ])
})

test('what is written is listed by kind, but for texts on kfuncs', () => {
  expect(learnPage(site).map(({ kind, rows }) => [kind, rows.map(({ href }) => href)])).toEqual([
    ['flags', ['/flags/KF_A/']],
    ['suffixes', ['/suffixes/__sz/']],
    ['arguments', ['/arguments/buffer/']],
  ])
})

test('a site is not made of texts with mistakes: each is said with its place', () => {
  const broken = { ...FILES, files: [text('concepts/x', 'title: T\nsummary: S.', '`zzz()`')] }
  expect(() => makeSite(RELEASES, '/', undefined, broken)).toThrow(
    'content/concepts/x.md:5:1  prose-name  zzz()',
  )
})
