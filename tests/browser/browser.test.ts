import { afterEach, describe, expect, it, vi } from 'vitest'
import { launchBrowser, launchFirst } from '../support/browser.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the browser for tests', () => {
  it.each([
    ['of this machine, if it has one', ''],
    ['that npm brings', 'npm'],
  ])('renders a page with the one %s', { timeout: 120_000 }, async (_which, value) => {
    vi.stubEnv('KFUNC_ATLAS_BROWSER', value)
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.setContent('<h1 style="font: 20px monospace">bpf_task_acquire</h1>')
      const box = await page.getByRole('heading', { name: 'bpf_task_acquire' }).boundingBox()
      expect(box?.height).toBeGreaterThan(15)
      expect(await page.evaluate('document.fonts.check("20px monospace")')).toBe(true)
    } finally {
      await browser.close()
    }
  })

  it('that cannot start is an error with the line that installs one', async () => {
    const broken = () => Promise.reject(new Error('libnss3.so: not found\n  at a place'))
    await expect(launchFirst([broken])).rejects.toThrow(
      'no Chromium starts here (libnss3.so: not found); install one with: apt-get install chromium',
    )
  })
})
