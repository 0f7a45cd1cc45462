/** The search box and the search page, as a reader has them under the fingers. */
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { START_MS, startReader } from '../site/reader.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const { on, address } = startReader()

const pathOf = (page: Page): string => new URL(page.url()).pathname
const names = (page: Page): Promise<string[]> => page.locator('[role=option] .name').allTextContents()

/** Types into the box, reached by its key, and waits for an answer that has the text. */
async function type(page: Page, typed: string, answer: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(typed)
  await page.locator('[role=option]', { hasText: answer }).first().waitFor()
}

/** What a screen reader is told of the option that is chosen. */
const active = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>(
    "document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant'))?.textContent ?? null",
  )

describe('the search box', { timeout: START_MS }, () => {
  it.each(['Control+k', 'Meta+k', '/'])('is reached by %s', async (key) => {
    const focused = await on('/7.1/bpf_task_acquire/', async (page) => {
      await page.keyboard.press(key)
      return page.evaluate('document.activeElement.id')
    })
    expect(focused).toBe('q')
  })

  it('is a combobox whose list follows the arrow keys', async () => {
    const told = await on('/about/', async (page) => {
      await type(page, 'cpumask', 'bpf_cpumask_and')
      const input = page.locator('#q')
      const before = [
        await input.getAttribute('role'),
        await input.getAttribute('aria-expanded'),
        await active(page),
      ]
      await page.keyboard.press('ArrowUp')
      const last = await active(page)
      await page.keyboard.press('ArrowDown')
      const first = await active(page)
      await page.keyboard.press('Escape')
      return { before, last, first, after: await input.getAttribute('aria-expanded') }
    })
    expect(told.before).toEqual(['combobox', 'true', null])
    expect(told.last).toMatch(/more/)
    expect(told.first).toMatch(/^bpf_cpumask_/)
    expect(told.after).toBe('false')
  })

  it('lists the other releases of a kfunc under the right arrow, and opens one', async () => {
    const seen = await on('/7.1/bpf_task_acquire/', async (page) => {
      await type(page, 'task_rel', 'bpf_task_release')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      await page.locator('[role=listbox][aria-label="Releases of bpf_task_release"]').waitFor()
      const here = await active(page)
      await page.keyboard.press('ArrowLeft')
      const back = await active(page)
      await page.keyboard.press('ArrowRight')
      await page.locator('[role=option]', { hasText: '6.12' }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForURL(/bpf_task_release/)
      return { here, back, path: pathOf(page) }
    })
    expect(seen.here).toContain('7.1')
    expect(seen.back).toContain('7.1')
    expect(seen.path).toBe('/7.0/bpf_task_release/')
  })

  it('completes a filter by Enter and then answers it', async () => {
    const found = await on('/7.3/', async (page) => {
      await type(page, 'dynptr flag:slee', 'flag:KF_SLEEPABLE')
      await page.keyboard.press('Enter')
      await page.locator('[role=option]', { hasText: 'bpf_copy_from_user_dynptr' }).first().waitFor()
      return [await page.inputValue('#q'), pathOf(page)]
    })
    expect(found).toEqual(['dynptr flag:KF_SLEEPABLE ', '/7.3/'])
  })

  it('leads to pages about flags, program types, concepts and guides', async () => {
    const paths = await on('/about/', async (page) => {
      await type(page, 'KF_SLEEPABLE', 'KF_SLEEPABLE')
      await page.keyboard.press('Enter')
      await page.waitForURL(/flags/)
      return pathOf(page)
    })
    expect(paths).toBe('/flags/KF_SLEEPABLE/')
  })

  it('remembers what was opened, in the browser alone', async () => {
    const [recent, cookies] = await on('/about/', async (page) => {
      await type(page, 'wq_start', 'bpf_wq_start')
      await page.keyboard.press('Enter')
      await page.waitForURL(/bpf_wq_start/)
      await page.keyboard.press('/')
      await page.locator('[role=option]').first().waitFor()
      return [await names(page), (await page.context().cookies()).length] as const
    })
    expect(recent).toEqual(['bpf_wq_start'])
    expect(cookies).toBe(0)
  })

  it('answers where the browser keeps nothing', async () => {
    const errors: string[] = []
    await on('about:blank', async (page) => {
      page.on('pageerror', (error) => errors.push(error.message))
      await page.addInitScript(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })",
      )
      await page.goto(address('/about/'))
      await type(page, 'wq_start', 'bpf_wq_start')
      await page.keyboard.press('Enter')
      await page.waitForURL(/bpf_wq_start/)
    })
    expect(errors).toEqual([])
  })

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to complain of while its list is open, %s',
    async (colorScheme) => {
      const violations = await on(
        '/7.3/bpf_task_acquire/',
        async (page) => {
          await type(page, 'task', 'bpf_task_')
          await page.keyboard.press('ArrowDown')
          await page.addScriptTag({ path: AXE })
          const found = (await page.evaluate('axe.run()')) as {
            violations: { id: string; nodes: { html: string }[] }[]
          }
          return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
        },
        // axe is put into the page, which the page's own policy forbids.
        { colorScheme, bypassCSP: true },
      )
      expect(violations).toEqual([])
    },
  )
})

describe('the search page', { timeout: START_MS }, () => {
  const shown = (query: string) =>
    on(`/search/?q=${encodeURIComponent(query)}`, async (page) => {
      await page.locator('#found', { hasText: /for “|called so/ }).waitFor()
      return {
        says: await page.locator('#found').textContent(),
        legend: await page.locator('#legend li').allTextContents(),
        hits: await page.locator('#results a').allTextContents(),
        typed: await page.inputValue('#q'),
      }
    })

  it('says what filters ask, with counts, and lists all hits', async () => {
    const { says, legend, hits, typed } = await shown('flag:KF_ACQUIRE type:xdp')
    expect(says).toBe(`${hits.length} kfuncs for “flag:KF_ACQUIRE type:xdp”.`)
    expect(legend.map((line) => line.replace(/\d+/, 'N'))).toEqual([
      'flag:KF_ACQUIRE has this flag: N kfuncs',
      'type:xdp callable in this program type: N kfuncs',
    ])
    expect(hits).toContain('bpf_xdp_ct_lookup')
    expect(typed).toBe('flag:KF_ACQUIRE type:xdp')
  })

  it('answers what goes from one type to another', async () => {
    const { hits } = await shown('* -> task_struct')
    expect(hits).toContain('bpf_task_from_pid')
    expect(hits).not.toContain('bpf_task_release')
  })

  it('keeps to the release from whose page it was asked', async () => {
    const [says, href] = await on('/6.12/bpf_task_acquire/', async (page) => {
      await page.fill('#q', 'flag:KF_ACQUIRE')
      await page.locator('[role=option]', { hasText: /^All \d+ kfuncs/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/search/)
      await page.locator('#found', { hasText: 'in 6.12' }).waitFor()
      return [
        await page.locator('#found').textContent(),
        await page.locator('#results a').first().getAttribute('href'),
      ]
    })
    expect(says).toMatch(/^\d+ kfuncs for “flag:KF_ACQUIRE”, in 6\.12 where it has them\.$/)
    expect(href).toMatch(/^\/6\.12\//)
  })

  it.each(['flag:KF_ACQUIRE type:xdp', 'cgroup', '* -> nothing'])(
    'fits 320 pixels and axe with %s',
    async (query) => {
      const [wide, violations] = await on(
        `/search/?q=${encodeURIComponent(query)}`,
        async (page) => {
          await page.locator('#found', { hasText: /for “|called so/ }).waitFor()
          await page.addScriptTag({ path: AXE })
          const found = (await page.evaluate('axe.run()')) as { violations: { id: string }[] }
          return [
            await page.evaluate('document.documentElement.scrollWidth'),
            found.violations.map(({ id }) => id),
          ] as const
        },
        { viewport: { width: 320, height: 800 }, bypassCSP: true },
      )
      expect([wide, violations]).toEqual([320, []])
    },
  )

  it('says what it does not know', async () => {
    const { says, hits } = await shown('flag:KF_NO_SUCH')
    expect(says).toContain('Nothing here is called so: flag:KF_NO_SUCH.')
    expect(hits).toEqual([])
  })

  it('leads to all names without script', async () => {
    const href = await on(
      '/search/?q=task',
      (page) => page.getAttribute('noscript a, main a[href$="/kfuncs/"]', 'href'),
      {
        javaScriptEnabled: false,
      },
    )
    expect(href).toBe('/kfuncs/')
  })
})
