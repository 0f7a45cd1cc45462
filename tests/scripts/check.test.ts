/** The rules of `content`: for each what breaks it, and what is then said, where. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadExtracted, loadKnowledge } from '#content-fs'
import type { Allow, FilterReadings, Reading } from '#lib/model/filter-reading.ts'
import type { IntroducedRow, Rename } from '#lib/model/knowledge.ts'
import type { StoredPlaces } from '#lib/model/places.ts'
import { rulesToFind } from '#lib/publish/rules-to-find.ts'
import { checkContent } from '#scripts/lib/rules/content.ts'
import { printProblem } from '#scripts/lib/rules/problem.ts'
import {
  FILTER_SHA256,
  filterOf,
  kfunc,
  prototypeOf,
  registered,
  release,
  types,
} from '../publish/extracted-fixture.ts'
import { MAINLINE, mainlineWith } from '../support/mainline.ts'

const ROOT = join(import.meta.dirname, '../..')
const [XDP = '', STRUCT_OPS = '', LSM = ''] = types('XDP STRUCT_OPS LSM')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Files by path, as values or, to be malformed, as texts. */
type Files = Record<string, unknown>

/** A release in which XDP, struct_ops and LSM programs call bpf_a, as far as a filter lets them. */
const released = (id: string, name = 'bpf_a') =>
  release(id, {
    filters: [filterOf('a_filter', 'a_ids')],
    vocabulary: {
      attachTypes: ['BPF_XDP'],
      structOps: [{ name: 'Qdisc_ops', members: ['enqueue'] }],
      lsmHooks: ['file_open'],
    },
    kfuncs: [
      kfunc(name, {
        prototype: prototypeOf(name, 'u32', 'value'),
        registrations: ['XDP', 'STRUCT_OPS', 'LSM'].map((type) => registered(type, 'a_filter')),
      }),
    ],
  })

const XDP_ONLY: Allow = { programTypes: [XDP] }
const reading = (given: Partial<Reading>): Reading => ({
  pins: { '7.2': FILTER_SHA256, '7.3': FILTER_SHA256 },
  sentence: 'lets XDP through',
  governs: ['a_ids'],
  allows: [XDP_ONLY],
  ...given,
})
const filter = (...readings: Partial<Reading>[]): Files => ({
  'filters/a_filter.json': { name: 'a_filter', readings: readings.map(reading) } satisfies FilterReadings,
})
/** A reading with one more way through. */
const allowing = (allow: Allow): Files => filter({ allows: [XDP_ONLY, allow] })
const renames = (pairs: Rename[], declined: Omit<Rename, 'in'>[] = []): Files => ({
  'renames.json': { about: '', renames: pairs, declined },
})
const rename = (from: string, to: string, since: string): Rename => ({ from, to, in: since, because: 'so' })
const introduced = (row: Partial<IntroducedRow>): Files => ({
  'introduced.json': {
    about: '',
    kfuncs: { bpf_a: { release: '6.3', absentIn: '6.2', exact: true, ...row } },
  },
})

/** What is written on each flag, suffix and program type of such a release. */
const TEXT = '---\nsummary: What it asks.\n---\n'
const TEXTS: Files = Object.fromEntries(
  [
    ...['KF_ACQUIRE', 'KF_SLEEPABLE'].map((flag) => `flags/${flag}`),
    'suffixes/__sz',
    ...['xdp', 'sk_msg', 'tracing', 'struct_ops', 'lsm', 'syscall'].map((type) => `program-types/${type}`),
  ].map((name) => [`${name}.md`, TEXT]),
)

/** All that rules rest on, in a release that has it. */
const placesOf = (id: string, rules: StoredPlaces['rules'] = []): StoredPlaces => ({
  format: 1,
  release: id,
  places: [],
  absent: [],
  messages: [],
  rules: rulesToFind().map(({ of }) => rules.find((one) => one.of === of) ?? { of, line: 1 }),
})

const RIGHT: Files = {
  ...TEXTS,
  'data/7.2.json': released('7.2'),
  'data/7.3.json': released('7.3'),
  ...filter({}),
  ...renames([]),
  ...introduced({}),
  'mainline.json': MAINLINE,
  'data/places/7.2.json': placesOf('7.2'),
  'data/places/7.3.json': placesOf('7.3'),
}

let written = 0

/** Writes a content folder, right but for what is given. */
function write(files: Files): string {
  const path = join(folder, `${++written}`)
  for (const [name, value] of Object.entries({ ...RIGHT, ...files })) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  }
  return path
}

function check(files: Files): string[] {
  const path = write(files)
  return checkContent(path).problems.map((problem) =>
    printProblem(problem).replace(`${path}/`, '').replace(path, 'DIR'),
  )
}

const renamed: Files = {
  'data/7.2.json': released('7.2', 'bpf_x_old'),
  'data/7.3.json': released('7.3', 'bpf_x_new'),
}
const oldToNew = rename('bpf_x_old', 'bpf_x_new', '7.3')
const DECLINED = { from: 'bpf_a', to: 'bpf_a', because: 'no' }

test('content that follows the rules has no problems', () => {
  expect(check({})).toEqual([])
  expect(check({ ...renamed, ...renames([oldToNew]) })).toEqual([])
})

describe('a complaint names rule, place and what to do', () => {
  test.each<[string, Files, string[]]>([
    [
      'json',
      { 'filters/a_filter.json': '{\n  "name": a_filter }' },
      ['filters/a_filter.json:2:11  json  saw "a_filter" where JSON goes on otherwise; correct the syntax'],
    ],
    [
      'json of data',
      { 'data/7.3.json': '{' },
      [
        'data/7.3.json:1:2  json  the file ends where JSON goes on otherwise; correct the syntax',
        'filters/a_filter.json:7:16  filter-pin  pinned to 000000000000… of 7.3, and release 7.3 is not in content/data: read it again, or take the pin out',
      ],
    ],
    [
      'schema',
      {
        'filters/a_filter.json': { name: 'a_filter', readings: [{ ...reading({}), allows: [{ set: [] }] }] },
      },
      ['filters/a_filter.json:14:9  schema  readings.0.allows.0: Unrecognized key: "set"'],
    ],
    [
      'schema of examples',
      { 'data/examples/7.3.json': { format: 1, release: '7.3', texts: 'own', compiler: null, gaps: [] } },
      ['data/examples/7.3.json:1:1  schema  kfuncs: Invalid input: expected array, received undefined'],
    ],
    [
      'schema of data',
      { 'data/7.3.json': {} },
      [
        'data/7.3.json:1:1  schema  format: Invalid input: expected 1',
        'data/7.3.json:1:1  schema  release: Invalid input: expected object, received undefined',
        'data/7.3.json:1:1  schema  flags: Invalid input: expected array, received undefined',
        expect.stringMatching(/^data\/7.3.json:1:1 {2}schema {2}and \d+ more of the kind$/),
        'filters/a_filter.json:7:16  filter-pin  pinned to 000000000000… of 7.3, and release 7.3 is not in content/data: read it again, or take the pin out',
      ],
    ],
    [
      'schema of renames',
      { 'renames.json': { about: '', renames: [{ ...oldToNew, in: 'soon' }], declined: [] } },
      ['renames.json:7:13  schema  renames.0.in: Invalid string: must match pattern /^\\d+\\.\\d+$/'],
    ],
    [
      'filter-unread: by no one',
      { 'filters/a_filter.json': { name: 'b_filter', readings: [reading({})] } },
      [
        `filters/a_filter.json:1:1  filter-unread  a_filter() of 7.2 (kernel/bpf/helpers.c:1) was never read: read it and what it asks (a_ids), then write in DIR/filters/a_filter.json a reading with "pins": { "7.2": "${FILTER_SHA256}" }`,
        `filters/a_filter.json:1:1  filter-unread  a_filter() of 7.3 (kernel/bpf/helpers.c:1) was never read: read it and what it asks (a_ids), then write in DIR/filters/a_filter.json a reading with "pins": { "7.3": "${FILTER_SHA256}" }`,
        'filters/a_filter.json:2:11  filter-file  the file is a_filter.json and its filter b_filter: name the file b_filter.json',
        'filters/a_filter.json:6:16  filter-pin  pinned to 000000000000… of 7.2, and release 7.2 has no filter b_filter(): read it again, or take the pin out',
        'filters/a_filter.json:7:16  filter-pin  pinned to 000000000000… of 7.3, and release 7.3 has no filter b_filter(): read it again, or take the pin out',
      ],
    ],
    [
      'filter-unread: changed',
      filter({ pins: { '7.2': 'f'.repeat(64) } }),
      [
        `filters/a_filter.json:1:1  filter-unread  a_filter() of 7.2 (kernel/bpf/helpers.c:1) is not as any reading has it: read it and what it asks (a_ids), then write in DIR/filters/a_filter.json a reading with "pins": { "7.2": "${FILTER_SHA256}" }`,
        `filters/a_filter.json:1:1  filter-unread  a_filter() of 7.3 (kernel/bpf/helpers.c:1) is not as any reading has it: read it and what it asks (a_ids), then write in DIR/filters/a_filter.json a reading with "pins": { "7.3": "${FILTER_SHA256}" }`,
        `filters/a_filter.json:6:16  filter-pin  pinned to ffffffffffff… of 7.2, and a_filter() of 7.2 has sha256 ${FILTER_SHA256}: read it again, or take the pin out`,
      ],
    ],
    [
      'filter-pin: no such release',
      filter({ pins: { '7.2': FILTER_SHA256, '9.9': FILTER_SHA256 } }),
      [
        'filters/a_filter.json:7:16  filter-pin  pinned to 000000000000… of 9.9, and release 9.9 is not in content/data: read it again, or take the pin out',
      ],
    ],
    [
      'filter-pin: twice',
      filter({}, { pins: { '7.3': FILTER_SHA256 } }),
      [
        'filters/a_filter.json:23:16  filter-pin  a reading before this one is pinned to 000000000000… too: put both into one, or take a pin out',
      ],
    ],
    [
      'filter-file: of another name',
      { 'filters/c.json': { name: 'a_filter', readings: [reading({})] } },
      [
        'filters/c.json:2:11  filter-file  the file is c.json and its filter a_filter: name the file a_filter.json',
        'filters/c.json:2:11  filter-file  DIR/filters/a_filter.json has readings of a_filter too: put all into one file',
      ],
    ],
    [
      'filter-name: set',
      filter({ governs: ['a_ids', 'b_ids'] }),
      [
        'filters/a_filter.json:12:9  filter-name  7.2 has no id table b_ids: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:12:9  filter-name  7.3 has no id table b_ids: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: set of a way',
      allowing({ notIn: ['b_ids'], programTypes: [LSM] }),
      [
        'filters/a_filter.json:21:13  filter-name  7.2 has no id table b_ids: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:21:13  filter-name  7.3 has no id table b_ids: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: program type',
      allowing({ programTypes: [LSM, 'BPF_PROG_TYPE_EXT'] }),
      [
        'filters/a_filter.json:22:13  filter-name  7.2 has no program type BPF_PROG_TYPE_EXT: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:22:13  filter-name  7.3 has no program type BPF_PROG_TYPE_EXT: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: attach type',
      allowing({ programTypes: [LSM], when: { attach: ['BPF_XDP', 'BPF_TCX'] } }),
      [
        'filters/a_filter.json:26:15  filter-name  7.2 has no attach type BPF_TCX: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:26:15  filter-name  7.3 has no attach type BPF_TCX: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: struct_ops type',
      allowing({ programTypes: [STRUCT_OPS], when: { structOps: { other_ops: '*' } } }),
      [
        'filters/a_filter.json:25:28  filter-name  7.2 has no struct_ops type other_ops: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:25:28  filter-name  7.3 has no struct_ops type other_ops: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: struct_ops member',
      allowing({ programTypes: [STRUCT_OPS], when: { structOps: { Qdisc_ops: ['enqueue', 'file_open'] } } }),
      [
        'filters/a_filter.json:27:17  filter-name  7.2 has no member of Qdisc_ops file_open: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:27:17  filter-name  7.3 has no member of Qdisc_ops file_open: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-name: LSM hook',
      allowing({ programTypes: [LSM], when: { lsmHooks: { except: ['enqueue'] } } }),
      [
        'filters/a_filter.json:26:17  filter-name  7.2 has no LSM hook enqueue: check its spelling, or give that release a reading of its own',
        'filters/a_filter.json:26:17  filter-name  7.3 has no LSM hook enqueue: check its spelling, or give that release a reading of its own',
      ],
    ],
    [
      'filter-idle: reading',
      filter({ allows: [{ sets: ['a_ids'] }] }),
      [
        'filters/a_filter.json:4:5  filter-idle  with this reading every answer is as if there were no filter, in every release it is pinned to: correct "governs" or "allows"',
      ],
    ],
    [
      'filter-idle: way',
      allowing({ programTypes: types('SK_MSG') }),
      [
        'filters/a_filter.json:19:9  filter-idle  this way lets no kfunc through for any program type, in any release the reading is pinned to: correct it, or take it out',
      ],
    ],
    [
      'filter-idle: nowhere',
      filter({}, { pins: {} }),
      [
        'filters/a_filter.json:21:5  filter-idle  this reading is pinned to no release: give it a pin, or take it out',
      ],
    ],
    [
      'rename-name',
      renames([rename('bpf_a', 'bpf_none', '7.3')]),
      [
        'renames.json:6:13  rename-name  no release has a kfunc bpf_none; correct the name, or take the pair out',
      ],
    ],
    [
      'rename-date',
      { ...renamed, ...renames([{ ...oldToNew, in: '7.2' }]) },
      [
        'renames.json:7:13  rename-date  bpf_x_old → bpf_x_new: no release before 7.2 has bpf_x_old; correct "in"',
      ],
    ],
    [
      'rename-idle',
      renames([], [DECLINED]),
      ['renames.json:5:5  rename-idle  bpf_a → bpf_a is not proposed; take it out of "declined"'],
    ],
    [
      'rename-twice',
      { ...renamed, ...renames([oldToNew, oldToNew]) },
      ['renames.json:10:5  rename-twice  bpf_x_old → bpf_x_new stands here twice; leave one'],
    ],
    [
      'rename-open',
      renamed,
      [
        'renames.json:1:1  rename-open  bpf_x_old may have become bpf_x_new between 7.2 and 7.3; read the sources, then add the pair to "renames" or "declined"',
      ],
    ],
    [
      'introduced-row',
      introduced({ absentIn: '6.4' }),
      [
        'introduced.json:6:19  introduced-row  bpf_a: "absentIn" 6.4 is not before "release" 6.3; correct the row',
      ],
    ],
    [
      'introduced-release',
      introduced({ release: '7.3', absentIn: '7.2' }),
      [
        'introduced.json:5:18  introduced-release  bpf_a: came in 7.3, says the row, but 7.2 has it; correct "release"',
      ],
    ],
  ])('%s', (_, files, expected) => {
    expect(check(files)).toEqual(expected)
  })

  test('a rule whose place was not looked up, or is in no release', () => {
    const second = 'kernel/bpf/verifier.c#ref_set_non_owning'
    const [first = '', ...others] = rulesToFind().map(({ of }) => of)
    const without = placesOf('7.2').rules.filter(({ of }) => of !== first)
    const gone = { of: second, line: null }
    expect(
      check({
        'data/places/7.2.json': {
          ...placesOf('7.2', [gone]),
          rules: without.map((one) => (one.of === second ? gone : one)),
        },
        'data/places/7.3.json': placesOf('7.3', [gone]),
      }),
    ).toEqual([
      `data/places:1:1  rule-place  a rule rests on ${second}, and no release has it: check its spelling, or take the rule out`,
      `data/places/7.2.json:1:1  rule-place  rules rest on ${first}, not looked up in 7.2: look it up with \`npm run extract -- --only places --kernels DIR\``,
    ])
    const none = { ...placesOf('7.3'), rules: [] }
    expect(check({ 'data/places/7.3.json': none })).toEqual([
      `data/places/7.3.json:1:1  rule-place  rules rest on ${first} and ${others.length} more places, not looked up in 7.3: look it up with \`npm run extract -- --only places --kernels DIR\``,
    ])
  })

  test.each([
    [
      '8.0',
      MAINLINE,
      'data/8.0.json  major-end  a release of 8.x, and it is not known which of 7.x was the last; write it into "ends" of content/mainline.json',
    ],
    [
      '8.2',
      MAINLINE,
      'data/8.2.json  major-end  a release of 8.x, and it is not known which of 7.x was the last; write it into "ends" of content/mainline.json',
    ],
    ['8.2', mainlineWith('6.19', '7.3'), null],
    [
      '7.4',
      mainlineWith('6.19', '7.3'),
      'mainline.json  major-end  7.3 is the last of 7.x, says the row, but 7.4 was read; correct "last"',
    ],
  ])('major-end, where %s was read', (id, mainline, said) => {
    expect(
      check({ [`data/${id}.json`]: released(id), 'mainline.json': mainline })
        .map((line) => line.replace(/^(\S+?):[\d:]+/, '$1'))
        .filter((line) => /major-end/.test(line)),
    ).toEqual(said === null ? [] : [said])
  })
})

describe('fewer-names', () => {
  const row = (...counts: readonly number[]): Files =>
    Object.fromEntries(
      counts.map((count, i) => {
        const all = Array.from({ length: count }, (_, j) => kfunc(`bpf_${j}`))
        const stored = { ...release(`6.${i + 5}`), kfuncs: all }
        return [`data/6.${i + 5}.json`, stored]
      }),
    )
  const said = (files: Files) =>
    check({ ...files, 'data/7.2.json': released('7.2') }).filter((line) => line.includes('fewer-names'))

  test('a release with fewer kfuncs than both its neighbours is a problem, with names of both that it lacks', () => {
    expect(said(row(9, 1, 8))).toEqual([
      expect.stringMatching(
        /^data\/6\.6\.json:\d+:\d+ {2}fewer-names {2}6\.6 has 1 kfuncs, fewer than 6\.5 \(9\) and 6\.7 \(8\); both have bpf_1, bpf_2, bpf_3, bpf_4, bpf_5, …: see whether/,
      ),
    ])
  })
  test('one with as many as either of them is none, and one read from its image alone is no neighbour', () => {
    expect(said(row(3, 3, 4))).toEqual([])
    expect(said(row(4, 3, 3))).toEqual([])
    const image = { ...release('6.6'), kfuncs: [] }
    const files = {
      ...row(3, 0, 4),
      'data/6.6.json': { ...image, release: { ...image.release, coverage: 'btf-only' } },
    }
    expect(said(files)).toEqual([])
  })
})

describe('of hand-written texts', () => {
  test('a flag without a page is said with the file to write', () => {
    const path = write({})
    rmSync(join(path, 'flags/KF_SLEEPABLE.md'))
    const said = checkContent(path).problems.map((problem) => printProblem(problem).replaceAll(path, 'DIR'))
    expect(said).toEqual([
      'DIR/flags/KF_SLEEPABLE.md:1:1  prose-missing  the flag KF_SLEEPABLE has no page: write DIR/flags/KF_SLEEPABLE.md',
    ])
  })
  test.each<[string, Files, string]>([
    [
      'a flag of no release',
      { 'flags/KF_NONE.md': TEXT },
      'flags/KF_NONE.md:1:1  prose-subject  no release has KF_NONE: rename the file, or remove it',
    ],
    [
      'a name that is none',
      { 'concepts/a.md': '---\ntitle: A\nsummary: S.\n---\n\nSee `bpf_none()`.\n' },
      'concepts/a.md:6:5  prose-name  bpf_none() is no kfunc of any release: correct it, or link it to its place, as [bpf_none](kernel:path#bpf_none)',
    ],
    [
      'a date that is not so',
      { 'concepts/a.md': '---\ntitle: A\nsummary: S.\n---\n\nIt is so [since](when:flag:KF_NONE).\n' },
      'concepts/a.md:6:10  prose-date  flag:KF_NONE is known of no release: correct it',
    ],
    [
      'a date that is written by hand',
      { 'concepts/a.md': '---\ntitle: A\nsummary: S.\n---\n\nIt is so since 6.12.\n' },
      'concepts/a.md:6:16  plain-date  6.12 is written by hand: write what the date is about, as [since](when:flag:KF_X), or why only you can know it, as [6.12](dated:tried); docs/TEXTS.md has the forms',
    ],
  ])('%s is said with its place', (_, files, expected) => expect(check(files)).toEqual([expected]))
})

test('problems are sorted by place', () => {
  const lines = check({
    ...introduced({ absentIn: '6.4' }),
    ...filter({ governs: ['b_ids', 'c_ids', 'a_ids'] }),
  })
  const rules = lines.map((line) => line.split('  ').slice(0, 2).join(' '))
  expect(rules).toEqual([
    'filters/a_filter.json:11:9 filter-name',
    'filters/a_filter.json:11:9 filter-name',
    'filters/a_filter.json:12:9 filter-name',
    'filters/a_filter.json:12:9 filter-name',
    'introduced.json:6:19 introduced-row',
  ])
})

describe('the build', () => {
  test.each<[string, Files, RegExp]>([
    ['malformed JSON', { 'renames.json': '{' }, /renames\.json:1:2: the file ends/],
    ['malformed data', { 'data/7.3.json': '{"a": }' }, /7\.3\.json:1:7: saw "}"/],
    ['data that does not fit', { 'data/7.3.json': {} }, /7\.3\.json: .*expected 1/s],
  ])('ends on %s with the name of the file', (_, files, said) => {
    const path = write(files)
    expect(() => [loadKnowledge(path), loadExtracted(join(path, 'data'))]).toThrow(said)
  })

  test('reads what the check reads: no file but *.json', () => {
    const files = { 'filters/a_filter.json~': 'half a rea', 'data/README': 'made by extraction' }
    expect(check(files)).toEqual([])
    const path = write(files)
    expect(loadKnowledge(path).filters.map(({ name }) => name)).toEqual(['a_filter'])
    expect(loadExtracted(join(path, 'data'))).toHaveLength(2)
  })
})

describe('the program', () => {
  const run = (...args: string[]) => {
    const command = ['--import', 'tsx', join(ROOT, 'scripts/check.ts'), ...args]
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' })
    return { status, said: `${stdout}${stderr}` }
  }

  test('ends with 0 where nothing is wrong', () => {
    expect(run('--content', write({}))).toEqual({
      status: 0,
      said: '2 releases, 1 filters read, 0 problems\n',
    })
  })

  test('prints what is wrong and ends with 1', () => {
    const path = write({ 'renames.json': '{' })
    expect(run('--content', path)).toEqual({
      status: 1,
      said: `${path}/renames.json:1:2  json  the file ends where JSON goes on otherwise; correct the syntax\n2 releases, 1 filters read, 1 problems\n`,
    })
  })

  test.each([
    ['--foo', "check: Unknown option '--foo'\n\nusage: npm run check"],
    ['foo', "check: Unexpected argument 'foo'. This command does not take positional arguments\n\nusage:"],
  ])('called with %s ends with 2 and its usage', (argument, said) => {
    expect(run(argument)).toEqual({ status: 2, said: expect.stringContaining(said) })
  })

  test('says what to do where there is no data, and ends with 1', () => {
    expect(run('--content', join(folder, 'none'))).toEqual({
      status: 1,
      said: expect.stringContaining('run npm run extract first'),
    })
  })
})
