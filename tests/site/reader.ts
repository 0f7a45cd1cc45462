/** A reader's browser on the built site, for all tests of one file. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Served, serveDirectory } from '#scripts/serve.ts'
import { launchBrowser } from '../support/browser.ts'
import { DIST } from './dist.ts'

/** How long a browser may take to start, and a test that waits for pages. Milliseconds. */
export const START_MS = 120_000

/** What a reader does. */
export interface Reader {
  /** Opens a path in a fresh context, and gives what the page asks of it. */
  on<Answer>(
    path: string,
    ask: (page: Page) => Promise<Answer>,
    options?: BrowserContextOptions,
  ): Promise<Answer>
  /** Asks every path the same, in one context; gives the answers by path. */
  onEach<Answer>(
    paths: readonly string[],
    ask: (page: Page, path: string) => Promise<Answer>,
    options?: BrowserContextOptions,
  ): Promise<(readonly [path: string, answer: Answer])[]>
  /** The whole address of a path. */
  address(path: string): string
}

/** Serves the site and starts a browser before the tests of the file that calls this; ends both after them. */
export function startReader(): Reader {
  let browser: Browser
  let served: Served
  beforeAll(async () => {
    served = await serveDirectory(DIST, 0)
    browser = await launchBrowser()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })
  const address = (path: string): string => new URL(path, served.url).href
  const within = async <Answer>(
    options: BrowserContextOptions,
    act: (context: BrowserContext) => Promise<Answer>,
  ): Promise<Answer> => {
    const context = await browser.newContext(options)
    try {
      return await act(context)
    } finally {
      await context.close()
    }
  }
  return {
    address,
    on: (path, ask, options = {}) =>
      within(options, async (context) => {
        const page = await context.newPage()
        await page.goto(address(path))
        return ask(page)
      }),
    onEach: <Answer>(
      paths: readonly string[],
      ask: (page: Page, path: string) => Promise<Answer>,
      options: BrowserContextOptions = {},
    ) =>
      within(options, async (context) => {
        const page = await context.newPage()
        const answers: (readonly [string, Answer])[] = []
        for (const path of paths) {
          await page.goto(address(path))
          answers.push([path, await ask(page, path)])
        }
        return answers
      }),
  }
}
