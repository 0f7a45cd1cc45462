import { describe, expect, it } from 'vitest'
import { identifierUrl, placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { programTypeSegment, siteUrls } from '#lib/site/links/urls.ts'

describe('addresses of the site', () => {
  const urls = siteUrls('/')

  it.each([
    [urls.release('7.3'), '/7.3/'],
    [urls.kfunc('7.3', 'bpf_task_acquire'), '/7.3/bpf_task_acquire/'],
    [urls.kfuncHistory('bpf_task_acquire'), '/kfuncs/bpf_task_acquire/'],
    [urls.programType('6.12', 'BPF_PROG_TYPE_CGROUP_SKB'), '/6.12/program-types/cgroup_skb/'],
    [urls.flag('6.1', 'KF_ACQUIRE'), '/6.1/flags/KF_ACQUIRE/'],
    [urls.releaseData('7.3'), '/data/7.3.json'],
    [urls.kfuncData('bpf_task_acquire'), '/data/kfuncs/bpf_task_acquire.json'],
  ])('%s is spelled as promised', (made, expected) => expect(made).toBe(expected))

  it.each(['/kfunc-atlas', '/kfunc-atlas/'])('all start with the base %s', (base) => {
    const under = siteUrls(base)
    expect([under.home, under.about, under.release('7.3')]).toEqual([
      '/kfunc-atlas/',
      '/kfunc-atlas/about/',
      '/kfunc-atlas/7.3/',
    ])
  })

  it('name a program type without its prefix, in lower case', () => {
    expect(programTypeSegment('BPF_PROG_TYPE_XDP')).toBe('xdp')
  })
})

describe('addresses in the source', () => {
  const at = { path: 'kernel/bpf/helpers.c', line: 123 }

  it('name the exact tag, the file and the line', () => {
    expect(sourceUrl('v7.3.4', at)).toBe(
      'https://elixir.bootlin.com/linux/v7.3.4/source/kernel/bpf/helpers.c#L123',
    )
  })

  it('name the exact tag and the identifier', () => {
    expect(identifierUrl('v6.12.117', 'task_struct')).toBe(
      'https://elixir.bootlin.com/linux/v6.12.117/A/ident/task_struct',
    )
  })

  it('read as path and line', () => expect(placeText(at)).toBe('kernel/bpf/helpers.c:123'))
})
