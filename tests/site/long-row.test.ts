/**
 * Rows of 40 and of 200 made-up releases, over the ends of major releases, through all that answers: what is published,
 * history, pages, query, search. No answer is limited by how many there are, and none says more than the row tells.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Extracted } from '#lib/model/extracted.ts'
import type { Mainline } from '#lib/model/knowledge.ts'
import { Matrix } from '#lib/model/matrix.ts'
import { type Kfunc, Release, servedOf } from '#lib/model/published.ts'
import { historyOf } from '#lib/publish/history/history.ts'
import { publish } from '#lib/publish/release.ts'
import { dataFiles } from '#lib/site/files/data-files.ts'
import { historyPage } from '#lib/site/kfunc/history-page.ts'
import { kfuncPage } from '#lib/site/kfunc/page.ts'
import { namesPage } from '#lib/site/pages/names-page.ts'
import { timelineRows } from '#lib/site/pictures/timeline.ts'
import { answerQuery, readQuery } from '#lib/site/query/query.ts'
import { releasePage } from '#lib/site/release/page.ts'
import { type SearchEngine, searchEngine } from '#lib/site/search/engine.ts'
import { searchIndex } from '#lib/site/search/index.ts'
import { makeSite, type Site } from '#lib/site/site.ts'
import { btfOnly, kfunc, NO_KNOWLEDGE, registered, release } from '../publish/extracted-fixture.ts'
import { mainlineWith } from '../support/mainline.ts'

/** 7.0 is the first; a major release has 20. */
const idOf = (i: number): string => `${7 + Math.floor(i / 20)}.${i % 20}`
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => idOf(i))
const ENDS = Array.from({ length: 20 }, (_, i) => `${6 + i}.19`)

/** The release of which an image alone was read. */
const IMAGE = 5

/** In which releases, by index, each kfunc is. */
const LIVES: Readonly<Record<string, (i: number) => boolean>> = {
  bpf_always: () => true,
  bpf_back: (i) => i < 3 || i >= 35,
  bpf_behind_image: (i) => i > IMAGE,
  bpf_early: (i) => i < 33,
  bpf_flagged: () => true,
  bpf_late: (i) => i >= 33,
  bpf_turn: (i) => i >= 20,
}
const NAMES = Object.keys(LIVES)
/** From here on bpf_flagged has KF_ACQUIRE. */
const FLAGGED = 32

const isThere = (name: string, i: number): boolean => LIVES[name]?.(i) ?? false
const namesIn = (i: number): string[] => NAMES.filter((name) => isThere(name, i))

function extracted(i: number): Extracted {
  const kfuncs = namesIn(i).map((name) => {
    const isFlagged = name === 'bpf_flagged' && i >= FLAGGED
    const registrations = [registered(isFlagged ? 'XDP ACQUIRE' : 'XDP')]
    return kfunc(name, i === IMAGE ? { bits: 0 } : { registrations })
  })
  return i === IMAGE ? btfOnly(idOf(i), { kfuncs }) : release(idOf(i), { kfuncs })
}

/** Publishes the releases with these indexes; `mainline` knows the ends that are given. */
function publishedRow(indexes: readonly number[], mainline: Mainline = mainlineWith(...ENDS)): Release[] {
  return publish(indexes.map(extracted), { filters: [], ...NO_KNOWLEDGE, mainline })
}

const siteOf = (releases: readonly Release[]): Site => makeSite(releases, '/', historyOf(releases))

/** Events as "7.1 > 7.2! removed", an exact one with "!". */
const lifeOf = (site: Site, name: string): string[] =>
  (site.history.get(name) ?? []).map(
    ({ from, to, exact, kind }) => `${from ?? '-'} > ${to}${exact ? '!' : ''} ${kind}`,
  )

describe.each([40, 200])('of %i releases', (count) => {
  const ids = idsOf(count)
  const last = ids.at(-1) ?? ''
  let releases: Release[]
  let site: Site
  let engine: SearchEngine
  const introduced = (name: string, i: number): Kfunc['introduced'] | undefined =>
    releases[i]?.kfuncs.find((one) => one.name === name)?.introduced

  beforeAll(() => {
    releases = publishedRow(ids.map((_, i) => i).reverse())
    site = siteOf(releases)
    engine = searchEngine(JSON.parse(JSON.stringify(searchIndex(site))))
  })

  test('each follows the one before it, and is as the schema says', () => {
    expect(releases.map(({ release: { id } }) => id)).toEqual(ids)
    expect(releases.map(({ release: { follows } }) => follows)).toEqual(
      ids.map((_, i) => [i === 0 ? '6.19' : idOf(i - 1)]),
    )
    for (const one of releases) expect(Release.safeParse(servedOf(one)).error?.message).toBeUndefined()
  })

  test('a kfunc has the date of its coming in each that has it, that of its return after it was gone', () => {
    const first = { release: '7.0', exact: false, after: null, commit: null }
    for (let i = 0; i < count; i++) {
      if (i !== IMAGE) expect(releases[i]?.kfuncs.map(({ name }) => name)).toEqual(namesIn(i))
      expect(introduced('bpf_always', i)).toEqual({ ...first, earlier: null })
      if (isThere('bpf_late', i))
        expect(introduced('bpf_late', i)).toMatchObject({ release: idOf(33), exact: true, after: idOf(32) })
      if (isThere('bpf_turn', i))
        expect(introduced('bpf_turn', i)).toMatchObject({ release: '8.0', exact: true, after: '7.19' })
      if (isThere('bpf_back', i))
        expect(introduced('bpf_back', i)).toEqual(
          i < 3
            ? { ...first, earlier: null }
            : { release: idOf(35), exact: true, after: idOf(34), commit: null, earlier: first },
        )
      if (isThere('bpf_behind_image', i))
        expect(introduced('bpf_behind_image', i)).toMatchObject({
          release: '7.6',
          exact: false,
          after: '7.4',
        })
    }
  })

  test('events are exact between neighbours, and not across the image', () => {
    expect(lifeOf(site, 'bpf_always')).toEqual(['- > 7.0 first-seen'])
    expect(lifeOf(site, 'bpf_early')).toEqual(['- > 7.0 first-seen', `${idOf(32)} > ${idOf(33)}! removed`])
    expect(lifeOf(site, 'bpf_back')).toEqual([
      '- > 7.0 first-seen',
      '7.2 > 7.3! removed',
      `${idOf(34)} > ${idOf(35)}! came-back`,
    ])
    expect(lifeOf(site, 'bpf_behind_image')).toEqual(['7.4 > 7.6 added'])
    expect(lifeOf(site, 'bpf_flagged')).toEqual(['- > 7.0 first-seen', `${idOf(31)} > ${idOf(32)}! flags`])
    expect(lifeOf(site, 'bpf_turn')).toEqual(['7.19 > 8.0! added'])
  })

  test('each has its page, with the menu of all and what was changed since which', () => {
    for (const [i, id] of ids.entries()) {
      const page = releasePage(site, id)
      expect(page.menu.map((entry) => entry.id)).toEqual([...ids].reverse())
      expect(page.before).toEqual(
        ids
          .slice(0, i)
          .filter((_, j) => j !== IMAGE)
          .reverse(),
      )
      const rows = page.groups.flatMap((group) => group.rows)
      expect(rows.map(({ name }) => name).sort()).toEqual(i === IMAGE ? namesIn(i).sort() : namesIn(i))
      const of = (name: string) => rows.find((row) => row.name === name)
      expect(of('bpf_flagged')?.changed).toBe(i >= FLAGGED ? idOf(FLAGGED) : null)
      expect(of('bpf_late')?.since).toBe(isThere('bpf_late', i) ? idOf(33) : undefined)
    }
  })

  test('a flag is marked since it came, in every release after that', () => {
    for (const i of [FLAGGED - 1, FLAGGED, count - 1])
      expect(kfuncPage(site, idOf(i), 'bpf_flagged').flags.map(({ since }) => since)).toEqual(
        i < FLAGGED ? [] : [`since ${idOf(FLAGGED)}`],
      )
  })

  test('tables over all releases have a cell for each', () => {
    for (const { name, runs } of namesPage(site).rows) {
      expect(runs.flatMap(({ presence, span }) => Array(span).fill(presence === 'there'))).toEqual(
        ids.map((_, i) => isThere(name, i)),
      )
    }
    const page = historyPage(site, 'bpf_back')
    expect(page.grid.releases.map(({ id }) => id)).toEqual(ids)
    expect(page.runs.flatMap((run) => run.releases.map(({ id }) => id))).toEqual([...ids].reverse())
    const added = timelineRows(site).map((row) => row.added)
    expect(ids.filter((_, i) => added[i])).toEqual(['7.6', '8.0', idOf(33), idOf(35)])
  })

  test('a query over all of them has the answer of each, and misses none', () => {
    const matrix = Matrix.parse(JSON.parse(dataFiles(site).matrix()))
    const query = readQuery(new URLSearchParams(`from=7.0&to=${last}&type=xdp`), matrix)
    expect(query.releases).toEqual(ids)
    const { all, some, unread } = answerQuery(matrix, query)
    expect(unread).toEqual([])
    expect(all.map(({ name }) => name)).toEqual(['bpf_always', 'bpf_flagged'])
    for (const { name, answers } of some)
      expect(answers).toEqual(
        ids.map((_, i) => (i === IMAGE ? 'unknown' : isThere(name, i) ? 'yes' : 'absent')),
      )
  })

  test('a search opens the release at hand where it has the kfunc, else the newest that has', () => {
    const newest = (name: string): number => ids.findLastIndex((_, i) => isThere(name, i))
    for (const name of NAMES)
      for (const [i, id] of ids.entries()) {
        const [hit] = engine(name, id).kfuncs
        expect([hit?.kfunc[0], hit?.opens]).toEqual([name, isThere(name, i) ? i : newest(name)])
      }
  })

  test('filters of a search ask the release that they name', () => {
    const found = (typed: string): string[] => engine(typed, null).kfuncs.map(({ kfunc: [name] }) => name)
    for (const [i, id] of ids.entries()) {
      expect(found(`in:${id}`)).toEqual(namesIn(i))
      expect(found(`in:${id} flag:acquire`)).toEqual(i >= FLAGGED ? ['bpf_flagged'] : [])
      if (i !== IMAGE) expect(found(`in:${id} type:xdp`)).toEqual(namesIn(i))
    }
    expect(found(`since:${idOf(33)}`)).toEqual(['bpf_back', 'bpf_late'])
    expect(found('since:7.10')).toEqual(['bpf_back', 'bpf_late', 'bpf_turn'])
  })
})

describe('over the end of a major release', () => {
  const indexes = [17, 18, 19, 20, 21, 22]
  const turned = (mainline?: Mainline, without: readonly number[] = []) => {
    const releases = publishedRow(
      indexes.filter((i) => !without.includes(i)),
      mainline,
    )
    const site = siteOf(releases)
    const matrix = Matrix.parse(JSON.parse(dataFiles(site).matrix()))
    return {
      introduced: releases.at(-1)?.kfuncs.find(({ name }) => name === 'bpf_turn')?.introduced,
      life: lifeOf(site, 'bpf_turn'),
      came: kfuncPage(site, '8.2', 'bpf_turn').came?.text,
      unread: answerQuery(matrix, readQuery(new URLSearchParams('from=7.17&to=8.2'), matrix)).unread,
    }
  }

  test('that is known, what came with the next is dated', () => {
    expect(turned()).toMatchObject({
      introduced: { release: '8.0', exact: true, after: '7.19' },
      life: ['7.19 > 8.0! added'],
      came: 'since 8.0',
      unread: [],
    })
  })

  test('that is not known, it came somewhere between, and the rest of the row is as it was', () => {
    expect(turned(mainlineWith('6.19'))).toMatchObject({
      introduced: { release: '8.0', exact: false, after: '7.19' },
      life: ['7.19 > 8.0 added'],
      came: 'new between 7.19 and 8.0',
      unread: [],
    })
  })

  test('with a release unread on either side, that one is named where the end is known', () => {
    expect(turned(undefined, [19])).toMatchObject({
      introduced: { release: '8.0', exact: false, after: '7.18' },
      unread: ['7.19'],
    })
    expect(turned(undefined, [20])).toMatchObject({
      introduced: { release: '8.1', exact: false, after: '7.19' },
      unread: ['8.0'],
    })
    expect(turned(mainlineWith('6.19'), [18, 20]).unread).toEqual(['7.18', '8.0'])
  })
})
