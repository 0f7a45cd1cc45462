/** What a reader does on the pages, in a browser: with keys, with pointers, and without script. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { built } from '../site/dist.ts'
import { START_MS, startReader } from '../site/reader.ts'

const { on, address } = startReader()
const { releases } = JSON.parse(built('data/index.json')) as { releases: { id: string }[] }
const newest = releases.at(-1)?.id ?? ''
const name = 'bpf_task_acquire'

describe('search', { timeout: START_MS }, () => {
  const firstHit = (query: string) =>
    on('/about/', async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type(query)
      return page.locator('[role=option] .name').first().textContent()
    })

  it.each([
    ['wq_set', 'bpf_wq_set_callback'],
    ['task work sched', 'bpf_task_work_schedule_resume'],
    ['cpumask_and', 'bpf_cpumask_and'],
    ['dsq insret', 'scx_bpf_dsq_insert'],
  ])('for %s finds %s first', async (query, found) => {
    expect(await firstHit(query)).toBe(found)
  })

  it('opens a hit by keyboard alone, in the release at hand', async () => {
    const url = await on(`/7.1/${name}/`, async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('task_rel')
      await page.locator('[role=option]').first().waitFor()
      await page.keyboard.press('ArrowDown')
      expect(await page.locator('#q').getAttribute('aria-activedescendant')).toBe('hits-0')
      await page.keyboard.press('Enter')
      await page.waitForURL(/bpf_task_release/)
      return new URL(page.url()).pathname
    })
    expect(url).toBe('/7.1/bpf_task_release/')
  })

  it('has a page that works as a link', async () => {
    const text = await on('/search/?q=dsq+insret', (page) =>
      page.locator('#results li').first().textContent(),
    )
    expect(text).toContain('scx_bpf_dsq_insert')
  })
})

describe('a release', { timeout: START_MS }, () => {
  it('is filtered as the reader types', async () => {
    const rows = await on(`/${newest}/`, async (page) => {
      await page.fill('#filter', 'cpumask and')
      return page.locator('tbody tr:visible th').allTextContents()
    })
    expect(rows).toContain('bpf_cpumask_and')
    expect(rows.every((row) => !row.includes('dynptr'))).toBe(true)
  })

  it('is filtered by configuration', async () => {
    const rows = await on(`/${newest}/`, async (page) => {
      await page.selectOption('select[name=config]', 'CONFIG_CGROUPS')
      return page.locator('tbody tr:visible th').allTextContents()
    })
    expect(rows).toContain('bpf_cgroup_acquire')
    expect(rows).not.toContain('bpf_dynptr_clone')
  })

  it('keeps what was asked in the address, which gives the same list again', async () => {
    const [asked, rows] = await on('/6.12/', async (page) => {
      await page.selectOption('select[name=type]', 'xdp')
      await page.selectOption('select[name=flag]', 'KF_ACQUIRE')
      await page.waitForURL(/flag=KF_ACQUIRE/)
      return [new URL(page.url()).search, await page.locator('tbody tr:visible th').allTextContents()]
    })
    expect(asked).toBe('?type=xdp&flag=KF_ACQUIRE')
    expect(rows).toContain('bpf_xdp_ct_lookup')
    const again = await on(`/6.12/${asked}`, (page) => page.locator('tbody tr:visible th').allTextContents())
    expect(again).toEqual(rows)
  })

  it('says beside each choice how many rows it would leave, as facets are set', async () => {
    const [text, count] = await on(`/${newest}/?flag=KF_ACQUIRE`, async (page) => {
      const option = page.locator('select[name=type] option', { hasText: /^xdp \(/ })
      const text = await option.textContent()
      await page.selectOption('select[name=type]', 'xdp')
      return [text, await page.locator('tbody tr:visible').count()]
    })
    expect(text).toBe(`xdp (${count})`)
  })

  it('is a whole list without script', async () => {
    const [rows, filter] = await on(
      `/${newest}/`,
      async (page) => [
        await page.locator('tbody tr:visible').count(),
        await page.locator('#filter').isVisible(),
      ],
      { javaScriptEnabled: false },
    )
    expect(rows).toBeGreaterThan(200)
    expect(filter).toBe(false)
  })
})

describe('a page of changes', { timeout: START_MS }, () => {
  it('shows one part of the kernel, by its address', async () => {
    const [names, output, search, seen] = await on('/7.1/changes/?part=sched_ext', async (page) => {
      const seen = await page.locator('.changes dt:visible').allTextContents()
      const names = await page.locator('.changes dt:not([hidden])').allTextContents()
      const output = await page.locator('#parts output').textContent()
      await page.selectOption('#part', 'BPF core')
      return [names, output, new URL(page.url()).search, seen] as const
    })
    expect(names.length).toBeGreaterThan(5)
    expect([...names, ...seen].filter((one) => !one.includes('scx'))).toEqual([])
    expect([output, search]).toEqual([`${names.length} changes in sched_ext`, '?part=BPF+core'])
  })
})

describe('an address that leads nowhere', { timeout: START_MS }, () => {
  it('names the nearest release and the names most like the one asked for', async () => {
    const [release, name] = await on('/99.9/bpf_tsak_acquire/', async (page) => {
      await page.locator('#asked ol a').first().waitFor()
      return [
        await page.locator('#asked .notice:visible').textContent(),
        await page.locator('#asked ol a').first().textContent(),
      ]
    })
    expect(release).toBe(`Linux 99.9 was not read here. The nearest that was: ${newest}.`)
    expect(name).toBe('bpf_task_acquire')
  })

  it('says of a kfunc that the release lacks where it is', async () => {
    const [said, href] = await on(`/${newest}/scx_bpf_consume/`, async (page) => {
      const notice = page.locator('#asked .notice:visible')
      await notice.waitFor()
      return [await notice.textContent(), await notice.locator('a').getAttribute('href')]
    })
    expect(said).toBe(`scx_bpf_consume has no page in ${newest}: all releases says where it is.`)
    expect(href).toBe('/kfuncs/scx_bpf_consume/')
  })

  it('has lists without script', async () => {
    const [asked, links] = await on(
      '/99.9/bpf_tsak_acquire/',
      async (page) => [await page.locator('#asked').isVisible(), await page.locator('main li a').count()],
      { javaScriptEnabled: false },
    )
    expect(asked).toBe(false)
    expect(links).toBeGreaterThan(10)
  })
})

describe('a comparison', { timeout: START_MS }, () => {
  const status = '#compared'

  it('is a link, and says what it compared', async () => {
    const [found, says] = await on('/compare/?from=7.3&to=6.12', async (page) => {
      await page.locator('#comparison #added').waitFor()
      return [
        await page.locator('#comparison dt').allTextContents(),
        await page.locator(status).textContent(),
      ]
    })
    expect(found).toContain('scx_bpf_dsq_insert')
    expect(says).toBe('6.12 to 7.3 compared.')
  })

  it('puts what the reader chose into the address', async () => {
    const search = await on('/compare/', async (page) => {
      await page.selectOption('select[name=from]', '6.17')
      await page.selectOption('select[name=to]', '6.18')
      await page.click('#compare button')
      await page.locator('#comparison #added').waitFor()
      return new URL(page.url()).search
    })
    expect(search).toBe('?from=6.17&to=6.18')
  })

  it.each([
    ['from=6.12&to=9.9', 'There is no release 9.9 here. Choose another.'],
    ['from=6.12&to=6.12', 'Choose two different releases.'],
  ])('that cannot be made says why: %s', async (query, why) => {
    const says = await on(`/compare/?${query}`, async (page) => {
      await page.locator(status, { hasText: why }).waitFor()
      return page.locator(status).textContent()
    })
    expect(says).toBe(why)
  })

  it('is a list of the steps between neighbours without script', async () => {
    const [form, links] = await on(
      '/compare/',
      async (page) => [
        await page.locator('#compare').isVisible(),
        await page.locator('main table a').count(),
      ],
      { javaScriptEnabled: false },
    )
    expect(form).toBe(false)
    expect(links).toBeGreaterThan(10)
  })
})

describe('the grid', { timeout: START_MS }, () => {
  it('leads from a cell to the reason on the page of that release', async () => {
    const [path, hash, visible] = await on('/kfuncs/bpf_dynptr_from_skb/', async (page) => {
      await page
        .locator('.grid tbody tr', { hasText: 'STRUCT_OPS' })
        .locator('a', { hasText: 'no' })
        .first()
        .click()
      await page.waitForURL(/from-struct_ops/)
      const { pathname, hash } = new URL(page.url())
      return [pathname, hash, await page.locator(':target').isVisible()]
    })
    expect([path, hash, visible]).toEqual(['/6.15/bpf_dynptr_from_skb/', '#from-struct_ops', true])
  })
})

describe('the grid of a release', { timeout: START_MS }, () => {
  it('is zoomed without script, and keeps its heads in view', async () => {
    const [middle, small, inView] = await on(
      `/${newest}/grid/`,
      async (page) => {
        const height = () => page.evaluate<number>("document.querySelector('.matrix').offsetHeight")
        const before = await height()
        await page.getByLabel('small').check()
        const after = await height()
        await page.click('.jump a[href="#sched-ext"]')
        const inView = await page.evaluate<boolean>(`(() => {
          const head = document.querySelector('.matrix thead th').getBoundingClientRect()
          const part = document.querySelector(':target').getBoundingClientRect()
          return head.top >= 0 && part.top >= head.bottom - 1 && part.bottom <= innerHeight
        })()`)
        return [before, after, inView]
      },
      { javaScriptEnabled: false },
    )
    expect(Number(small)).toBeLessThan(Number(middle) * 0.7)
    expect(inView).toBe(true)
  })
})

describe('the theme', { timeout: START_MS }, () => {
  it('is chosen by a button, and kept', async () => {
    const background = 'getComputedStyle(document.documentElement).backgroundColor'
    const [before, after, kept, label] = await on(
      '/',
      async (page) => {
        const before = await page.evaluate(background)
        await page.click('button.theme')
        await page.click('button.theme')
        const after = await page.evaluate(background)
        await page.goto(address('/about/'))
        return [before, after, await page.evaluate(background), await page.textContent('button.theme')]
      },
      { colorScheme: 'light' },
    )
    expect(after).not.toBe(before)
    expect([kept, label]).toEqual([after, 'Theme: dark'])
  })
})

describe('the page of a kfunc', { timeout: START_MS }, () => {
  const copied = (press: (page: Page) => Promise<unknown>) =>
    on(
      `/${newest}/${name}/`,
      async (page) => {
        await press(page)
        await page.locator('#said', { hasText: 'Copied' }).waitFor({ state: 'attached' })
        return page.evaluate<string>('navigator.clipboard.readText()')
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    )

  it('lets a call, a declaration and the link to a section be copied', async () => {
    const press = (label: string) => (page: Page) =>
      page.getByRole('button', { name: label }).first().press('Enter')
    expect(await copied(press('Copy call'))).toBe(`${name}(p)`)
    expect(await copied(press('Copy declaration'))).toBe(
      `extern struct task_struct *${name}(struct task_struct *p) __ksym;`,
    )
    expect(await copied(press('Copy the link to Flags'))).toBe(address(`/${newest}/${name}/#flags`))
  })

  it('keeps the example in view beside the text where there is room', async () => {
    const places = await on(
      `/${newest}/${name}/`,
      async (page) => {
        await page.locator('#history').scrollIntoViewIfNeeded()
        const boxes = await Promise.all(['#examples', '#history'].map((id) => page.locator(id).boundingBox()))
        return boxes.map((box) => ({ x: box?.x ?? 0, inView: (box?.y ?? -1) >= 0 && (box?.y ?? 0) < 900 }))
      },
      { viewport: { width: 1440, height: 900 } },
    )
    expect(places.map(({ inView }) => inView)).toEqual([true, true])
    expect(places[0]?.x).toBeGreaterThan((places[1]?.x ?? 0) + 600)
  })
})

describe('the release menu', { timeout: START_MS }, () => {
  it('opens without script and keeps to the kfunc', async () => {
    const path = await on(
      `/${newest}/${name}/`,
      async (page) => {
        await page.click('nav.releases summary')
        await page.click('nav.releases a:has-text("6.12")')
        return new URL(page.url()).pathname
      },
      { javaScriptEnabled: false },
    )
    expect(path).toBe(`/6.12/${name}/`)
  })

  it('lies above what stays in view, closes on Escape and outside, and keeps the section', async () => {
    const seen = await on(`/${newest}/`, async (page) => {
      const oldest = page.locator('nav.releases dd:last-of-type li:last-child a')
      const isOpen = () => oldest.isVisible()
      await page.click('nav.releases summary')
      // a click that something else would get times out
      await oldest.click({ trial: true, timeout: 5000 })
      await page.keyboard.press('Escape')
      const afterEscape = await isOpen()
      await page.click('nav.releases summary')
      await page.mouse.click(5, 500)
      return [afterEscape, await isOpen()]
    })
    expect(seen).toEqual([false, false])
    const hash = await on(`/${newest}/${name}/#history`, async (page) => {
      await page.click('nav.releases summary')
      await page.click('nav.releases a:has-text("6.12")')
      return new URL(page.url()).hash
    })
    expect(hash).toBe('#history')
  })
})

describe('the home page', { timeout: START_MS }, () => {
  it('answers in its own box, which the key leads to, with the shift key where a keyboard has it so', async () => {
    const [first, path] = await on('/', async (page) => {
      await page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', shiftKey: true, bubbles: true }))",
      )
      await page.keyboard.type('cpumask_and')
      const first = await page.locator('#ask-hits [role=option] .name').first().textContent()
      await page.keyboard.press('Enter')
      await page.waitForURL(/bpf_cpumask_and/)
      return [first, new URL(page.url()).pathname]
    })
    expect(first).toBe('bpf_cpumask_and')
    expect(path).toBe(`/${newest}/bpf_cpumask_and/`)
  })
})

describe('a grid of releases', { timeout: START_MS }, () => {
  it('stays in its place when the names of its types are unfolded', async () => {
    const [before, after] = await on('/kfuncs/bpf_wq_set_callback/', async (page) => {
      const width = () => page.evaluate<number>("document.querySelector('table.grid').scrollWidth")
      const before = await width()
      await page.click('table.grid details.types summary')
      return [before, await width()]
    })
    expect(after).toBeLessThanOrEqual(Math.max(before, 700))
  })
})
