import { describe, expect, it } from 'vitest'
import { readAddress } from '#lib/site/links/not-found.ts'

const releases = ['6.1', '6.12', '7.2', '7.3']
const asked = (path: string, base = '/') => {
  const { release, nearest, name } = readAddress(path, base, releases)
  return [release, nearest, name]
}

describe('an address that leads nowhere', () => {
  it.each([
    ['/7.4/bpf_x/', ['7.4', ['7.3'], 'bpf_x']],
    ['/6.18/bpf_x', ['6.18', ['6.12', '7.2'], 'bpf_x']],
    ['/5.4/', ['5.4', ['6.1'], '']],
    ['/7.3/bpf_tsak_acquire/', ['7.3', ['7.3'], 'bpf_tsak_acquire']],
    ['/v7.3.4/bpf_x/', ['7.3', ['7.3'], 'bpf_x']],
    ['/kfuncs/bpf_x.html', [null, [], 'bpf_x']],
    ['/7.3/program-types/xpd/', ['7.3', ['7.3'], 'xpd']],
    ['/', [null, [], '']],
    ['/404.html', [null, [], '404']],
    ['/%E0%A4%A/', [null, [], '%E0%A4%A']],
    ['/bpf%5Fx/', [null, [], 'bpf_x']],
  ])('%s asks for %j', (path, found) => {
    expect(asked(path)).toEqual(found)
  })

  it('is read below the base of the site', () => {
    expect(asked('/atlas/6.2/bpf_x/', '/atlas/')).toEqual(['6.2', ['6.1', '6.12'], 'bpf_x'])
  })
})
