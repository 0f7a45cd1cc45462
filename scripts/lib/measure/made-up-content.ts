/** Content for a site far larger than ours, made of the newest real release: what a build costs when there is more of everything. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { jsonFilesIn } from '#content-fs'
import type { StoredExamples } from '#lib/model/examples.ts'
import { Extracted, type ExtractedKfunc } from '#lib/model/extracted.ts'
import { releaseOrder } from '#lib/model/order.ts'
import { Failure } from '../cli/failure.ts'

/**
 * Writes into the folder `into` content with as many releases, 8.0 and on, and as many kfuncs in each. Every kfunc is
 * missing from one release in turn, so that there is a history to tell. Texts, which name real releases, are left out.
 */
export function writeMadeUpContent(content: string, into: string, releases: number, kfuncs: number): void {
  const [newest] = jsonFilesIn(join(content, 'data'))
    .map((path) => Extracted.parse(JSON.parse(readFileSync(path, 'utf8'))))
    .sort((a, b) => releaseOrder(b.release.id, a.release.id))
  if (!newest) throw new Failure(`${content}/data holds no release`, { hint: 'run npm run extract first' })
  for (const folder of ['examples', 'files']) mkdirSync(join(into, 'data', folder), { recursive: true })
  const files = resolve(content, 'data', 'files', `${newest.release.id}.txt`)
  for (const path of ['filters', 'renames.json', 'introduced.json', 'mainline.json', 'data/snippets'])
    symlinkSync(resolve(content, path), join(into, path))
  const examples = JSON.parse(
    readFileSync(join(content, 'data', 'examples', `${newest.release.id}.json`), 'utf8'),
  ) as StoredExamples
  const all = enough(newest.kfuncs, kfuncs + Math.ceil(kfuncs / (releases - 1)))
  for (let i = 0; i < releases; i++) {
    const id = `8.${i}`
    const release = {
      ...newest,
      release: { ...newest.release, id, version: `${id}.0`, tag: `v${id}` },
      kfuncs: all.filter((_, j) => j % releases !== i),
    }
    writeFileSync(join(into, 'data', `${id}.json`), JSON.stringify(release))
    symlinkSync(files, join(into, 'data', 'files', `${id}.txt`))
    writeFileSync(join(into, 'data', 'examples', `${id}.json`), JSON.stringify({ ...examples, release: id }))
  }
}

/** The kfuncs that have pages, and copies of them under names of their own until there are enough, in byte order. */
function enough(real: readonly ExtractedKfunc[], count: number): ExtractedKfunc[] {
  const listed = real.filter(({ kind }) => kind !== 'generated')
  const all = Array.from({ length: Math.ceil(count / listed.length) }, (_, copy) =>
    copy === 0 ? listed : listed.map((kfunc) => renamed(kfunc, `${kfunc.name}_${copy}`)),
  )
  return all
    .flat()
    .slice(0, count)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The same, named otherwise wherever a text names it. */
function renamed(kfunc: ExtractedKfunc, name: string): ExtractedKfunc {
  return JSON.parse(JSON.stringify(kfunc), (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(kfunc.name, name) : value,
  ) as ExtractedKfunc
}
