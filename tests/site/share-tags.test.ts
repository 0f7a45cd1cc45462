import { describe, expect, it } from 'vitest'
import { robotsFile, sitemapFiles } from '#lib/site/files/sitemap.ts'
import { kfuncPicture, sitePicture } from '#lib/site/pictures/shared-link.ts'
import { canonicalKfunc, shareTags } from '#lib/site/share-tags.ts'
import { makeSite } from '#lib/site/site.ts'
import { kfunc, prototype, release } from './sample.ts'

const PAGE = { title: 'a "b"', description: 'a < b', canonical: '/atlas/7.3/', picture: '/atlas/og/a.png' }

describe('the tags of a page', () => {
  it('escape what they say and name the host', () => {
    const { html } = shareTags('https://x.example', PAGE)
    expect(html).toContain('<link rel="canonical" href="https://x.example/atlas/7.3/">')
    expect(html).toContain('<meta property="og:url" content="https://x.example/atlas/7.3/">')
    expect(html).toContain('<meta property="og:title" content="a &quot;b&quot;">')
    expect(html).toContain('<meta property="og:description" content="a &lt; b">')
    expect(html).toContain('<meta property="og:image" content="https://x.example/atlas/og/a.png">')
  })

  it('leave the address out where there is none to keep', () => {
    expect(shareTags('https://x.example', { ...PAGE, canonical: null }).html).not.toMatch(/canonical|og:url/)
  })
})

const long = kfunc('bpf_long', {
  prototype: prototype('int', 'bpf_long', [
    ['struct task_struct *', 'task'],
    ['const char *', 'name__str'],
    ['u64', 'flags'],
  ]),
})
const site = makeSite([release('7.2', [kfunc('bpf_gone'), kfunc('bpf_long')]), release('7.3', [long])], '/')

describe('the page of a kfunc to keep', () => {
  it.each([
    ['7.3', 'bpf_long', '/7.3/bpf_long/'],
    ['7.2', 'bpf_long', '/kfuncs/bpf_long/'],
    ['7.2', 'bpf_gone', '/7.2/bpf_gone/'],
  ])('in %s, of %s, is %s', (id, name, path) => {
    expect(canonicalKfunc(site, id, name)).toBe(path)
  })
})

describe('a picture', () => {
  const texts = (svg: string) =>
    [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, inner = '']) => inner.replace(/<[^>]+>/g, ''))

  it('has the name, the newest signature and the releases of a kfunc', () => {
    expect(texts(kfuncPicture(site, 'bpf_long'))).toEqual([
      'bpf_long',
      'int bpf_long(',
      '    struct task_struct *task,',
      '    const char *name__str,',
      '    u64 flags',
      ');',
      'Kfunc Atlas',
      'Linux 7.2 to 7.3',
    ])
  })

  it('of a kfunc of one release names that one', () => {
    expect(texts(kfuncPicture(site, 'bpf_gone')).at(-1)).toBe('Linux 7.2')
  })

  it('cuts the parameters that do not fit', () => {
    const many = Array.from({ length: 12 }, (_, i) => ['int', `parameter_${i}`] as const)
    const wide = kfunc('bpf_wide', { prototype: prototype('int', 'bpf_wide', many) })
    const lines = texts(kfuncPicture(makeSite([release('7.3', [wide])], '/'), 'bpf_wide'))
    expect(lines.slice(-5)).toEqual(['    int parameter_6,', '    …', ');', 'Kfunc Atlas', 'Linux 7.3'])
  })

  it('of the site counts its kfuncs', () => {
    expect(texts(sitePicture(site)).at(-1)).toBe('2 kfuncs, Linux 7.2 to 7.3')
  })
})

describe('a sitemap', () => {
  it('is one file while it may be', () => {
    const [file, ...more] = sitemapFiles('https://x.example/', [
      'https://x.example/',
      'https://x.example/?a&b',
    ])
    expect(more).toEqual([])
    expect(file?.path).toBe('sitemap.xml')
    expect(file?.text).toContain('<url><loc>https://x.example/?a&amp;b</loc></url>')
  })

  it('is an index of several when there are too many addresses', () => {
    const files = sitemapFiles('https://x.example/', ['a', 'b', 'c'], 2)
    expect(files.map(({ path }) => path)).toEqual(['sitemap.xml', 'sitemap-1.xml', 'sitemap-2.xml'])
    expect(files[0]?.text).toContain('<sitemap><loc>https://x.example/sitemap-2.xml</loc></sitemap>')
    expect(files[2]?.text).toContain('<url><loc>c</loc></url>')
    expect(files[2]?.text).not.toContain('<loc>b</loc>')
  })

  it('is named to robots, who may read all', () => {
    expect(robotsFile('https://x.example/').text).toBe(
      'User-agent: *\nAllow: /\n\nSitemap: https://x.example/sitemap.xml\n',
    )
  })
})
