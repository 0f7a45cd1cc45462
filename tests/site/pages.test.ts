import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import { HtmlValidate } from 'html-validate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Index, Release } from '#lib/model/published.ts'
import { overBudget } from '#lib/site/files/budgets.ts'
import { META_POLICY } from '#lib/site/files/content-policy.ts'
import { weighSite } from '#scripts/lib/measure/weigh-site.ts'
import { built, builtFiles, DIST } from './dist.ts'

const pages = builtFiles('.html')
const html = new Map<string, string>()
let index: Index
let releases: Release[]
let base: string

beforeAll(() => {
  for (const page of pages) html.set(page, built(page))
  index = JSON.parse(built('data/index.json')) as Index
  releases = index.releases.map(({ id }) => JSON.parse(built(`data/${id}.json`)) as Release)
  base = /data-base="([^"]+)"/.exec(built('index.html'))?.[1] ?? '/'
}, 60_000)

const kfuncPages = () =>
  releases.flatMap((release) =>
    release.kfuncs
      .filter((kfunc) => kfunc.kind !== 'generated')
      .map((kfunc) => `${release.release.id}/${kfunc.name}/index.html`),
  )

describe('the built site', () => {
  it('has a page for every kfunc of every release, none for generated twins', () => {
    expect(kfuncPages().filter((page) => !html.has(page))).toEqual([])
    const twins = releases.flatMap((release) =>
      release.kfuncs
        .filter((kfunc) => kfunc.kind === 'generated')
        .map((kfunc) => `${release.release.id}/${kfunc.name}/index.html`),
    )
    expect(twins.filter((page) => html.has(page))).toEqual([])
  })

  it('names a successor without a date only where the release has it', () => {
    const wrong = releases.flatMap(({ release: { id }, kfuncs }) =>
      kfuncs
        .filter(({ kind }) => kind !== 'generated')
        .filter(({ name }) => {
          const page = html.get(`${id}/${name}/index.html`) ?? ''
          const [, since, use] = /<p class="notice">([^<]*)[Uu]se <a [^>]*><code>(.*?)</.exec(page) ?? []
          return use !== undefined && (since === '') !== kfuncs.some((one) => one.name === use)
        })
        .map(({ name }) => `${id}/${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('ends with the document: nothing stands behind it', () => {
    expect([...html].filter(([, text]) => !/<\/html>\s*$/.test(text)).map(([page]) => page)).toEqual([])
  })

  it('links each message that refuses a program with other implicit arguments to its line', () => {
    const page = html.get('implicit-arguments/index.html') ?? ''
    expect(page.match(/(?:libbpf|verifier) says<\/a> “/g)?.length).toBeGreaterThan(0)
    expect(page).not.toMatch(/(?:libbpf|verifier) says “/)
  })

  it('has a stable address and a data file for every kfunc', () => {
    const names = new Set(kfuncPages().map((page) => page.split('/')[1]))
    const missing = [...names].filter(
      (name) => !html.has(`kfuncs/${name}/index.html`) || !existsSync(join(DIST, `data/kfuncs/${name}.json`)),
    )
    expect(missing).toEqual([])
  })

  it('has a line of text for every callable kfunc of every release, and the changes since the release before', () => {
    for (const [i, release] of releases.entries()) {
      const { id } = release.release
      const callable = release.kfuncs.filter(({ kind }) => kind === 'callable')
      expect(built(`api/v${id}.txt`).trimEnd().split('\n')).toHaveLength(callable.length + 1)
      expect(html.has(`${id}/changes/index.html`)).toBe(i > 0)
    }
  })

  it('has no link that leads nowhere, fragments included', { timeout: 60_000 }, () => {
    const ids = new Map<string, Set<string>>()
    const idsOf = (page: string) => {
      const known =
        ids.get(page) ??
        new Set([...(html.get(page) ?? '').matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? ''))
      ids.set(page, known)
      return known
    }
    const broken = new Set<string>()
    const files = new Set<string>()
    for (const [page, text] of html)
      for (const [, href = ''] of text.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        if (/^https?:/.test(href)) continue
        const [path = '', fragment] = href.replace(/\?[^#]*/, '').split('#')
        const target = path === '' ? page : fileOf(path)
        if (target === null || (!html.has(target) && !files.has(target) && !existsSync(join(DIST, target))))
          broken.add(`${page}: ${href}`)
        else files.add(target)
        if (target !== null && fragment !== undefined && !idsOf(target).has(fragment))
          broken.add(`${page}: ${href}`)
      }
    expect([...broken].slice(0, 20)).toEqual([])
  })

  it('has the content policy on every page, before anything that it governs', () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">`
    const without = [...html].filter(([, text]) => {
      const at = text.indexOf(policy)
      return at < 0 || /<(?:link|script|style)\b/.test(text.slice(0, at))
    })
    expect(without.map(([page]) => page).slice(0, 10)).toEqual([])
  })

  it('is valid HTML', { timeout: 120_000 }, async () => {
    const validate = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // Compressed on purpose, and no rule of HTML.
        'no-inline-style': 'error',
        'no-trailing-whitespace': 'off',
        'attr-quotes': 'off',
        'doctype-style': 'off',
        'void-style': 'off',
        'long-title': 'off',
        'no-implicit-button-type': 'off',
        // A box that scrolls is a landmark, so that its name is read out.
        'prefer-native-element': 'off',
        'tel-non-breaking': 'off',
        'no-raw-characters': 'off',
      },
    })
    const some = pages.filter((page, i) => i % 100 === 0 || !/^\d+\.\d+\/.+\/|^kfuncs\/./.test(page))
    const complaints: string[] = []
    for (const page of some) {
      const report = await validate.validateString(html.get(page) ?? '')
      for (const result of report.results)
        for (const message of result.messages)
          complaints.push(`${page}: ${message.ruleId}: ${message.message}`)
    }
    expect(complaints.slice(0, 10)).toEqual([])
  })

  it('fits its own schema', { timeout: 60_000 }, () => {
    const ajv = new Ajv({ strict: false })
    ajv.addSchema(JSON.parse(built('data/schema.json')), 'atlas')
    const fits = (shape: string, value: unknown) => {
      const validate = ajv.getSchema(`atlas#/$defs/${shape}`)
      return validate?.(value) === true ? [] : [`${shape}: ${ajv.errorsText(validate?.errors)}`]
    }
    const complaints = [
      ...fits('Index', index),
      ...releases.flatMap((release) => fits('Release', release)),
      ...builtFiles('.json')
        .filter((path) => path.startsWith('data/kfuncs/'))
        .flatMap((path) => fits('KfuncHistory', JSON.parse(built(path)))),
    ]
    expect(complaints.slice(0, 5)).toEqual([])
  })
})

describe('the budgets', () => {
  it('hold, and nothing is asked of another host or runs inline', { timeout: 60_000 }, () => {
    expect(overBudget(weighSite(DIST)).slice(0, 20)).toEqual([])
  })

  it('count a script on every page, and one style sheet', () => {
    expect([...html].filter(([, text]) => !/<script[^>]* src="/.test(text)).map(([page]) => page)).toEqual([])
    expect(builtFiles('.css')).toHaveLength(1)
  })
})

/** The file that a path of the site leads to, relative to the folder; null for a path outside the site's base. */
function fileOf(path: string): string | null {
  if (!path.startsWith(base)) return null
  const inside = path.slice(base.length)
  return inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside
}
