/** Dates of our texts, as they are printed. */
import { expect, test } from 'vitest'
import { loadProse, loadReleases } from '#content-fs'
import { releaseOrder } from '#lib/model/order.ts'
import type { ProseKind } from '#lib/prose/kinds.ts'
import { readLibrary } from '#lib/prose/library.ts'
import { markdownText } from '#lib/prose/markdown.ts'
import { textDates } from '#lib/site/text-dates.ts'

const files = loadProse()
const releases = loadReleases()
const dates = textDates(releases, files)
const library = readLibrary(files, dates)

function textOf(kind: ProseKind, slug: string): string {
  const document = library.find(kind, slug)
  return document
    ? `${document.summary ? markdownText(document.summary) : ''} ${markdownText(document.body)}`
    : ''
}

test.each<[ProseKind, string, string]>([
  ['program-types', 'cgroup_skb', 'a callback of a bpf_wq (since 6.10) or of a bpf_task_work (since 6.18)'],
  ['program-types', 'xdp', 'receiving hardware, since 6.3, want'],
  ['program-types', 'sched_cls', 'since 6.2 also those on IPsec, and since 6.4 those on packets'],
  ['arguments', 'res-spin-lock', 'Since 6.15.'],
  ['guides', 'one-program-for-many-kernels', 'Until 6.19 the kfunc is bpf_wq_set_callback_impl'],
  ['kfuncs', 'bpf_wq_set_callback', 'Before 7.0 the kfunc is'],
])('%s/%s: %s', (kind, slug, words) => {
  expect(textOf(kind, slug)).toContain(words)
})

test('a flag that went is said to have been there in the releases that define it, and in no other', () => {
  const having = releases.filter(({ flags }) => flags.some(({ name }) => name === 'KF_KPTR_GET'))
  const ids = having.map(({ release }) => release.id).sort(releaseOrder)
  const [, from = '', to = from] =
    /Only (?:\D+)([\d.]+)(?: or earlier)?(?: to ([\d.]+))?/.exec(textOf('flags', 'KF_KPTR_GET')) ?? []
  expect([from, to]).toEqual([ids[0], ids.at(-1)])
})
