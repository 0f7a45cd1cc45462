/** When a kfunc came, and how the table of introductions is held to the kernels that were read. */
import { describe, expect, test } from 'vitest'
import { loadKnowledge, loadReleases } from '#content-fs'
import type { IntroducedRow, IntroducedTable } from '#lib/model/knowledge.ts'
import type { Release } from '#lib/model/published.ts'
import { absencesOf, contradictions, introducedOf } from '#lib/publish/history/introduced.ts'
import { kfuncNames } from '#lib/publish/history/presence.ts'
import { btfOnly, kfunc, release } from './history-fixture.ts'

const have = (id: string): Release => release(id, [kfunc('bpf_a')])
const haveNot = (id: string): Release => release(id, [])
const table = (row?: Partial<IntroducedRow>): IntroducedTable => ({
  about: '',
  kfuncs: row ? { bpf_a: { release: '6.13', absentIn: '6.12', exact: true, ...row } } : {},
})
const COMMIT = 'c'.repeat(40)

describe('the first release', () => {
  /** As the newest of the releases has it, or the one that is named; `earlier` only where there is one. */
  const introduced = (
    releases: Release[],
    row?: Partial<IntroducedRow>,
    id = releases.at(-1)?.release.id,
  ) => {
    const found = introducedOf('bpf_a', id ?? '', releases, table(row))
    if (!found || found.earlier) return found
    const { earlier: _, ...rest } = found
    return rest
  }

  test('two releases in a row decide', () => {
    expect(introduced([haveNot('6.18'), have('6.19')])).toEqual({
      release: '6.19',
      exact: true,
      after: '6.18',
      commit: null,
    })
  })

  test('they decide against the table, and take its commit only where it agrees', () => {
    const row = { release: '6.19', absentIn: '6.18', commit: COMMIT }
    expect(introduced([haveNot('6.18'), have('6.19')], row)?.commit).toBe(COMMIT)
    expect(
      introduced([haveNot('6.18'), have('6.19')], { ...row, release: '6.17', absentIn: '6.16' }),
    ).toEqual({
      release: '6.19',
      exact: true,
      after: '6.18',
      commit: null,
    })
  })

  test('the table narrows a gap', () => {
    expect(introduced([haveNot('6.12'), have('6.17')], { commit: COMMIT })).toEqual({
      release: '6.13',
      exact: true,
      after: '6.12',
      commit: COMMIT,
    })
  })

  test('the table tells of releases before the first that was read', () => {
    expect(introduced([have('6.17')])).toEqual({ release: '6.17', exact: false, after: null, commit: null })
    expect(introduced([have('6.17')], {})?.release).toBe('6.13')
  })

  test('a row that is not sure says so, after the last release that is known not to have it', () => {
    const row = { release: '6.16', absentIn: '6.15', exact: false }
    expect(introduced([haveNot('6.12'), have('6.17')], row)).toEqual({
      release: '6.16',
      exact: false,
      after: '6.15',
      commit: null,
    })
  })

  test('a row that a release contradicts is not believed', () => {
    expect(introduced([haveNot('6.1'), have('6.12'), have('6.17')], {})).toEqual({
      release: '6.12',
      exact: false,
      after: '6.1',
      commit: null,
    })
  })

  test('a name that no release has was introduced in none', () => {
    expect(introduced([haveNot('6.12')], {})).toBeNull()
  })

  describe('of a kfunc that went and came back', () => {
    const row: Partial<IntroducedRow> = {
      release: '6.2',
      absentIn: '6.1',
      goneIn: ['6.4', '7.0'],
      again: '7.1',
      commit: COMMIT,
    }
    const first = { release: '6.2', exact: true, after: '6.1', commit: COMMIT }
    const back = { release: '7.1', exact: true, after: '7.0', commit: null, earlier: first }

    test('each time has its own first release', () => {
      const releases = [
        haveNot('6.16'),
        have('6.17'),
        haveNot('6.18'),
        haveNot('6.19'),
        have('7.0'),
        have('7.1'),
      ]
      const earlier = { release: '6.17', exact: true, after: '6.16', commit: null }
      expect(introduced(releases, undefined, '6.17')).toEqual(earlier)
      for (const id of ['7.0', '7.1'])
        expect(introduced(releases, undefined, id)).toEqual({
          release: '7.0',
          exact: true,
          after: '6.19',
          commit: null,
          earlier,
        })
      expect(introduced(releases, undefined, '6.19')).toBeNull()
    })

    test('it is counted from the last release that is proven not to have it', () => {
      const releases = [haveNot('6.16'), have('6.17'), haveNot('6.18'), btfOnly('6.19', []), have('7.0')]
      expect(introduced(releases)).toMatchObject({ release: '7.0', exact: false, after: '6.18' })
    })

    test('the table tells of a time that no release saw', () => {
      expect(introduced([haveNot('6.19'), have('7.1')], row)).toEqual(back)
      expect(introduced([haveNot('7.0'), have('7.1')], row)).toEqual(back)
    })

    test('the table tells of a gap that no release saw', () => {
      const releases = [have('6.2'), have('7.1'), have('7.2')]
      expect(introduced(releases, row, '6.2')).toEqual(first)
      expect(introduced(releases, row, '7.2')).toEqual(back)
    })

    test('what the table does not tell of is as the releases saw it', () => {
      const releases = [have('6.2'), haveNot('6.6'), have('6.9')]
      const { goneIn: _, again: __, ...once } = row
      expect(introduced(releases, once)).toEqual({
        release: '6.9',
        exact: false,
        after: '6.6',
        commit: null,
        earlier: first,
      })
    })
  })
})

describe('the table against the releases', () => {
  const complaints = (releases: Release[], row: Partial<IntroducedRow>): string[] =>
    contradictions(releases, table(row)).map(
      ({ rule, message, keys }) => `${keys.join('.')} ${rule} ${message}`,
    )

  test.each<[string, Release[], Partial<IntroducedRow>, string[]]>([
    ['what agrees is not mentioned', [haveNot('6.12'), have('6.17')], {}, []],
    [
      'a release has it before it came',
      [have('6.12'), have('6.17')],
      {},
      [
        'kfuncs.bpf_a.release introduced-release bpf_a: came in 6.13, says the row, but 6.12 has it; correct "release"',
      ],
    ],
    [
      'a release has it not, though it came before and is there later',
      [haveNot('6.17'), haveNot('6.18'), have('6.19')],
      {},
      [
        'kfuncs.bpf_a.release introduced-release bpf_a: came in 6.13, says the row, but the source of 6.17, 6.18 has it not; correct "release", or say "goneIn" and "again"',
      ],
    ],
    [
      'gone for a while, says the row',
      [haveNot('6.17'), have('6.19')],
      { goneIn: ['6.14', '6.18'], again: '6.19' },
      [],
    ],
    [
      'a release has it in that while',
      [have('6.17'), have('6.19')],
      { goneIn: ['6.14', '6.18'], again: '6.19' },
      [
        'kfuncs.bpf_a.goneIn introduced-release bpf_a: gone in 6.14 to 6.18, says the row, but 6.17 has it; correct "goneIn"',
      ],
    ],
    ['an image proves nothing by silence', [btfOnly('6.16', []), have('6.17')], {}, []],
    ['it went after it was seen', [have('6.17'), haveNot('6.18')], {}, []],
    ['it may have come and gone between two releases', [haveNot('6.12'), haveNot('6.17')], {}, []],
    [
      'the very release was read and has it not',
      [haveNot('6.13')],
      {},
      [
        'kfuncs.bpf_a.release introduced-release bpf_a: came in 6.13, says the row, but the source of 6.13 has it not; correct "release", or say "goneIn" and "again"',
      ],
    ],
    [
      'a row that cannot be',
      [],
      { absentIn: '6.14', again: '6.19' },
      [
        'kfuncs.bpf_a.absentIn introduced-row bpf_a: "absentIn" 6.14 is not before "release" 6.13; correct the row',
        'kfuncs.bpf_a.again introduced-row bpf_a: "goneIn" and "again" belong together; give both or none',
      ],
    ],
  ])('%s', (_, releases, row, expected) => {
    expect(complaints(releases, row)).toEqual(expected)
  })
})

describe('a time without the kfunc', () => {
  test('is seen in the releases', () => {
    const releases = [have('6.17'), haveNot('6.18'), haveNot('6.19'), have('7.0')]
    expect(absencesOf('bpf_a', releases, table())).toEqual([{ first: '6.18', last: '6.19', again: '7.0' }])
  })

  test('is told by the table where no release saw it before', () => {
    const row: Partial<IntroducedRow> = {
      release: '6.2',
      absentIn: '6.1',
      goneIn: ['6.4', '7.0'],
      again: '7.1',
    }
    expect(absencesOf('bpf_a', [haveNot('6.12'), have('7.1')], table(row))).toEqual([
      { first: '6.4', last: '7.0', again: '7.1' },
    ])
  })
})

describe('content/introduced.json', () => {
  const known = loadKnowledge().introduced
  const releases = loadReleases()
  /** As the newest release that has it says. */
  const newest = (name: string) =>
    releases.map(({ release: { id } }) => introducedOf(name, id, releases, known)).findLast(Boolean)

  test('no release contradicts it', () => {
    expect(contradictions(releases, known)).toEqual([])
  })

  test('every kfunc that is not for tests has a first release', () => {
    const isTest = new Set(
      releases
        .flatMap(({ kfuncs }) => kfuncs.filter(({ kind }) => kind === 'test-only'))
        .map(({ name }) => name),
    )
    const vague = [...kfuncNames(releases)].filter((name) => !isTest.has(name) && newest(name)?.after == null)
    expect(vague).toEqual([])
  })

  test.each([
    ['bpf_task_acquire', '6.2', []],
    ['bpf_stream_vprintk', '6.17', [{ first: '6.18', last: '6.19', again: '7.0' }]],
    ['bpf_list_push_back', '6.2', [{ first: '6.4', last: '7.0', again: '7.1' }]],
    ['scx_bpf_dsq_insert', '6.13', []],
  ])('%s came in %s', (name, first, absences) => {
    expect((newest(name)?.earlier ?? newest(name))?.release).toBe(first)
    expect(absencesOf(name, releases, known)).toEqual(absences)
  })
})
