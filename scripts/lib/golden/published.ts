/** Reads a built site, and says of it what is pinned. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { byteOrder } from '#lib/model/order.ts'
import { Failure } from '../cli/failure.ts'
import { printFacts } from '../files/write-json.ts'
import { isForAnAddress, KIND_NAMES, kindOf } from './kinds.ts'
import { type Hashes, printList, shortHash } from './lists.ts'
import { markupLines, withoutHashes } from './markup.ts'
import { pageText } from './page-text.ts'
import type { Golden } from './report.ts'
import { PAGES, RECORDS } from './wholes.ts'

/** A built site, as it is held against another. */
export interface Published {
  /** The hashes of all files, kind by kind; scripts and styles under their names without hashes. */
  readonly kinds: ReadonlyMap<string, Hashes>
  /** The text of a file by that name; of scripts that differ in their hashes alone, one after the other. */
  textOf(name: string): string
}

/** Reads a built site. Throws a Failure where there is none, and for a file of no kind. */
export function readPublished(dist: string): Published {
  if (!existsSync(join(dist, 'index.html')))
    throw new Failure(`${dist} holds no site`, { hint: 'run: npm run build' })
  const kinds = new Map(KIND_NAMES.map((kind) => [kind, new Map<string, string>()]))
  const files = new Map<string, readonly string[]>()
  const textOf = (name: string): string =>
    (files.get(name) ?? []).map((path) => readFileSync(join(dist, path), 'utf8')).join('\n')
  for (const path of filesIn(dist)) {
    if (isForAnAddress(path)) continue
    const hashes = kinds.get(kindOf(path) ?? '')
    if (!hashes)
      throw new Failure(`${dist}/${path} is of no kind that is pinned`, {
        hint: 'add its kind to KINDS in scripts/lib/golden/kinds.ts',
      })
    const name = withoutHashes(path)
    files.set(name, [...(files.get(name) ?? []), path])
    hashes.set(name, shortHash(comparable(name, textOf(name))))
  }
  return { kinds, textOf }
}

/**
 * What is pinned of a built site: a list a kind, and the chosen pages and records whole. Throws a Failure for one that
 * was built for an address, for every page of it is another.
 */
export function goldenOf(dist: string): Golden {
  if (existsSync(join(dist, 'sitemap.xml')))
    throw new Failure(`${dist} was built for an address; pinned is the site without one`, {
      hint: 'build it again without SITE_URL',
    })
  const site = readPublished(dist)
  const lists = [...site.kinds].map(([kind, hashes]): [string, string] => [
    `lists/${kind}.txt`,
    printList(hashes),
  ])
  return new Map([...lists, ...wholePages(site), ...wholeRecords(site)])
}

/** A text without what does not matter: texts that publish the same are the same. */
function comparable(path: string, text: string): string {
  if (path.endsWith('.html')) return markupLines(text).join('\n')
  return /\.(?:js|css)$/.test(path) ? withoutHashes(text) : text
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort(byteOrder)

function wholePages({ textOf }: Published): [string, string][] {
  return PAGES.map(({ path, shows }) => [
    `pages/${path.replace('/index.html', '.txt')}`,
    [`(${path} shows ${shows})`, '', ...pageText(textOf(path)), ''].join('\n'),
  ])
}

/** Records with what the other files of `data` say of the same kfunc: gaps of that release, and the history. */
function wholeRecords({ kinds, textOf }: Published): [string, string][] {
  const files = new Map<string, unknown>()
  const read = (path: string): unknown => {
    const known = files.get(path) ?? JSON.parse(textOf(path))
    files.set(path, known)
    return known
  }
  return RECORDS.map(({ release, kfunc, shows }) => {
    const data = read(`data/${release}.json`)
    const twins = listIn(data, 'kfuncs').filter((record) => memberOf(record, 'name') === kfunc)
    if (twins.length !== 1)
      throw new Failure(`data/${release}.json has ${twins.length} records of ${kfunc}; one was expected`, {
        hint: 'choose another for RECORDS in scripts/lib/golden/wholes.ts',
      })
    const gaps = listIn(data, 'gaps').filter((gap) => memberOf(gap, 'kfunc') === kfunc)
    const path = `data/kfuncs/${kfunc}.json`
    const history = kinds.get('kfunc-data')?.has(path) ? memberOf(read(path), 'history') : null
    return [`records/${release}/${kfunc}.json`, printFacts({ shows, record: twins[0], gaps, history })]
  })
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

function listIn(value: unknown, key: string): unknown[] {
  const list = memberOf(value, key)
  return Array.isArray(list) ? list : []
}
